import type { Kind } from '../../webhook/catalogue.js';
import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import { mainLife } from '../profile.js';
import type { Change } from '../state/change.js';
import type { Oracle } from '../state/oracle.js';
import { settle } from '../state/settle.js';
import { inOrderLife, type Offer } from './lives.js';

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
/** Hardly in each other's way, and out of step, so that what is done in batches shows. */
const FEW = 4;
const FEW_EVERY_MS = 110;
/** Waiting costs nothing, so many can wait. */
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
): Promise<ReceiverPace> {
  if (offer === undefined || isQuick(lab, oracle)) {
    gate.limit(AT_ONCE);
    return { perSecond: undefined, lifeMs: 0 };
  }
  const { kind } = offer;
  return gate.alone(async () => {
    const few = await timed(lab, oracle, kind, FEW, FEW_EVERY_MS);
    const { wholeMs: lifeMs } = few;
    let best = few;
    let { perSecond } = few;
    for (const size of CROWDS) {
      const crowd = await timedCrowd(lab, oracle, kind, size, lifeMs);
      perSecond = crowd.perSecond;
      if (isQueued(crowd, lifeMs)) break;
      best = crowd;
    }
    oracle.relearnSettling([...few.changes, ...best.changes]);
    const busy = BUSY_SHARE * ((perSecond * (lifeMs + oracle.quietMs)) / 1_000);
    gate.limit(best === few ? Math.max(AT_ONCE_IN_A_QUEUE, Math.floor(busy)) : best.size);
    return { perSecond, lifeMs };
  });
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
async function timedCrowd(lab: Lab, oracle: Oracle, kind: Kind, size: number, lifeMs: number) {
  const crowd = await timed(lab, oracle, kind, size);
  if (!isQueued(crowd, lifeMs) || crowd.wholeMs >= CLEARLY_QUEUED * lifeMs) return crowd;
  const again = await timed(lab, oracle, kind, size);
  return again.wholeMs < crowd.wholeMs ? again : crowd;
}

function isQueued({ wholeMs }: Crowd, lifeMs: number): boolean {
  return wholeMs >= QUEUED * lifeMs;
}

interface Crowd {
  /** So many lives a second. */
  readonly perSecond: number;
  readonly size: number;
  readonly wholeMs: number;
  readonly changes: readonly Change[];
}

/** How long so many lives take, each from its first web hook to the last change of its state. */
async function timed(
  lab: Lab,
  oracle: Oracle,
  kind: Kind,
  size: number,
  everyMs = 0,
): Promise<Crowd> {
  const startMs = lab.clock.monotonic();
  const all = await Promise.all(
    Array.from({ length: size }, async (_, place) => {
      await lab.clock.sleep(place * everyMs, lab.signal);
      return timedLife(lab, oracle, kind);
    }),
  );
  return {
    perSecond: (size * 1_000) / (Math.max(...all.map(({ endMs }) => endMs)) - startMs),
    size,
    wholeMs: Math.max(...all.map(({ wholeMs }) => wholeMs)),
    changes: all.flatMap(({ changes }) => changes),
  };
}

async function timedLife(lab: Lab, oracle: Oracle, kind: Kind) {
  const startMs = lab.clock.monotonic();
  const execution = await lab.execute(inOrderLife(kind, mainLife(kind)));
  const answeredMs = lab.clock.monotonic() - startMs;
  if (!lab.hasProbe) return { wholeMs: answeredMs, endMs: startMs + answeredMs, changes: [] };
  const quietMs = Math.max(oracle.settleMs, LEAST_QUIET_MS);
  const { changes } = await settle(lab, oracle, execution, { quietMs });
  const wholeMs = answeredMs + Math.max(0, ...changes.map(({ ms }) => ms));
  return { wholeMs, endMs: startMs + wholeMs, changes };
}
