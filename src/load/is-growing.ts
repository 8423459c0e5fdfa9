import { medianOf } from './median-of-stretches.js';
import type { LoadSummary } from './records.js';

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
  const early = medianOf(during.slice(quarter, 2 * quarter));
  const late = medianOf(during.slice(-quarter));
  return late > 2 * early + SLACK_MS;
}
