import type { PlanWindow } from '../delivery/plan-window.js';
import { type ArrivalTimes, exactly } from './arrival-times.js';
import type { RetryOffsets } from './retry-offsets.js';

/** What an outage does, in whole counts. */
export interface OutageCounts {
  /** Web hooks that came in the outage, the lost ones among them. */
  readonly backlog: number;
  /** Attempts made in the outage; all of them fail. */
  readonly attemptsInVain: number;
  /** Web hooks of which every attempt fell into the outage. */
  readonly lost: number;
}

/** Arrivals and an outage, and how failed attempts come again. */
export interface OutageCase {
  readonly arrivals: ArrivalTimes;
  /** From its first millisecond to the recovery, which is no part of it. */
  readonly outage: PlanWindow;
  readonly offsets: RetryOffsets;
}

/**
 * Counts what falls into the outage: retry k of what comes until its offset before the recovery.
 * @throws HookError `bad-flag` when a number cannot hold a count exactly
 */
export function countOutage(outageCase: OutageCase): OutageCounts {
  const { offsetsMs } = outageCase.offsets;
  const inVain = offsetsMs.map((offsetMs) => downFor(offsetMs, outageCase));
  return {
    backlog: inVain[0] ?? 0,
    attemptsInVain: exactly(inVain.reduce((sum, count) => sum + count, 0)),
    lost: inVain.at(-1) ?? 0,
  };
}

/** Web hooks that come in the outage, and at least this long before its end. */
export function downFor(offsetMs: number, { arrivals, outage }: OutageCase): number {
  const untilMs = outage.toMs - offsetMs;
  if (untilMs <= outage.fromMs) return 0;
  return arrivals.countBefore(untilMs) - arrivals.countBefore(outage.fromMs);
}
