import type { Clock } from '../../ports.js';

/** Lets work begin in the order in which it comes, some at a time, and no faster than it is done. */
export class Pacing {
  readonly #clock: Pick<Clock, 'monotonic' | 'sleep'>;
  readonly #waiting: (() => void)[] = [];
  #atOnce: number;
  #running = 0;
  /** How long the receiver takes for one web hook; 0 when it takes them side by side. */
  #eachMs = 0;
  #freeAtMs = 0;

  constructor(atOnce: number, clock: Pick<Clock, 'monotonic' | 'sleep'>) {
    this.#atOnce = atOnce;
    this.#clock = clock;
  }

  /** From now on work begins only when what was begun before can be done. */
  keepPace(eachMs: number): void {
    this.#eachMs = eachMs;
  }

  /** From now on at most this many at once. */
  limit(atOnce: number): void {
    this.#atOnce = Math.max(1, atOnce);
    this.#admit();
  }

  /** Does the work, which gives the receiver so many web hooks to work on. */
  async take<Result>(webHooks: number, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((start) => {
      this.#waiting.push(start);
      this.#admit();
    });
    try {
      if (this.#eachMs > 0) await this.#untilFree(webHooks);
      return await work();
    } finally {
      this.#running -= 1;
      this.#admit();
    }
  }

  #untilFree(webHooks: number): Promise<void> {
    const nowMs = this.#clock.monotonic();
    const startMs = Math.max(nowMs, this.#freeAtMs);
    this.#freeAtMs = startMs + webHooks * this.#eachMs;
    return startMs > nowMs ? this.#clock.sleep(startMs - nowMs) : Promise.resolve();
  }

  #admit(): void {
    while (this.#running < this.#atOnce) {
      const start = this.#waiting.shift();
      if (start === undefined) return;
      this.#running += 1;
      start();
    }
  }
}
