/** Acknowledgement times of a run, in milliseconds. */
export interface LatencySummary {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** Each bucket is 1 % wider than the one before it: 0.01 ms to beyond a day in about 2,300. */
const GROWTH = Math.log(1.01);
const SMALLEST_MS = 0.01;
const BUCKETS = 2_400;

/** Collects times in constant memory; a percentile is right to within 1 %. */
export class Latencies {
  readonly #buckets = new Float64Array(BUCKETS);
  #count = 0;
  #maxMs = 0;

  add(ms: number): void {
    const bucket = Math.ceil(Math.log(Math.max(ms, SMALLEST_MS) / SMALLEST_MS) / GROWTH);
    const index = Math.min(bucket, BUCKETS - 1);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#count += 1;
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  /** Undefined when nothing was added. */
  summary(): LatencySummary | undefined {
    if (this.#count === 0) return undefined;
    const maxMs = rounded(this.#maxMs);
    return {
      count: this.#count,
      p50Ms: Math.min(this.#percentile(0.5), maxMs),
      p95Ms: Math.min(this.#percentile(0.95), maxMs),
      maxMs,
    };
  }

  #percentile(share: number): number {
    let left = Math.ceil(share * this.#count);
    const index = this.#buckets.findIndex((inBucket) => {
      left -= inBucket;
      return left <= 0;
    });
    return rounded(SMALLEST_MS * Math.exp(index * GROWTH));
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
