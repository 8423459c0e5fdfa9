import type { Clock } from '../src/ports.js';

interface Sleeper {
  readonly untilMs: number;
  /** Who fell asleep first wakes first. */
  readonly turn: number;
  wake: (() => void) | undefined;
}

/**
 * So many ticks are asked for at a time. Node looks for input and output after all of them, and lets
 * promises settle after each.
 */
const TICKS = 64;

/**
 * Time that jumps to the next moment somebody sleeps until, once everything else has come to rest.
 * Who wakes at the same moment wakes in the order of falling asleep, each after all that follows
 * from the one before: so a run is the same every time.
 */
export class SimulatedClock implements Clock {
  readonly #sleepers: Sleeper[] = [];
  readonly #asleep = new WeakMap<AbortSignal, Set<() => void>>();
  #nowMs = 0;
  #turns = 0;
  /** Ticks that are due: what follows from each is done before the next. */
  #ticks = 0;

  now(): number {
    return Date.UTC(2030, 0, 1) + this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      this.#turns += 1;
      const sleeper: Sleeper = { untilMs: this.#nowMs + ms, turn: this.#turns, wake: resolve };
      if (signal !== undefined) {
        const asleep = this.#asleepUntil(signal);
        const wake = () => {
          sleeper.wake = undefined;
          asleep.delete(wake);
          resolve();
        };
        sleeper.wake = wake;
        asleep.add(wake);
      }
      this.#push(sleeper);
      if (this.#ticks === 0) this.#tickSoon();
    });
  }

  /** Rings once, unless it is taken back by the function that is returned. */
  alarm(ms: number, ring: () => void): () => void {
    this.#turns += 1;
    const sleeper: Sleeper = { untilMs: this.#nowMs + ms, turn: this.#turns, wake: ring };
    this.#push(sleeper);
    if (this.#ticks === 0) this.#tickSoon();
    return () => {
      sleeper.wake = undefined;
    };
  }

  /** Who is to be woken by a signal: one listener of it for all, since there can be thousands. */
  #asleepUntil(signal: AbortSignal): Set<() => void> {
    const known = this.#asleep.get(signal);
    if (known !== undefined) return known;
    const asleep = new Set<() => void>();
    this.#asleep.set(signal, asleep);
    signal.addEventListener('abort', () => {
      for (const wake of asleep) wake();
    });
    return asleep;
  }

  #tickSoon(): void {
    this.#ticks = TICKS;
    for (let tick = 0; tick < TICKS; tick += 1) setImmediate(() => this.#tick());
  }

  #tick(): void {
    let next = this.#pop();
    while (next !== undefined && next.wake === undefined) next = this.#pop();
    if (next !== undefined) {
      this.#nowMs = Math.max(this.#nowMs, next.untilMs);
      next.wake?.();
    }
    this.#ticks -= 1;
    if (this.#ticks === 0 && this.#sleepers.length > 0) this.#tickSoon();
  }

  #push(sleeper: Sleeper): void {
    const heap = this.#sleepers;
    let at = heap.length;
    heap.push(sleeper);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(sleeper, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = sleeper;
  }

  #pop(): Sleeper | undefined {
    const heap = this.#sleepers;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const child = smaller(heap, 2 * at + 1);
      const below = heap[child];
      if (below === undefined || !isBefore(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

/** Which of a pair wakes first. */
function smaller(heap: readonly Sleeper[], left: number): number {
  const [one, other] = [heap[left], heap[left + 1]];
  return one !== undefined && other !== undefined && isBefore(other, one) ? left + 1 : left;
}

function isBefore(one: Sleeper, other: Sleeper): boolean {
  return one.untilMs === other.untilMs ? one.turn < other.turn : one.untilMs < other.untilMs;
}
