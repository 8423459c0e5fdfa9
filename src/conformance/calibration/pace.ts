import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import type { Oracle } from '../state/oracle.js';
import { type Crowd, type TimedLife, timed, timedFew } from './crowd.js';
import type { FirstLook } from './first-look.js';
import type { Offer } from './lives.js';

/** How much a receiver takes at once. */
export interface ReceiverPace {
  /** So many lives a second, when many are under way; undefined when it is quick. */
  readonly perSecond: number | undefined;
  /** How long one life takes among few, from its first web hook to the last change; 0 when it is quick. */
  readonly lifeMs: number;
}

const QUICK_ANSWER_MS = 150;
const QUICK_SETTLING_MS = 20;
const AT_ONCE = 40;
/** Waiting for a state costs a receiver nothing but a look now and then. */
const OPEN_FOR_EACH = 8;
const CROWDS = [16, 96];
const AT_ONCE_IN_A_QUEUE = 3;
/** A queue is kept busy so much of the time: most of what is under way only waits for quiet. */
const BUSY_SHARE = 0.4;
/** A crowd of which each takes this much longer than a few do wait for each other. */
const QUEUED = 2.5;
const CLEARLY_QUEUED = 8;
const LEAST_QUIET_MS = 500;

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
  first: FirstLook,
): Promise<ReceiverPace> {
  if (offer === undefined || isQuick(lab, oracle)) {
    gate.limit(AT_ONCE, OPEN_FOR_EACH);
    return { perSecond: undefined, lifeMs: 0 };
  }
  return gate.alone(async () => {
    const { kind } = offer;
    const life: TimedLife = {
      lab,
      oracle,
      kind,
      end: () => first.states.get(kind.kind),
      quietMs: () => Math.max(oracle.settleMs, LEAST_QUIET_MS),
    };
    const few = first.few ?? (await timedFew(life));
    const lifeMs = Math.min(few.wholeMs, first.lifeMs.get(kind.kind) ?? few.wholeMs);
    if (isQueued(few, lifeMs)) return paceOfQueue(oracle, gate, few, lifeMs);
    let best = few;
    for (const size of CROWDS) {
      gate.limit(size);
      const crowd = await timedCrowd(life, size, lifeMs);
      if (isQueued(crowd, lifeMs)) {
        if (best === few) return paceOfQueue(oracle, gate, crowd, lifeMs);
        break;
      }
      best = crowd;
    }
    oracle.relearnSettling([...few.changes, ...best.changes]);
    gate.limit(best.size, OPEN_FOR_EACH);
    return { perSecond: best.perSecond, lifeMs };
  });
}

/** A receiver that works on one after the other has a few to do, so that it never waits for us. */
function paceOfQueue(
  oracle: Oracle,
  gate: Gate,
  { perSecond, size, changes }: Crowd,
  lifeMs: number,
): ReceiverPace {
  const busy = Math.floor((BUSY_SHARE * perSecond * lifeMs * size) / 1_000);
  const atOnce = Math.max(AT_ONCE_IN_A_QUEUE, Math.min(busy, size));
  const share = atOnce / size;
  oracle.relearnSettling(changes.map(({ ms, paths }) => ({ ms: ms * share, paths })));
  gate.limit(atOnce);
  return { perSecond, lifeMs };
}

/** What it is asked to do takes a receiver that works on one web hook after the other about this long. */
const QUEUE_SECONDS = 10;
/** About so many executions are made of one kind, beside the random plans. */
const EXECUTIONS_OF_A_KIND = 60;
const FEWEST_RUNS = 3;
/** All kinds take such a receiver a minute or so: better that than a verdict on some of them. */
const ENOUGH_PER_SECOND = 10;
/** A receiver that is slower than this is asked the most telling cases of each rule only. */
const SLOW_PER_SECOND = 3;
const CASES_WHEN_SLOW = 2;

/** The pace of a receiver that has to be asked one by one: each waits until the one before is quiet. */
export function paceOneByOne({ quietMs }: Oracle, { lifeMs }: ReceiverPace): ReceiverPace {
  return { perSecond: 1_000 / (lifeMs + quietMs), lifeMs };
}

/** How many kinds there is time for. */
export function mostKinds({ perSecond = Number.POSITIVE_INFINITY }: ReceiverPace): number {
  if (perSecond >= ENOUGH_PER_SECOND) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor((QUEUE_SECONDS * perSecond) / EXECUTIONS_OF_A_KIND));
}

/** How many cases of a rule there is time for. */
export function mostCases({ perSecond = Number.POSITIVE_INFINITY }: ReceiverPace): number {
  if (perSecond >= SLOW_PER_SECOND) return Number.POSITIVE_INFINITY;
  return perSecond < 1 ? 1 : CASES_WHEN_SLOW;
}

/** How many random plans there is time for. */
export function mostRuns({ perSecond = Number.POSITIVE_INFINITY }: ReceiverPace): number {
  return Math.max(FEWEST_RUNS, Math.floor((QUEUE_SECONDS * perSecond) / 4));
}

function isQuick({ log }: Lab, { settleMs }: Oracle): boolean {
  const times = log.flatMap(({ outcome }) => (outcome.kind === 'responded' ? [outcome.ms] : []));
  return settleMs < QUICK_SETTLING_MS && Math.max(0, ...times) < QUICK_ANSWER_MS;
}

/** A stall of this machine's looks like a queue, once: what is no clear case is timed again. */
async function timedCrowd(life: TimedLife, size: number, lifeMs: number): Promise<Crowd> {
  const crowd = await timed(life, size);
  if (!isQueued(crowd, lifeMs) || crowd.wholeMs >= CLEARLY_QUEUED * lifeMs) return crowd;
  const again = await timed(life, size);
  return again.wholeMs < crowd.wholeMs ? again : crowd;
}

function isQueued({ wholeMs }: Crowd, lifeMs: number): boolean {
  return wholeMs >= QUEUED * lifeMs;
}
