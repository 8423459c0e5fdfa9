/** After a sync, the senders it answered get this share of its time to send again. */
const SHARE = 0.25;
const LONGEST_MS = 2;
/** Where syncs are this fast, there is nothing to gain. */
const LEAST_MS = 0.5;

/** A sync that is over. */
interface LastSync {
  readonly ms: number;
  /** Lines that were settled by it. */
  readonly settled: number;
  /** Lines that came meanwhile. */
  readonly coming: number;
}

/**
 * A wait for the senders that were just answered. Otherwise the next sync would leave with the first
 * of them, and senders would split into two groups, each waiting for the other's sync.
 */
export class Gathering {
  readonly #enough: number;
  readonly #timer: NodeJS.Timeout;

  private constructor(enough: number, ms: number, onOver: () => void) {
    this.#enough = enough;
    this.#timer = setTimeout(onOver, ms);
  }

  /** Waits until as many lines are there as came lately, but not for long; or not at all. */
  static after({ ms, settled, coming }: LastSync, onOver: () => void): Gathering | undefined {
    const enough = settled + coming;
    const waitMs = ms * SHARE;
    if (waitMs < LEAST_MS || enough === 1) return undefined;
    return new Gathering(enough, Math.min(waitMs, LONGEST_MS), onOver);
  }

  isOverWith(lines: number): boolean {
    return lines >= this.#enough;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
