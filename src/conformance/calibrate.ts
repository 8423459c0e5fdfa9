import type { Kind } from '../webhook/catalogue.js';
import type { Gate } from './lab/gate.js';
import { type Execution, type Lab, unanswered } from './lab/lab.js';
import { contrastLife, type KindUnderTest, type Life, mainLife, profileOf } from './profile.js';
import { deliver, scriptOf } from './script.js';
import { changeText, isSame, minus } from './state/decimal.js';
import { differences, single } from './state/difference.js';
import type { Leaves } from './state/leaves.js';
import { areEqual, type Oracle, parseNumber } from './state/oracle.js';
import { settle } from './state/settle.js';

export interface SkippedKind {
  readonly kind: string;
  readonly reason: string;
  /** Its first answers never came in time. */
  readonly hung: boolean;
}

export interface Calibration {
  readonly kinds: readonly KindUnderTest[];
  readonly skipped: readonly SkippedKind[];
  /** Executions of the main lives, for rules that come back to them. */
  readonly offers: ReadonlyMap<string, Execution>;
  readonly settleMs: number;
  /** Where the balances that all resources share can be read. */
  readonly witness: Execution | undefined;
}

interface Offer {
  readonly kind: Kind;
  readonly execution: Execution;
}

const WATCH_MS = 2_000;
const LONGEST_WATCH_MS = 10_000;
const LONGEST_MS = 20_000;
/** From here on the receiver may have been slow because many resources came at once. */
const SLOW_MS = 150;
/** So many kinds are tried until one moves a balance. */
const KINDS_TO_COUNT = 3;

/** Offers each kind's usual life, and learns how the receiver's state answers to it. */
export async function calibrate(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  candidates: readonly Kind[],
): Promise<Calibration> {
  const offers = await Promise.all(
    candidates.map(async (kind): Promise<Offer> => {
      const execution = await gate.shared(() =>
        lab.execute(inOrderLife(kind, mainLife(kind)), { impatient: true }),
      );
      return { kind, execution };
    }),
  );
  const accepted = offers.filter(({ execution }) => refusal(execution) === undefined);
  const skipped = offers.flatMap(skippedKind);
  const executions = new Map(offers.map(({ kind, execution }) => [kind.kind, execution]));
  const kinds = lab.hasProbe
    ? await profiled(lab, oracle, gate, accepted)
    : accepted.map(({ kind }) => unseen(kind, 'no state probe was given'));
  const [witness] = accepted.filter(({ kind }) =>
    kinds.some(({ name, profile }) => name === kind.kind && profile !== undefined),
  );
  return {
    kinds,
    skipped,
    offers: executions,
    settleMs: oracle.settleMs,
    witness: oracle.cumulative.size === 0 ? undefined : witness?.execution,
  };
}

function skippedKind({ kind, execution }: Offer): readonly SkippedKind[] {
  const reason = refusal(execution);
  if (reason === undefined) return [];
  const hung = execution.exchanges.some(({ outcome }) => outcome.kind === 'timed-out');
  return [{ kind: kind.kind, reason, hung }];
}

function refusal(execution: Execution): string | undefined {
  const [first] = unanswered(execution.exchanges);
  if (first === undefined) return undefined;
  const { outcome, delivery } = first;
  const answer = outcome.kind === 'responded' ? String(outcome.status) : spoken(outcome.kind);
  return `${delivery.event} is answered ${answer}`;
}

function spoken(kind: string): string {
  return kind === 'timed-out' ? 'too late or never' : kind;
}

async function profiled(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offers: readonly Offer[],
): Promise<readonly KindUnderTest[]> {
  const first = await watchFirst(lab, oracle, offers);
  const seen = offers.filter(({ kind }) => first.changed.has(kind.kind));
  await measureAlone(lab, oracle, gate, seen[0]?.kind);
  const twins = await Promise.all(
    seen.map(({ kind }) => gate.shared(() => watched(lab, oracle, kind, mainLife(kind)))),
  );
  const doubtful = new Set<string>();
  for (const [index, offer] of seen.entries()) {
    const one = first.states.get(offer.kind.kind) ?? new Map();
    const again = await oracle.look(offer.execution);
    for (const other of [twins[index] ?? new Map(), again[0] ?? new Map()]) {
      for (const { path } of differences(one, other)) doubtful.add(path);
    }
  }
  await sortOut(lab, oracle, gate, seen, doubtful);
  return Promise.all(offers.map(({ kind }) => profileKind(lab, oracle, gate, kind, first.changed)));
}

