import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import { mainLife } from '../profile.js';
import { pathsThatDiffer, single } from '../state/difference.js';
import type { Leaves } from '../state/leaves.js';
import type { Oracle, States } from '../state/oracle.js';
import { type Crowd, type TimedLife, timed, timedFew } from './crowd.js';
import type { FirstLook } from './first-look.js';
import type { Offer } from './lives.js';

/** How much a receiver takes at once. */
export interface ReceiverPace {
  /** So many lives a second, when many are under way; undefined when it is quick. */
  readonly perSecond: number | undefined;
  /** How long one life takes among few, from its first web hook to the last change; 0 when it is quick. */
  readonly lifeMs: number;
  /** How many web hooks such a life is of; 0 where none is taken. */
  readonly webHooks: number;
}

const QUICK_ANSWER_MS = 150;
const QUICK_SETTLING_MS = 5;
const AT_ONCE = 40;
/** Waiting for a state costs a receiver nothing but a look now and then. */
const OPEN_FOR_EACH = 8;
const CROWDS = [16, 96];
/** So many lives share a queue, the one that is waited for among them. */
const LIVES_IN_A_QUEUE = 2;
/**
 * A queue that is given a little less than it can do does not grow. Of lives that ended one after the
 * other it is known what it can do.
 */
const SLACK = 1.25;
/** A crowd of which each takes this much longer than a few do wait for each other. */
const QUEUED = 2.5;
const CLEARLY_QUEUED = 8;
const LEAST_QUIET_MS = 500;
/** What has not ended, so many times later than among a few, shows no end. */
const LATEST_IN_CROWD = 4;

/**
 * Finds out whether a receiver that takes its time does so for each resource, or for one after the
 * other: a crowd then takes much longer than one. Learns how long it takes to settle in the crowd
 * that it will have to do with.
 */
export async function takePace(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offer: Offer | undefined,
  firstLook: FirstLook,
): Promise<ReceiverPace> {
  const webHooks = offer === undefined ? 0 : mainLife(offer.kind).events.length;
  if (offer === undefined || isQuick(lab, oracle)) {
    gate.limit(AT_ONCE, OPEN_FOR_EACH);
    return { perSecond: undefined, lifeMs: 0, webHooks };
  }
  return gate.alone(async () => {
    const { kind } = offer;
    const first = firstLook.states.get(kind.kind);
    const life: TimedLife = {
      lab,
      oracle,
      kind,
      isEnd: () => false,
      quietMs: () => Math.max(oracle.settleMs, LEAST_QUIET_MS),
    };
    const few = firstLook.few ?? (await timedFew(life));
    const inCrowd: TimedLife = {
      ...life,
      isEnd: endIn(first === undefined ? [] : [oracle.veil(first)], few.states),
      quietMs: () => Math.max(oracle.settleMs, LEAST_QUIET_MS, LATEST_IN_CROWD * few.wholeMs),
    };
    const firstMs = firstLook.lifeMs.get(kind.kind) ?? few.wholeMs;
    // A job that runs now and then was soon for the first, and is as late for many as for few.
    const lifeMs = few.isInBatches ? few.wholeMs : Math.min(few.wholeMs, firstMs);
    const queued = { lifeMs, webHooks };
    if (!few.isInBatches && isQueued(few, lifeMs)) return paceOfQueue(oracle, gate, few, queued);
    let best = few;
    for (const size of CROWDS) {
      gate.limit(size);
      const crowd = await timedAtOnce(inCrowd, gate, lifeMs);
      if (crowd.lostSome) break;
      if (isQueued(crowd, lifeMs)) return paceOfQueue(oracle, gate, crowd, queued);
      best = crowd;
      if (gate.atOnce < size) break;
    }
    oracle.relearnSettling([...few.changes, ...best.changes]);
    gate.limit(best.size, OPEN_FOR_EACH);
    return { perSecond: best.perSecond, lifeMs, webHooks };
  });
}

/** Whether a state is that of the first life, wherever one of the few says the same: ids may differ. */
function endIn([first]: States, few: States): (leaves: Leaves) => boolean {
  if (first === undefined) return () => false;
  const differing = few.map((leaves) => new Set(pathsThatDiffer(first, leaves)));
  const paths = [...first.keys()].filter((path) => differing.some((set) => !set.has(path)));
  return (leaves) =>
    paths.length > 0 && paths.every((path) => single(first, path) === single(leaves, path));
}

/**
 * A receiver that works on one web hook after the other is given them no faster than it works, so that
 * what is under way settles in about the time of a life.
 */
