/** A line of the capture file, its newline included. */
export interface StoredLine {
  readonly offset: number;
  readonly bytes: number;
}

/** A request that was refused and is to be sent again. */
export interface Retry extends StoredLine {
  /** Attempts made so far. */
  readonly attempts: number;
  /** Milliseconds since the Unix epoch. */
  readonly dueMs: number;
}

/**
 * How far a capture file has been passed on. Every line is attempted once in the order of the file,
 * and then, while it is refused, whenever its next attempt is due.
 */
export class Backlog {
  #cursor: number;
  /** Attempts end out of order: lines after the cursor that have been attempted, and their length. */
  readonly #ahead = new Map<number, number>();
  /** The latest due first. */
  readonly #retries: Retry[] = [];

  constructor(cursor: number) {
    this.#cursor = cursor;
  }

  /** Everything before this has been attempted. */
  get cursor(): number {
    return this.#cursor;
  }

  /** To be sent again, in no order. */
  get retries(): readonly Retry[] {
    return this.#retries;
  }

  /** When the next retry is due, in milliseconds since the Unix epoch. */
  get nextDueMs(): number | undefined {
    return this.#retries.at(-1)?.dueMs;
  }

  /** True for a line that has been attempted although one before it has not. */
  isAhead(offset: number): boolean {
    return this.#ahead.has(offset);
  }

  /** Takes the retry that is due first, if it is due. */
  takeDue(nowMs: number): Retry | undefined {
    const dueMs = this.nextDueMs;
    return dueMs !== undefined && dueMs <= nowMs ? this.#retries.pop() : undefined;
  }

  /** A line has been attempted, or needs no attempt. */
  pass({ offset, bytes }: StoredLine): void {
    if (offset >= this.#cursor) this.#ahead.set(offset, bytes);
    let next = this.#ahead.get(this.#cursor);
    while (next !== undefined) {
      this.#ahead.delete(this.#cursor);
      this.#cursor += next;
      next = this.#ahead.get(this.#cursor);
    }
  }

  retryLater(retry: Retry): void {
    let low = 0;
    let high = this.#retries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#retries[middle]?.dueMs ?? 0) > retry.dueMs) low = middle + 1;
      else high = middle;
    }
    this.#retries.splice(low, 0, retry);
  }
}