/** The first look is the longest: nothing is known yet about how long the receiver takes. */
async function watchFirst(lab: Lab, oracle: Oracle, offers: readonly Offer[]) {
  const changed = new Set<string>();
  const states = new Map<string, Leaves>();
  const watch = async ({ kind, execution }: Offer, quietMs: number) => {
    const nothing = await lab.execute({ ...execution.script, steps: [] });
    const before = await oracle.look(nothing);
    const settled = await settle(lab, oracle, execution, { quietMs, longestMs: LONGEST_MS });
    states.set(kind.kind, settled.states[0] ?? new Map());
    if (areEqual(before, settled.states)) return;
    changed.add(kind.kind);
    oracle.learnSettling(settled.settledMs);
  };
  await Promise.all(offers.map((offer) => watch(offer, WATCH_MS)));
  if (changed.size === 0) {
    await Promise.all(offers.map((offer) => watch(offer, LONGEST_WATCH_MS - WATCH_MS)));
  }
  return { changed, states };
}

async function measureAlone(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  kind: Kind | undefined,
): Promise<void> {
  if (kind === undefined || oracle.settleMs < SLOW_MS) return;
  await gate.alone(async () => {
    const execution = await lab.execute(inOrderLife(kind, mainLife(kind)));
    const quietMs = Math.max(oracle.settleMs, 500);
    const settled = await settle(lab, oracle, execution, { quietMs, longestMs: LONGEST_MS });
    if (settled.settledMs > 0) oracle.relearnSettling(settled.settledMs);
  });
}

/** A number that grows by the same amount with each success, and not with a failure, is a balance. */
async function sortOut(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offers: readonly Offer[],
  doubtful: ReadonlySet<string>,
): Promise<void> {
  const balances = new Set<string>();
  const [witness] = offers;
  for (const { kind } of offers.slice(0, KINDS_TO_COUNT)) {
    if (doubtful.size === 0 || balances.size > 0 || witness === undefined) break;
    await gate.alone(async () => {
      const states = [(await oracle.look(witness.execution))[0] ?? new Map()];
      for (const life of [mainLife(kind), mainLife(kind), contrastLife(kind)]) {
        await watched(lab, oracle, kind, life);
        states.push((await oracle.look(witness.execution))[0] ?? new Map());
      }
      for (const path of doubtful) if (accumulates(path, states)) balances.add(path);
    });
  }
  for (const path of doubtful) {
    if (balances.has(path)) oracle.accumulate(path);
    else oracle.mask(path);
  }
}

function accumulates(path: string, states: readonly Leaves[]): boolean {
  const [one, two, three, failed] = states.map((leaves) => parseNumber(single(leaves, path)));
  if (one === undefined || two === undefined || three === undefined) return false;
  const grown = minus(two, one);
  const again = minus(three, two);
  if (grown.units === 0n || changeText(grown) !== changeText(again)) return false;
  return failed !== undefined && isSame(failed, three);
}

async function profileKind(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  kind: Kind,
  changed: ReadonlySet<string>,
): Promise<KindUnderTest> {
  if (!changed.has(kind.kind)) {
    return unseen(kind, 'its events leave the state as it was');
  }
  const main = mainLife(kind);
  const contrast = contrastLife(kind);
  const look = (life: Life) => gate.shared(() => watched(lab, oracle, kind, life));
  const [before, between, ended, otherwise] = await Promise.all([
    look({ end: main.end, events: [] }),
    look({ end: main.end, events: main.events.slice(0, -1) }),
    look(main),
    look(contrast),
  ]);
  const counts = { main: main.events.length, contrast: contrast.events.length };
  const profile = profileOf({ before, between, main: ended, contrast: otherwise }, counts);
  if (profile === undefined) {
    const blind = `the state after ${main.end} and after ${contrast.end} is the same`;
    return { ...unseen(kind, blind) };
  }
  return { kind, name: kind.kind, main, contrast, profile, blind: undefined };
}

/** The state after a life of a new resource, once it has settled. */
async function watched(lab: Lab, oracle: Oracle, kind: Kind, life: Life): Promise<Leaves> {
  const execution = await lab.execute(inOrderLife(kind, life));
  const settled = await settle(lab, oracle, execution, {
    quietMs: oracle.quietMs,
    longestMs: LONGEST_MS,
  });
  return settled.states[0] ?? new Map();
}

function inOrderLife(kind: Kind, life: Life) {
  return scriptOf(
    { kind: kind.kind, end: life.end },
    life.events.map((event) => deliver(event)),
  );
}

function unseen(kind: Kind, blind: string): KindUnderTest {
  return {
    kind,
    name: kind.kind,
    main: mainLife(kind),
    contrast: contrastLife(kind),
    profile: undefined,
    blind,
  };
}
