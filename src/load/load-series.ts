import type { Histogram } from '../ports.js';
import { LatencyHistogram } from './latency-histogram.js';
import type { LoadStretch } from './records.js';

const SECOND_MS = 1_000;
const MOST_STRETCHES = 600;

/** How long a stretch is, so that a long run has no more of them than can be drawn. */
export function stretchMs(forMs: number): number {
  return Math.max(1, Math.ceil(forMs / SECOND_MS / MOST_STRETCHES)) * SECOND_MS;
}

/** Adds up a run stretch by stretch as it goes on; time never goes back. */
export class LoadSeries {
  readonly stepMs: number;
  readonly #due: readonly number[];
  readonly #done: LoadStretch[] = [];
  readonly #latencies: LatencyHistogram;
  #sent = 0;
  #delivered = 0;
  #failed = 0;

  constructor(timesMs: Float64Array, forMs: number, histogram: Histogram) {
    this.stepMs = stretchMs(forMs);
    this.#due = dueIn(timesMs, this.stepMs);
    this.#latencies = new LatencyHistogram(histogram);
  }

  addSent(nowMs: number): void {
    this.#moveTo(nowMs);
    this.#sent += 1;
  }

  addDelivered(nowMs: number): void {
    this.#moveTo(nowMs);
    this.#delivered += 1;
  }

  addFailed(nowMs: number): void {
    this.#moveTo(nowMs);
    this.#failed += 1;
  }

  /** An answer, whatever it says, or the end of the wait for one. */
  addLatency(nowMs: number, ms: number): void {
    this.#moveTo(nowMs);
    this.#latencies.add(ms);
  }

  /** Up to now, the stretch that is under way included. */
  stretches(): readonly LoadStretch[] {
    return [...this.#done, this.#current()];
  }

  #moveTo(nowMs: number): void {
    const place = Math.floor(nowMs / this.stepMs);
    while (this.#done.length < place) {
      this.#done.push(this.#current());
      this.#latencies.reset();
      this.#sent = 0;
      this.#delivered = 0;
      this.#failed = 0;
    }
  }

  #current(): LoadStretch {
    const place = this.#done.length;
    return {
      atMs: place * this.stepMs,
      due: this.#due[place] ?? 0,
      sent: this.#sent,
      delivered: this.#delivered,
      failed: this.#failed,
      latency: this.#latencies.percentiles(),
    };
  }
}

function dueIn(timesMs: Float64Array, stepMs: number): readonly number[] {
  const due: number[] = [];
  for (const timeMs of timesMs) {
    const place = Math.floor(timeMs / stepMs);
    while (due.length <= place) due.push(0);
    due[place] = (due[place] ?? 0) + 1;
  }
  return due;
}
