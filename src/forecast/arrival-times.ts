// The room of the forecast: what an outage brings back, counted exactly and, where the receiver has a
// capacity, simulated.
import { HookError } from '../errors.js';
import type { ArrivalRate } from './arrival-rate.js';

/** When new web hooks come, in plan milliseconds from the first one on. */
export interface ArrivalTimes {
  /**
   * How many come before a time.
   * @throws HookError `bad-flag` when that is more than a number counts exactly
   */
  countBefore(ms: number): number;
  /** When one comes, counted from 0; infinity where there are no more. */
  timeOf(index: number): number;
}

/** One after the other at the same distance, for ever: the first at 0. */
export function constantArrivals({ count, perMs }: ArrivalRate): ArrivalTimes {
  const [many, span] = [Number(count), Number(perMs)];
  return {
    countBefore: (ms) => (ms <= 0 ? 0 : exactly((count * BigInt(ms) + perMs - 1n) / perMs)),
    timeOf: (index) => (index * span) / many,
  };
}

/** As they were: times in ascending order. */
export function recordedArrivals(times: Float64Array): ArrivalTimes {
  return {
    countBefore: (ms) => placeOf(ms, times),
    timeOf: (index) => times[index] ?? Number.POSITIVE_INFINITY,
  };
}

/** A sum of exact counts, which is refused where it is none. @throws HookError `bad-flag` */
export function exactly(count: bigint | number): number {
  if (count <= Number.MAX_SAFE_INTEGER) return Number(count);
  throw new HookError(
    'bad-flag',
    'This is more than can be counted: a count here ends at 9,007,199,254,740,991.',
    'Lower --rate, or shorten --outage.',
  );
}

/** How many entries are smaller. */
function placeOf(ms: number, times: Float64Array): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
