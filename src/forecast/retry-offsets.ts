/** When the attempts of a web hook are made that all fail. */
export interface RetryOffsets {
  /** Entry k: from the first attempt to retry k, in plan milliseconds; entry 0 is 0. */
  readonly offsetsMs: readonly number[];
  /** Entry k: from retry k - 1 to retry k; entry 0 is 0. */
  readonly gapsMs: readonly number[];
}

/** The wait runs from the end of a failed attempt, so what a failure takes belongs to each gap. */
export function retryOffsets(waitsMs: readonly number[], failureMs: number): RetryOffsets {
  const gapsMs = [0, ...waitsMs.map((waitMs) => waitMs + failureMs)];
  let sumMs = 0;
  const offsetsMs = gapsMs.map((gapMs) => {
    sumMs += gapMs;
    return sumMs;
  });
  return { offsetsMs, gapsMs };
}
