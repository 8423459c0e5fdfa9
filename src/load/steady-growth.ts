import { medianOf } from './median-of-stretches.js';
import type { LoadStretch, LoadSummary } from './records.js';

/** How times to an answer grew, from the median of the first quarter to that of the last. */
export interface SteadyGrowth {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The median of fewer answers says little. */
const LEAST_ANSWERS = 20;
/** Times to an answer that differ by less are told apart by chance. */
const SLACK_MS = 50;
/** A queue that grows all the time takes a third of it in each step. */
const LEAST_STEP = 1 / 8;

/**
 * Whether times to an answer grew all through a run at a steady rate, quarter by quarter: what comes waits
 * in a queue that a longer run would make longer. A receiver that is slow at first, or stands still for
 * a while, does not do so.
 */
export function steadyGrowth({
  series,
  forMs,
  stepMs,
}: Pick<LoadSummary, 'series' | 'forMs' | 'stepMs'>): SteadyGrowth | undefined {
  const quarters = quartersOf(series.filter(({ atMs }) => atMs + stepMs <= forMs));
  if (quarters.some((quarter) => answersIn(quarter) < LEAST_ANSWERS)) return undefined;
  const [first = 0, second = 0, third = 0, last = 0] = quarters.map(medianOf);
  const growth = last - first;
  const leastStep = Math.min(second - first, third - second, last - third);
  const isClear = last > 2 * first + SLACK_MS && leastStep >= growth * LEAST_STEP;
  return isClear ? { fromMs: first, toMs: last } : undefined;
}

/** Four as long as each other; what does not go into them is left out in the beginning. */
function quartersOf(series: readonly LoadStretch[]): readonly (readonly LoadStretch[])[] {
  const length = Math.floor(series.length / 4);
  const start = series.length - 4 * length;
  return [0, 1, 2, 3].map((quarter) =>
    series.slice(start + quarter * length, start + (quarter + 1) * length),
  );
}

function answersIn(quarter: readonly LoadStretch[]): number {
  return quarter.reduce((sum, { latency }) => sum + (latency?.count ?? 0), 0);
}
