import { RetryLane } from './retry-lanes.js';

/** The stretch of a fixed length in which the most happens, of times given in ascending order. */
export class BusiestStretch {
  readonly #lengthMs: number;
  readonly #recent = new RetryLane();
  #most = 0;
  #fromMs = 0;

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  add(atMs: number): void {
    const recent = this.#recent;
    recent.push(atMs, false);
    while (recent.firstMs <= atMs - this.#lengthMs) recent.shift();
    if (recent.length <= this.#most) return;
    this.#most = recent.length;
    this.#fromMs = recent.firstMs;
  }

  get most(): number {
    return this.#most;
  }

  /** When the first of those stretches begins: with something that happens. */
  get fromMs(): number {
    return this.#fromMs;
  }
}
