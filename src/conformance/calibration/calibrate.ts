import type { Kind } from '../../webhook/catalogue.js';
import { answerOf, type Exchange, type Execution, isOk, unanswered } from '../lab/exchange.js';
import { createGate, type Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import { contrastLife, type KindUnderTest, type Life, mainLife } from '../profile.js';
import { pathsThatDiffer, single } from '../state/difference.js';
import type { Oracle } from '../state/oracle.js';
import { steadyOf } from '../state/steady.js';
import { sortOut } from './balances.js';
import {
  type FirstLook,
  LONGEST_WATCH_MS,
  movedLater,
  NOTHING_SEEN,
  WATCH_MS,
  watchFirst,
} from './first-look.js';
import { findJournals } from './journals.js';
import { inOrderLife, lived, type Offer, watched } from './lives.js';
import { mostKinds, type Pace, paceOneByOne, takePace } from './pace.js';
import { NO_PROBE, profileKind, unseen, withoutJournals } from './profile-kind.js';

export interface SkippedKind {
  readonly kind: string;
  readonly reason: string;
  /** What came instead of a 200: `answered 401`. */
  readonly answer: string;
  /** Some of its web hooks are answered 200, and others not. */
  readonly takenInPart: boolean;
}

export interface Calibration {
  readonly kinds: readonly KindUnderTest[];
  /** Kinds for which a receiver that works on one web hook after the other has no time. */
  readonly leftOut: readonly string[];
  readonly skipped: readonly SkippedKind[];
  /** Executions of the main lives, for rules that come back to them. */
  readonly offers: ReadonlyMap<string, Execution>;
  /** When the last of them was over, on the monotonic clock. */
  readonly offeredMs: number;
  readonly pace: Pace;
  /** What comes at the same time gets mixed up: the receiver is asked one by one. */
  readonly isMixedUp: boolean;
  /** Where the balances that all resources share can be read. */
  readonly witness: Execution | undefined;
}

/** Settling shows in what is not masked, which may be nothing. */
const QUIET_ALONE_MS = 300;
const LONGEST_ALONE_MS = 5_000;

/**
 * Offers each kind's usual life, and learns how the receiver's state answers to it. Where the state
 * said for a while that work is under way, and was taken for settled, it is all done anew.
 */
export async function calibrate(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  candidates: readonly Kind[],
): Promise<Calibration> {
  const done = await calibrateOnce(lab, oracle, gate, candidates, WATCH_MS);
  const { calibration, accepted, first } = done;
  if (!lab.hasProbe || !isBlind(calibration.kinds)) return calibration;
  const movedMs = await movedLater(lab, oracle, accepted, first, calibration.offeredMs);
  if (movedMs === undefined) return calibration;
  oracle.forget();
  return (await calibrateOnce(lab, oracle, gate, candidates, movedMs + WATCH_MS)).calibration;
}

/** What calibration says, and what it went by. */
interface Calibrated {
  readonly calibration: Calibration;
  readonly accepted: readonly Offer[];
  readonly first: FirstLook;
}

async function calibrateOnce(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  candidates: readonly Kind[],
  quietMs: number,
): Promise<Calibrated> {
  await maskWhatVaries(lab, oracle, candidates);
  const offers = await Promise.all(
    candidates.map(async (kind): Promise<Offer> => {
      const execution = await gate.shared(() =>
        lab.execute(inOrderLife(kind, mainLife(kind)), { impatient: true }),
      );
      return { kind, execution };
    }),
  );
  const offeredMs = lab.clock.monotonic();
  const accepted = offers.filter(({ execution }) => refusal(execution) === undefined);
  const first = lab.hasProbe
    ? await watchFirst(lab, oracle, accepted, { quietMs, longestMs: LONGEST_WATCH_MS })
    : NOTHING_SEEN;
  const seen = accepted.filter(({ kind }) => first.changed.has(kind.kind));
  const pace = await takePace(lab, oracle, gate, seen[0] ?? accepted[0]);
  const chosen = [...seen, ...accepted.filter((offer) => !seen.includes(offer))].slice(
    0,
    mostKinds(pace),
  );
  const inOrder = accepted.filter((offer) => chosen.includes(offer));
  const together = lab.hasProbe
    ? await profiled(lab, oracle, gate, inOrder, first)
    : inOrder.map(({ kind }) => unseen(kind, NO_PROBE));
  const alone = await profiledAlone(lab, oracle, gate, seen[0] ?? inOrder[0], together);
  const kinds = alone === undefined ? together : [alone.kind];
  const lives = alone === undefined ? offers : [...offers, alone.offer];
  const [witness] = accepted.filter(({ kind }) =>
    kinds.some(({ name, profile }) => name === kind.kind && profile !== undefined),
  );
  const calibration: Calibration = {
    kinds,
    leftOut: accepted
      .map(({ kind }) => kind.kind)
      .filter((name) => !kinds.some((kind) => kind.name === name)),
    skipped: offers.flatMap(skippedKind),
    offers: new Map(lives.map(({ kind, execution }) => [kind.kind, execution])),
    offeredMs,
    pace: alone === undefined ? pace : paceOneByOne(oracle, pace),
    isMixedUp: alone !== undefined,
    witness: oracle.cumulative.size === 0 ? undefined : witness?.execution,
  };
  return { calibration, accepted, first };
}

function isBlind(kinds: readonly KindUnderTest[]): boolean {
  return kinds.every(({ profile }) => profile === undefined);
}

/** What differs between two looks before anything was delivered says nothing. */
async function maskWhatVaries(lab: Lab, oracle: Oracle, [kind]: readonly Kind[]): Promise<void> {
  if (!lab.hasProbe || kind === undefined) return;
  const nothing = await lab.execute(inOrderLife(kind, { ...mainLife(kind), events: [] }));
  const [before] = await oracle.look(nothing);
  const [after] = await oracle.look(nothing);
  if (before === undefined || after === undefined) return;
  for (const path of pathsThatDiffer(before, after)) oracle.mask(path);
}

function skippedKind({ kind, execution }: Offer): readonly SkippedKind[] {
  const refused = refusal(execution);
  if (refused === undefined) return [];
  const takenInPart = execution.exchanges.some(({ outcome }) => isOk(outcome));
  const { event, answer } = refused;
  return [{ kind: kind.kind, reason: `${event} is ${answer}`, answer, takenInPart }];
}

function refusal({ exchanges }: Execution) {
  const [first] = unanswered(exchanges);
  if (first !== undefined) return { event: first.delivery.event, answer: spoken(first) };
  if (exchanges.length > 0) return undefined;
  return { event: 'its first event', answer: 'never answered' };
}

function spoken(exchange: Exchange): string {
  return exchange.outcome.kind === 'timed-out' ? 'answered too late or never' : answerOf(exchange);
}

/**
 * Where nothing can be told, or what would tell seems to vary, it may be that resources that came at
 * once got mixed up: they come one by one, then. `undefined` when that changes nothing.
 */
async function profiledAlone(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offer: Offer | undefined,
  together: readonly KindUnderTest[],
): Promise<{ readonly kind: KindUnderTest; readonly offer: Offer } | undefined> {
  if (!lab.hasProbe || offer === undefined || lab.isOver) return undefined;
  const nothingSeen = isBlind(together);
  const masked = [...oracle.masked];
  if (!nothingSeen && masked.length === 0) return undefined;
  const maskAgain = () => {
    for (const path of masked) oracle.mask(path);
    return undefined;
  };
  if (nothingSeen) oracle.unmaskAll();
  else {
    const steady = await gate.alone(() => steadyAmong(lab, oracle, offer, masked));
    if (steady.length === 0) return undefined;
    for (const path of steady) oracle.unmask(path);
  }
  const execution = await gate.alone(() => lab.execute(offer.execution.script));
  const again: Offer = { kind: offer.kind, execution };
  const look = await watchFirst(lab, oracle, [again], {
    quietMs: WATCH_MS,
    longestMs: WATCH_MS,
  });
  const [alone] = await profiled(lab, oracle, createGate(1), [again], look);
  if (alone?.profile === undefined) return maskAgain();
  gate.limit(1);
  return { kind: alone, offer: again };
}

/** What varied among many, and tells how a life ended when one comes alone. */
async function steadyAmong(
  lab: Lab,
  oracle: Oracle,
  { kind }: Offer,
  masked: readonly string[],
): Promise<readonly string[]> {
  const quietMs = Math.max(oracle.quietMs, QUIET_ALONE_MS);
  const look = async (life: Life) => {
    const window = { quietMs, longestMs: LONGEST_ALONE_MS };
    const { execution } = await lived(lab, oracle, kind, life, window);
    return (await oracle.lookAtAll(execution))[0] ?? new Map();
  };
  const main = await look(mainLife(kind));
  const otherwise = pathsThatDiffer(await look(contrastLife(kind)), main);
  const telling = masked.filter((path) => otherwise.includes(path) && single(main, path));
  return steadyOf(lab, telling, () => look(mainLife(kind)), main);
}

async function profiled(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offers: readonly Offer[],
  first: FirstLook,
): Promise<readonly KindUnderTest[]> {
  const seen = offers.filter(({ kind }) => first.changed.has(kind.kind));
  const twins = await Promise.all(
    seen.map(({ kind }) => gate.shared(() => watched(lab, oracle, kind, mainLife(kind)))),
  );
  const doubtful = new Set<string>(oracle.masked);
  for (const [index, offer] of seen.entries()) {
    const one = first.states.get(offer.kind.kind) ?? new Map();
    const again = await oracle.look(offer.execution);
    for (const other of [twins[index] ?? new Map(), again[0] ?? new Map()]) {
      for (const path of pathsThatDiffer(one, other)) doubtful.add(path);
    }
  }
  await sortOut(lab, oracle, gate, seen, doubtful);
  const kinds = await Promise.all(
    offers.map(({ kind }) => profileKind(lab, oracle, gate, kind, first.changed)),
  );
  const journals = await findJournals(lab, oracle, gate, kinds);
  if (journals.size === 0) return kinds;
  for (const path of journals) oracle.leaveOut(path);
  return kinds.map((kind) => withoutJournals(kind, journals));
}
