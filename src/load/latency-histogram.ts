import type { Histogram } from '../ports.js';
import type { LatencyPercentiles } from './records.js';

const US_PER_MS = 1_000;

/** Times in a histogram of whole microseconds. */
export class LatencyHistogram {
  readonly #histogram: Histogram;
  #count = 0;
  #maxMs = 0;

  constructor(histogram: Histogram) {
    this.#histogram = histogram;
  }

  add(ms: number): void {
    this.#histogram.record(Math.max(1, Math.round(ms * US_PER_MS)));
    this.#count += 1;
    if (ms > this.#maxMs) this.#maxMs = ms;
  }

  reset(): void {
    this.#histogram.reset();
    this.#count = 0;
    this.#maxMs = 0;
  }

  get maxMs(): number {
    return rounded(this.#maxMs);
  }

  /** A percentile is the upper end of a bucket, and no time was longer than the longest. */
  percentileMs(percentile: number): number {
    if (this.#count === 0) return 0;
    return rounded(Math.min(this.#histogram.percentile(percentile) / US_PER_MS, this.#maxMs));
  }

  /** Undefined when nothing was added. */
  percentiles(): LatencyPercentiles | undefined {
    if (this.#count === 0) return undefined;
    return {
      count: this.#count,
      p50Ms: this.percentileMs(50),
      p95Ms: this.percentileMs(95),
      p99Ms: this.percentileMs(99),
      p999Ms: this.percentileMs(99.9),
      maxMs: this.maxMs,
    };
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
