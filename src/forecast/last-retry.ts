import type { OutageCase } from './outage-counts.js';

/**
 * When the last retry comes, counted from the recovery, whenever in the outage web hooks come: the
 * supremum, which none of them may reach. A retry is made where the attempt before it was in vain.
 */
export function lastRetryMs({ outage, offsets }: Omit<OutageCase, 'arrivals'>): number {
  const lengthMs = outage.toMs - outage.fromMs;
  return offsets.gapsMs
    .filter((_, retry) => retry > 0 && (offsets.offsetsMs[retry - 1] ?? 0) < lengthMs)
    .reduce((most, gapMs) => Math.max(most, gapMs), 0);
}

/** When the last retry comes of the very web hooks that came in the outage; 0 where none comes. */
export function lastOfThem(outageCase: OutageCase): number {
  const { offsetsMs } = outageCase.offsets;
  return offsetsMs.reduce((most, _, retry) => Math.max(most, lastOfRetry(retry, outageCase)), 0);
}

function lastOfRetry(retry: number, { arrivals, outage, offsets }: OutageCase): number {
  const beforeMs = offsets.offsetsMs[retry - 1];
  if (beforeMs === undefined || outage.toMs - beforeMs <= outage.fromMs) return 0;
  const last = arrivals.countBefore(outage.toMs - beforeMs) - 1;
  if (last < arrivals.countBefore(outage.fromMs)) return 0;
  return arrivals.timeOf(last) + (offsets.offsetsMs[retry] ?? 0) - outage.toMs;
}
