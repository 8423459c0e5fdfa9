import * as v from 'valibot';
import { HookError } from '../errors.js';
import { findKind } from '../webhook/catalogue.js';
import { confirm } from './confirm.js';
import type { Measure } from './expectation.js';
import { FORGERIES } from './lab/forge.js';
import type { Laboratory } from './laboratory.js';
import { fail, pass, type Rule, type RuleResult, type RuleVerdict } from './rule.js';
import type { Script } from './script.js';
import { BYTE_FORMS } from './script.js';

/** A script that was seen to fail, as it is kept in a file. */
export interface SavedScript {
  readonly rule: string;
  readonly measure: Measure;
  readonly script: Script;
}

const TITLE = 'inqud-hook script';

const variant = v.strictObject({
  set: v.exactOptional(v.array(v.string())),
  without: v.exactOptional(v.array(v.string())),
  bytes: v.exactOptional(v.picklist(BYTE_FORMS)),
  forge: v.exactOptional(v.picklist(FORGERIES)),
  header: v.exactOptional(v.string()),
});
const delivery = v.strictObject({
  resource: v.pipe(v.number(), v.integer(), v.minValue(0)),
  event: v.string(),
  answer: v.picklist(['awaited', 'lost', 'cut']),
  cutAfterMs: v.exactOptional(v.number()),
  variant: v.exactOptional(variant),
});
const script = v.strictObject({
  resources: v.array(
    v.strictObject({
      kind: v.string(),
      end: v.string(),
      amount: v.exactOptional(v.string()),
      order: v.number(),
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
const document = v.strictObject({
  schemaVersion: v.literal(1),
  title: v.literal(TITLE),
  rule: v.string(),
  measure,
  script,
});

/** The first failure that can be delivered again by itself: a random one rather than another. */
export function scriptToSave(results: readonly RuleResult[]): SavedScript | undefined {
  const saved = results.flatMap(({ rule, verdict }) => {
    if (verdict.status !== 'fail' || verdict.story?.measure === undefined) return [];
    return [{ rule: rule.id, measure: verdict.story.measure, script: verdict.story.script }];
  });
  return saved.find(({ rule }) => rule.startsWith('search/')) ?? saved[0];
}

export function formatScript(saved: SavedScript): string {
  return `${JSON.stringify({ schemaVersion: 1, title: TITLE, ...saved }, undefined, 2)}\n`;
}

/** @throws HookError `bad-script` */
export function parseScript(text: string, source: string): SavedScript {
  const { rule, measure: how, script: steps } = checked(text, source);
  for (const { kind, end } of steps.resources) {
    const statuses = findKind(kind)?.statuses ?? [];
    if (!statuses.some(({ name }) => name === end)) {
      throw badScript(source, `there is no event ${kind}.${end}`);
    }
  }
  const { length } = steps.resources;
  const outside = steps.steps
    .flatMap(({ deliveries }) => deliveries)
    .find((d) => d.resource >= length);
  if (outside !== undefined) throw badScript(source, `there is no resource ${outside.resource}`);
  return { rule, measure: how, script: steps };
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
    `${source} is no script of a failing check: ${reason}.`,
    'Use a file that `inqud-hook check` has saved.',
  );
}

/** The rule that was seen to fail, held against the saved script alone. */
export function replayRule(original: Rule, saved: SavedScript): Rule {
  const run = async (laboratory: Laboratory): Promise<RuleVerdict> => {
    const story = await confirm(laboratory, saved, undefined);
    return story === undefined
      ? pass('The saved deliveries left the right state every time.')
      : fail('The saved deliveries leave another state than they should.', story);
  };
  return { ...original, when: 'side-by-side', run };
}