function paceOfQueue(
  oracle: Oracle,
  gate: Gate,
  crowd: Crowd,
  { lifeMs, webHooks }: { readonly lifeMs: number; readonly webHooks: number },
): ReceiverPace {
  const { changes, inTurnPerSecond: perSecond = crowd.perSecond } = crowd;
  const longestMs = Math.max(0, ...changes.map(({ ms }) => ms));
  const share = Math.min(1, (LIVES_IN_A_QUEUE * lifeMs) / longestMs);
  oracle.relearnSettling(changes.map(({ ms, paths }) => ({ ms: ms * share, paths })));
  gate.limit(AT_ONCE, OPEN_FOR_EACH);
  const slack = crowd.inTurnPerSecond === undefined ? SLACK : 1;
  gate.keepPace((slack * 1_000) / (perSecond * webHooks));
  return { perSecond, lifeMs, webHooks };
}

/** The lives of all kinds take a receiver that works on one web hook after the other about this long. */
const SECONDS_OF_KINDS = 80;
/** About so many executions are made of one kind, beside the random plans. */
const EXECUTIONS_OF_A_KIND = 60;
/** Random plans take it about this long. */
const SECONDS_OF_RUNS = 10;
const LIVES_OF_A_RUN = 4;
const FEWEST_RUNS = 3;
/** A receiver that is slower than this is asked the most telling cases of each rule only. */
const SLOW_PER_SECOND = 3;
const CASES_WHEN_SLOW = 2;
/** Of one that is slower than this, one case of each must is all that there is time for. */
const VERY_SLOW_WEB_HOOKS_PER_SECOND = 3.5;

/** The pace of a receiver that has to be asked one by one: each waits until the one before is quiet. */
export function paceOneByOne({ quietMs }: Oracle, pace: ReceiverPace): ReceiverPace {
  return { ...pace, perSecond: 1_000 / (pace.lifeMs + quietMs) };
}

/** Whether nothing has to be waited for: it is done as soon as it is answered. */
export function isAtOnce({ perSecond, lifeMs }: ReceiverPace): boolean {
  return perSecond === undefined && lifeMs === 0;
}

/** How many kinds there is time for. */
export function mostKinds({ perSecond = Number.POSITIVE_INFINITY }: ReceiverPace): number {
  return Math.max(1, Math.floor((SECONDS_OF_KINDS * perSecond) / EXECUTIONS_OF_A_KIND));
}

/** How many cases of a rule there is time for. */
export function mostCases(pace: ReceiverPace): number {
  const { perSecond = Number.POSITIVE_INFINITY } = pace;
  if (perSecond >= SLOW_PER_SECOND) return Number.POSITIVE_INFINITY;
  return hasTimeForMore(pace) ? CASES_WHEN_SLOW : 1;
}

/** Whether there is time for more than one case of what has to hold. */
export function hasTimeForMore({ perSecond, webHooks }: ReceiverPace): boolean {
  return perSecond === undefined || perSecond * webHooks >= VERY_SLOW_WEB_HOOKS_PER_SECOND;
}

/** How many random plans there is time for. */
export function mostRuns({ perSecond = Number.POSITIVE_INFINITY }: ReceiverPace): number {
  return Math.max(FEWEST_RUNS, Math.floor((SECONDS_OF_RUNS * perSecond) / LIVES_OF_A_RUN));
}

function isQuick({ log }: Lab, { settleMs }: Oracle): boolean {
  const times = log.flatMap(({ outcome }) => (outcome.kind === 'responded' ? [outcome.ms] : []));
  return settleMs < QUICK_SETTLING_MS && Math.max(0, ...times) < QUICK_ANSWER_MS;
}

/**
 * As many at once as the gate lets through. Where the receiver turns some of them away, they waited for
 * us, and not for each other: as many as it takes are timed then.
 */
async function timedAtOnce(life: TimedLife, gate: Gate, lifeMs: number): Promise<Crowd> {
  const { atOnce } = gate;
  const crowd = await timedCrowd(life, atOnce, lifeMs);
  return gate.atOnce < atOnce ? timedAtOnce(life, gate, lifeMs) : crowd;
}

/** A stall of this machine's looks like a queue, once: what is no clear case is timed again. */
async function timedCrowd(life: TimedLife, size: number, lifeMs: number): Promise<Crowd> {
  const crowd = await timed(life, size);
  if (crowd.lostSome || !isQueued(crowd, lifeMs) || crowd.wholeMs >= CLEARLY_QUEUED * lifeMs)
    return crowd;
  const again = await timed(life, size);
  return again.wholeMs < crowd.wholeMs ? again : crowd;
}

function isQueued({ wholeMs }: Crowd, lifeMs: number): boolean {
  return wholeMs >= QUEUED * lifeMs;
}
