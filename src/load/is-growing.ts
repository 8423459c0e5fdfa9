import type { LoadStretch, LoadSummary } from './records.js';

/** Times to an answer that differ by less are told apart by chance. */
const SLACK_MS = 50;

/**
 * Whether times to an answer grew from the second quarter of a run to its last: the receiver takes less
 * than what comes, so that a longer run would end otherwise.
 */
export function isGrowing({
  series,
  forMs,
  stepMs,
}: Pick<LoadSummary, 'series' | 'forMs' | 'stepMs'>) {
  const during = series.filter(({ atMs }) => atMs + stepMs <= forMs);
  const quarter = Math.floor(during.length / 4);
  if (quarter === 0) return false;
  const early = median(during.slice(quarter, 2 * quarter));
  const late = median(during.slice(-quarter));
  return late > 2 * early + SLACK_MS;
}

function median(stretches: readonly LoadStretch[]): number {
  const times = stretches.flatMap(({ latency }) => (latency === undefined ? [] : [latency.p50Ms]));
  times.sort((one, other) => one - other);
  return times[times.length >> 1] ?? Number.POSITIVE_INFINITY;
}
