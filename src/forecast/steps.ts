import type { OutageCase } from './outage-counts.js';
import type { ForecastStep } from './records.js';

/** Where a series begins and ends, counted from the recovery, and the length of its steps. */
export interface StepGrid {
  readonly stepMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Counts the attempts of each step where every answer of a receiver that is up comes in time.
 * No step reaches over the recovery.
 */
export function countSteps(outageCase: OutageCase, grid: StepGrid): readonly ForecastStep[] {
  const { toMs: recoveryMs } = outageCase.outage;
  return stretches(grid).map(({ fromMs, toMs }) => {
    const attempts = attemptsBetween(recoveryMs + fromMs, recoveryMs + toMs, outageCase);
    return stepOf({ fromMs, toMs }, { attempts, inVain: toMs <= 0 ? attempts : 0 });
  });
}

/** A step with what happens in it. */
export function stepOf(
  { fromMs, toMs }: Pick<ForecastStep, 'fromMs' | 'toMs'>,
  counts: Pick<ForecastStep, 'attempts' | 'inVain' | 'late' | 'longestWaitMs'>,
): ForecastStep {
  const perSecond = (counts.attempts * 1_000) / (toMs - fromMs);
  return { kind: 'step', fromMs, toMs, perSecond, ...counts };
}

/** The first is shorter where the outage is no multiple of a step. */
function stretches({ stepMs, fromMs, toMs }: StepGrid) {
  const first = Math.floor(fromMs / stepMs);
  const steps = Math.ceil(toMs / stepMs) - first;
  return Array.from({ length: Math.max(0, steps) }, (_, index) => ({
    fromMs: Math.max(fromMs, (first + index) * stepMs),
    toMs: (first + index + 1) * stepMs,
  }));
}

function attemptsBetween(fromMs: number, toMs: number, outageCase: OutageCase): number {
  const { arrivals, offsets } = outageCase;
  const firstAttempts = arrivals.countBefore(toMs) - arrivals.countBefore(fromMs);
  return offsets.offsetsMs.reduce(
    (sum, _, retry) => (retry === 0 ? sum : sum + retriesBetween(fromMs, toMs, retry, outageCase)),
    firstAttempts,
  );
}

/** Retry k is made of what came in the outage, and had the attempt before it there too. */
function retriesBetween(
  fromMs: number,
  toMs: number,
  retry: number,
  { arrivals, outage, offsets }: OutageCase,
): number {
  const offsetMs = offsets.offsetsMs[retry] ?? 0;
  const beforeMs = offsets.offsetsMs[retry - 1] ?? 0;
  const earliestMs = Math.max(outage.fromMs, fromMs - offsetMs);
  const latestMs = Math.min(outage.toMs - beforeMs, toMs - offsetMs);
  if (latestMs <= earliestMs) return 0;
  return arrivals.countBefore(latestMs) - arrivals.countBefore(earliestMs);
}
