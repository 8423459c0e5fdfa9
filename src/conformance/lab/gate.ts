import type { Clock } from '../../ports.js';
import { type DeliveryLoad, Pacing } from './pacing.js';

/** In the order in which those who wait are let in. */
const SORTS = ['alone', 'calm', 'shared', 'idle'] as const;
type Sort = (typeof SORTS)[number];

interface Waiting {
  readonly sort: Sort;
  readonly start: () => void;
}

/** Calm work is several executions at a time itself. */
const SHARED_FOR_A_CALM = 5;
/** After so many web hooks a receiver may have work left that it took in the meantime. */
const CROWD = 24;

/**
 * Lets executions run side by side, some at once, or one alone while all others wait: first come,
 * first served among those of a sort. An execution delivers first, and then waits for its states:
 * more can wait than deliver.
 */
export class Gate {
  readonly #waiting: Waiting[] = [];
  readonly #running: Record<Sort, number> = { alone: 0, calm: 0, shared: 0, idle: 0 };
  readonly #delivering: Pacing;
  #most: number;
  #atOnce: number;
  #openForEach = 1;
  #delivered = 0;
  #isLimited = false;
  #untilQuiet: (() => Promise<void>) | undefined;
  #quiet: Promise<void> = Promise.resolve();

  constructor(
    atOnce: number,
    clock: Pick<Clock, 'monotonic' | 'sleep'>,
    mostEver = Number.POSITIVE_INFINITY,
  ) {
    this.#most = mostEver;
    this.#atOnce = Math.min(atOnce, mostEver);
    this.#delivering = new Pacing(this.#atOnce, clock);
  }

  /** So many deliver at once. */
  get atOnce(): number {
    return this.#atOnce;
  }

  shared<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#pass('shared', work);
  }

  /** With few others of its sort, and without what is shared: for work that wants a quiet receiver. */
  calm<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#pass('calm', work);
  }

  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#pass('alone', work);
  }

  /** Alone as well, but only when nobody else waits. */
  idle<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#pass('idle', work);
  }

  /**
   * For the part of an execution in which it delivers so many web hooks, whatever sort of work it is. A
   * receiver that limits how many it takes at once counts them, and not our executions.
   */
  delivering<Result>(
    { webHooks, atOnce = 1 }: DeliveryLoad,
    work: () => Promise<Result>,
  ): Promise<Result> {
    this.#delivered += webHooks;
    return this.#delivering.take({ webHooks, atOnce: this.#isLimited ? atOnce : 1 }, work);
  }

  /** From now on what wants a quiet receiver waits for this first, where a crowd went before it. */
  waitFor(untilQuiet: () => Promise<void>): void {
    this.#untilQuiet = untilQuiet;
  }

  /** From now on the receiver is given one web hook each so many milliseconds, on average. */
  keepPace(eachMs: number): void {
    this.#delivering.keepPace(eachMs);
  }

  /** From now on at most this many deliver at once, and so many times more are open. */
  limit(atOnce: number, openForEach = 1): void {
    this.#openForEach = openForEach;
    this.#set(Math.max(1, Math.min(atOnce, this.#most)));
  }

  /**
   * From now on never more than half of what it is. One of so many web hooks at once was turned away: where
   * more were let through before, or come at once by their script, that says nothing about the limit.
   */
  halve(webHooksAtOnce = 1): void {
    this.#isLimited = true;
    if (Math.max(webHooksAtOnce, this.#delivering.running) > this.#atOnce) return;
    this.#most = Math.max(1, Math.floor(this.#atOnce / 2));
    this.#set(this.#most);
  }

  #set(atOnce: number): void {
    this.#atOnce = atOnce;
    this.#delivering.limit(atOnce);
    this.#admit();
  }

  #isFree(sort: Sort): boolean {
    const { alone, calm, shared, idle } = this.#running;
    if (alone + idle > 0) return false;
    if (sort === 'shared') return calm === 0 && shared < this.#atOnce * this.#openForEach;
    if (sort === 'calm')
      return shared === 0 && calm < Math.max(1, this.#atOnce / SHARED_FOR_A_CALM);
    return calm + shared === 0;
  }

  #admit(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      if (!this.#isFree(next.sort)) return;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#running[next.sort] += 1;
      next.start();
    }
  }

  #next(): Waiting | undefined {
    for (const sort of SORTS) {
      const next = this.#waiting.find((one) => one.sort === sort);
      if (next !== undefined) return next;
    }
    return undefined;
  }

  async #grownQuiet(): Promise<void> {
    if (this.#untilQuiet !== undefined && this.#delivered >= CROWD) {
      this.#quiet = this.#untilQuiet();
      this.#delivered = 0;
    }
    await this.#quiet;
  }

  async #pass<Result>(sort: Sort, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((start) => {
      this.#waiting.push({ sort, start });
      this.#admit();
    });
    try {
      if (sort !== 'shared') await this.#grownQuiet();
      return await work();
    } finally {
      this.#running[sort] -= 1;
      this.#admit();
    }
  }
}
