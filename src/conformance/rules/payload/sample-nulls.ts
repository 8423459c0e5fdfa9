import { parse, stringify } from 'lossless-json';
import { findKind, type Kind } from '../../../webhook/catalogue.js';
import { answersTo } from '../../answers.js';
import type { SkippedKind } from '../../calibration/skipped-kind.js';
import type { ResourceUnderTest } from '../../lab/courier.js';
import { answerOf } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { type KindLife, lifeOf } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver, type Script, scriptOf } from '../../script.js';
import { meantKinds } from '../kinds.js';

export const payloadSampleNulls: Rule = {
  id: 'payload/sample-nulls',
  severity: 'must',
  title: 'A null that the documented bodies contain is taken',
  source: SOURCES.webHooks,
  advice:
    'Expect null where the documented bodies have it: reason, request, txHash, paidAmount, externalId and the like.',
  needs: [],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = [
    ...meantKinds(laboratory).map(({ kind }) => kind),
    ...brokenKinds(laboratory).flatMap((kind) => findKind(kind) ?? []),
  ];
  const lives = kinds.flatMap((kind) =>
    kind.statuses.map((status) => ({ kind, life: lifeOf(kind, status) })),
  );
  const verdicts = await Promise.all(
    lives.map(({ kind, life }) => judgeLife(laboratory, kind, life)),
  );
  const failure = verdicts.find((verdict) => verdict !== undefined);
  if (failure !== undefined) return failure;
  return laboratory.kinds.length === 0
    ? inconclusive('No valid web hook is answered 200.')
    : pass('No web hook is refused for a null in it.');
}

/** Kinds of which a web hook breaks the receiver: that is no way to decline them. */
function brokenKinds({ skippedKinds }: Laboratory): readonly string[] {
  const isBroken = ({ came }: SkippedKind) => came.code !== 'status' || came.status >= 500;
  return skippedKinds.filter(isBroken).map(({ kind }) => kind);
}

/** Of a web hook that is refused: whether it is taken once there is something in place of its nulls. */
async function judgeLife(
  laboratory: Laboratory,
  kind: Kind,
  life: KindLife,
): Promise<RuleVerdict | undefined> {
  const [subject] = laboratory.offers.get(kind.kind)?.subjects ?? [];
  if (subject === undefined) return undefined;
  const { execution, refused } = await answersTo(
    laboratory,
    lifeWith(kind, life, () => []),
  );
  if (refused === undefined) return undefined;
  const { event } = refused.delivery;
  const fillings = new Map(
    life.events.map((one) => [one, fillingsOf(laboratory, kind, subject, one)]),
  );
  const nulls = fillings.get(event) ?? [];
  const isRefusedWith = async (left: string | undefined) => {
    const script = lifeWith(kind, life, (one) =>
      (fillings.get(one) ?? []).filter(({ path }) => path !== left),
    );
    const answered = await answersTo(laboratory, script);
    return answered.refused?.delivery.event === event;
  };
  if (nulls.length === 0 || (await isRefusedWith(undefined))) return undefined;
  const guilty: string[] = [];
  for (const { path } of nulls) if (await isRefusedWith(path)) guilty.push(path);
  const named = (guilty.length > 0 ? guilty : nulls.map(({ path }) => path)).join(', ');
  const what = `${kind.kind}.${event} is ${answerOf(refused)} where ${named} is null, as it is in the documented body.`;
  const { script, exchanges } = execution;
  return fail(what, { script, exchanges, wrong: [], times: undefined });
}

/** A null of a body, and what can stand there instead, as JSON. */
interface Filling {
  readonly path: string;
  readonly json: string;
}

function lifeWith(
  kind: Kind,
  { end, events }: KindLife,
  fillingsOfEvent: (event: string) => readonly Filling[],
): Script {
  const steps = events.map((event) => {
    const set = fillingsOfEvent(event).map(({ path, json }) => `${path}=${json}`);
    return deliver(event, 0, set.length === 0 ? undefined : { set });
  });
  return scriptOf({ kind: kind.kind, end }, steps);
}

/** What another event of the kind has there; else something of the type that the name suggests. */
function fillingsOf(
  { lab }: Laboratory,
  kind: Kind,
  subject: ResourceUnderTest,
  event: string,
): readonly Filling[] {
  const bodyOf = (one: string): unknown => parse(new TextDecoder().decode(lab.body(subject, one)));
  const bodies = kind.statuses.map(({ name }) => bodyOf(name));
  return nullsIn(bodyOf(event), []).map((steps) => {
    const name = steps.at(-1) ?? '';
    const found = bodies
      .map((body) => valueAt(body, steps))
      .find((value) => value !== undefined && value !== null);
    return { path: steps.join('.'), json: stringify(found) ?? guessFor(name) };
  });
}

/** The paths of the nulls in a body. */
function nullsIn(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (value === null) return [path];
  if (typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => nullsIn(member, [...path, key]));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (here, step) =>
      typeof here === 'object' && here !== null
        ? Object.getOwnPropertyDescriptor(here, step)?.value
        : undefined,
    value,
  );
}

const OBJECTS = new Set(['deposit', 'exchange', 'transfer', 'activeInvoice']);

function guessFor(name: string): string {
  if (OBJECTS.has(name)) return '{}';
  if (name.endsWith('Amounts')) return '[]';
  return /(?:Fee|Limit|Amount)$/.test(name) ? '0' : '"inqud-hook"';
}
