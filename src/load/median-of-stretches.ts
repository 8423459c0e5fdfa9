import type { LoadStretch } from './records.js';

/** The median of the medians of some stretches; infinity where nothing was answered in any. */
export function medianOf(stretches: readonly LoadStretch[]): number {
  const times = stretches.flatMap(({ latency }) => (latency === undefined ? [] : [latency.p50Ms]));
  times.sort((one, other) => one - other);
  return times[times.length >> 1] ?? Number.POSITIVE_INFINITY;
}
