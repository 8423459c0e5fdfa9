import * as v from 'valibot';
import { HookError } from '../errors.js';
import { findKind } from '../webhook/catalogue.js';
import type { Measure } from './expectation.js';
import { ID_LIKENESSES } from './lab/alike-ids.js';
import { FORGERIES } from './lab/forge.js';
import type { RuleResult } from './rule.js';
import type { Script } from './script.js';
import { BYTE_FORMS } from './script.js';

/** A script that was seen to fail, as it is kept in a file. */
export interface SavedScript {
  readonly rule: string;
  readonly measure: Measure;
  readonly script: Script;
}

/** Of one script, and of as many as failed. */
const TITLES = { 1: 'inqud-hook script', 2: 'inqud-hook scripts' } as const;

const variant = v.strictObject({
  set: v.exactOptional(v.array(v.string())),
  without: v.exactOptional(v.array(v.string())),
  bytes: v.exactOptional(v.picklist(BYTE_FORMS)),
  pieces: v.exactOptional(v.literal('cut-in-character')),
  forge: v.exactOptional(v.picklist(FORGERIES)),
  header: v.exactOptional(v.string()),
});
const delivery = v.strictObject({
  resource: v.pipe(v.number(), v.integer(), v.minValue(0)),
  event: v.string(),
  answer: v.picklist(['awaited', 'lost', 'cut']),
  cutAfterMs: v.exactOptional(v.number()),
  moment: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
  variant: v.exactOptional(variant),
});
const script = v.strictObject({
  resources: v.array(
    v.strictObject({
      kind: v.string(),
      end: v.string(),
      amount: v.exactOptional(v.string()),
      order: v.number(),
      idLike: v.exactOptional(
        v.strictObject({
          resource: v.pipe(v.number(), v.integer(), v.minValue(0)),
          at: v.picklist(ID_LIKENESSES),
        }),
      ),
    }),
  ),
  steps: v.array(v.strictObject({ kind: v.literal('send'), deliveries: v.array(delivery) })),
});
const measure = v.variant('kind', [
  v.strictObject({ kind: v.literal('same') }),
  v.strictObject({ kind: v.literal('equal') }),
  v.strictObject({ kind: v.literal('decided'), events: v.array(v.string()) }),
  v.strictObject({ kind: v.literal('decided-as'), script }),
  v.strictObject({ kind: v.literal('in-turn') }),
]);
const saved = { rule: v.string(), measure, script };
const document = v.variant('schemaVersion', [
  v.strictObject({ schemaVersion: v.literal(1), title: v.literal(TITLES[1]), ...saved }),
  v.strictObject({
    schemaVersion: v.literal(2),
    title: v.literal(TITLES[2]),
    scripts: v.pipe(v.array(v.strictObject(saved)), v.minLength(1)),
  }),
]);

/** The failures that can be delivered again by themselves, in the order of the report. */
export function scriptsToSave(results: readonly RuleResult[]): readonly SavedScript[] {
  return results.flatMap(({ rule, verdict }) => {
    if (verdict.status !== 'fail' || verdict.story?.measure === undefined) return [];
    return [{ rule: rule.id, measure: verdict.story.measure, script: verdict.story.script }];
  });
}

export function formatScripts(scripts: readonly SavedScript[]): string {
  const content = { schemaVersion: 2, title: TITLES[2], scripts };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** Reads files of any version. @throws HookError `bad-script` */
export function parseScripts(text: string, source: string): readonly SavedScript[] {
  const content = checked(text, source);
  const scripts = content.schemaVersion === 1 ? [content] : content.scripts;
  return scripts.map(({ rule, measure: how, script: steps }) => {
    requireKnown(steps, source);
    if (how.kind === 'decided-as') requireKnown(how.script, source);
    if (how.kind === 'decided') requireEvents(steps, how.events, source);
    return { rule, measure: how, script: steps };
  });
}

/** @throws HookError `bad-script` for what cannot be delivered */
function requireKnown({ resources, steps }: Script, source: string): void {
  for (const { kind, end } of resources) requireEvent(kind, end, source);
  for (const { resource, event } of steps.flatMap(({ deliveries }) => deliveries)) {
    const subject = resources[resource];
    if (subject === undefined) throw badScript(source, `there is no resource ${resource}`);
    requireEvent(subject.kind, event, source);
  }
}

function requireEvents({ resources }: Script, events: readonly string[], source: string): void {
  for (const { kind } of resources) for (const event of events) requireEvent(kind, event, source);
}

function requireEvent(kind: string, event: string, source: string): void {
  if (findKind(kind)?.statuses.some(({ name }) => name === event) === true) return;
  throw badScript(source, `there is no event ${kind}.${event}`);
}

function checked(text: string, source: string): v.InferOutput<typeof document> {
  try {
    const result = v.safeParse(document, JSON.parse(text));
    if (result.success) return result.output;
    throw badScript(source, result.issues[0].message);
  } catch (error) {
    if (error instanceof SyntaxError) throw badScript(source, 'it is not JSON');
    throw error;
  }
}

function badScript(source: string, reason: string): HookError {
  return new HookError(
    'bad-script',
    `${source} holds no scripts of a failing check: ${reason}.`,
    'Use a file that `inqud-hook check` has saved.',
  );
}
