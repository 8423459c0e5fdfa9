import { parse } from 'lossless-json';
import { type Answered, answersTo } from '../../answers.js';
import type { Execution } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindLife, KindUnderTest, SeenKind } from '../../profile.js';
import { deliver, type Script } from '../../script.js';
import type { Leaves } from '../../state/leaves.js';
import { settle } from '../../state/settle.js';
import { inTurn, scriptFor } from '../kinds.js';
import { stillSays } from './decides.js';

const UNKNOWN = 'INQUD_HOOK_UNKNOWN';

/** Changes to the body of an event after which it says its status nowhere, but one nobody knows. */
export function unknownIn(
  { lab, offers }: Laboratory,
  { kind, name }: KindUnderTest,
  event: string,
): readonly string[] {
  const [subject] = offers.get(name)?.subjects ?? [];
  const status = kind.statuses.find((known) => known.name === event)?.status;
  if (subject === undefined || status === undefined) return [`${kind.statusField}=${UNKNOWN}`];
  const body: unknown = parse(new TextDecoder().decode(lab.body(subject, event)));
  return pathsOf(body, status, '').map((path) => `${path}=${UNKNOWN}`);
}

function pathsOf(value: unknown, text: string, path: string): readonly string[] {
  if (value === text) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    pathsOf(member, text, path === '' ? key : `${path}.${key}`),
  );
}

/** The usual life of a kind with an unknown status in place of the last one. */
export function unknownEnd(laboratory: Laboratory, kind: KindUnderTest): Script {
  const { events, end } = kind.main;
  const set = unknownIn(laboratory, kind, end);
  return scriptFor(kind, kind.main, [...inTurn(events.slice(0, -1)), deliver(end, 0, { set })]);
}

/** A known end of a life, and the state it leaves. */
export interface KnownEnd {
  readonly life: KindLife;
  readonly known: Leaves;
}

/** How a kind with an unknown status was answered, and whether it is recorded as a known end. */
export async function recordedAs(
  laboratory: Laboratory,
  kind: KindUnderTest,
  end: (seen: SeenKind) => KnownEnd,
  says: (seen: SeenKind, state: Leaves) => boolean,
): Promise<Answered & { readonly isRecorded: boolean }> {
  const script = unknownEnd(laboratory, kind);
  const answered = await answersTo(laboratory, script);
  const { profile } = kind;
  if (answered.refused !== undefined || profile === undefined) {
    return { ...answered, isRecorded: false };
  }
  const seen = { ...kind, profile };
  const isSaid = async (execution: Execution) => says(seen, await stateOf(laboratory, execution));
  const isSaidAlone = () =>
    laboratory.gate.alone(async () => isSaid(await laboratory.lab.execute(script)));
  const { life, known } = end(seen);
  const isRecorded =
    (await isSaid(answered.execution)) &&
    (await isSaidAlone()) &&
    (await stillSays(laboratory, seen, life, known));
  return { ...answered, isRecorded };
}

async function stateOf({ lab, oracle }: Laboratory, execution: Execution): Promise<Leaves> {
  const { states } = await settle(lab, oracle, execution);
  return states[0] ?? new Map();
}
