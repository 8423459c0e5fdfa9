import type { Clock } from '../../ports.js';

/** What work gives the receiver to do. */
export interface DeliveryLoad {
  readonly webHooks: number;
  /** The most of them that are under way at the same time; 1 unless it says so. */
  readonly atOnce?: number;
}

/** Lets work begin in the order in which it comes, some at a time, and no faster than it is done. */
export class Pacing {
  readonly #clock: Pick<Clock, 'monotonic' | 'sleep'>;
  readonly #waiting: { readonly atOnce: number; readonly start: (places: number) => void }[] = [];
  #atOnce: number;
  #running = 0;
  /** How long the receiver takes for one web hook; 0 when it takes them side by side. */
  #eachMs = 0;
  #freeAtMs = 0;

  constructor(atOnce: number, clock: Pick<Clock, 'monotonic' | 'sleep'>) {
    this.#atOnce = atOnce;
    this.#clock = clock;
  }

  /** So many are under way. */
  get running(): number {
    return this.#running;
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

  /** Does the work once there is a place for all of it that is under way at once, or all places are free. */
  async take<Result>(
    { webHooks, atOnce = 1 }: DeliveryLoad,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const places = await new Promise<number>((start) => {
      this.#waiting.push({ atOnce, start });
      this.#admit();
    });
    try {
      if (this.#eachMs > 0) await this.#untilFree(webHooks);
      return await work();
    } finally {
      this.#running -= places;
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
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      const places = Math.min(next.atOnce, this.#atOnce);
      if (this.#running + places > this.#atOnce) return;
      this.#waiting.shift();
      this.#running += places;
      next.start(places);
    }
  }
}
