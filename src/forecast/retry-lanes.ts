const FIRST_ROOM = 64;

/**
 * The queue of retries, without a heap. Waits depend on nothing but the number of the retry, and
 * attempts fail in the order in which they are made; so the retries of one number fall due in the
 * order in which they are put in, and a line for each number is all the order there has to be. Nine
 * bytes an entry.
 */
export class RetryLanes {
  readonly #lanes: readonly RetryLane[];
  /** When the first of each lane is due; infinity where it is empty. */
  readonly #heads: Float64Array;
  #length = 0;

  constructor(lanes: number) {
    this.#lanes = Array.from({ length: lanes }, () => new RetryLane());
    this.#heads = new Float64Array(lanes).fill(Number.POSITIVE_INFINITY);
  }

  get length(): number {
    return this.#length;
  }

  /** The lane whose first entry is due first: the lowest of several. Any lane when all are empty. */
  earliest(): number {
    const heads = this.#heads;
    let lane = 0;
    let dueMs = heads[0] ?? Number.POSITIVE_INFINITY;
    for (let other = 1; other < heads.length; other += 1) {
      const otherMs = heads[other] ?? Number.POSITIVE_INFINITY;
      if (otherMs < dueMs) {
        dueMs = otherMs;
        lane = other;
      }
    }
    return lane;
  }

  /** Infinity where the lane is empty. */
  dueMs(lane: number): number {
    return this.#heads[lane] ?? Number.POSITIVE_INFINITY;
  }

  /** No earlier than what is in the lane. */
  push(lane: number, dueMs: number, wasServed: boolean): void {
    this.#lanes[lane]?.push(dueMs, wasServed);
    this.#length += 1;
    if (this.#heads[lane] === Number.POSITIVE_INFINITY) this.#heads[lane] = dueMs;
  }

  /** Takes the first of a lane, and says whether it was served before. */
  shift(lane: number): boolean {
    const line = this.#lanes[lane];
    if (line === undefined || line.length === 0) return false;
    this.#length -= 1;
    const wasServed = line.shift();
    this.#heads[lane] = line.firstMs;
    return wasServed;
  }
}

/** First in, first out: a ring that grows. */
export class RetryLane {
  #due = new Float64Array(FIRST_ROOM);
  #served = new Uint8Array(FIRST_ROOM);
  #start = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get firstMs(): number {
    return this.#length === 0 ? Number.POSITIVE_INFINITY : (this.#due[this.#start] ?? 0);
  }

  push(dueMs: number, wasServed: boolean): void {
    if (this.#length === this.#due.length) this.#grow();
    const place = (this.#start + this.#length) & (this.#due.length - 1);
    this.#due[place] = dueMs;
    this.#served[place] = wasServed ? 1 : 0;
    this.#length += 1;
  }

  shift(): boolean {
    const wasServed = this.#served[this.#start] === 1;
    this.#start = (this.#start + 1) & (this.#due.length - 1);
    this.#length -= 1;
    return wasServed;
  }

  #grow(): void {
    const room = this.#due.length * 2;
    this.#due = unrolled(this.#due, new Float64Array(room), this.#start);
    this.#served = unrolled(this.#served, new Uint8Array(room), this.#start);
    this.#start = 0;
  }
}

function unrolled<Column extends Float64Array | Uint8Array>(
  ring: Column,
  larger: Column,
  start: number,
): Column {
  larger.set(ring.subarray(start));
  larger.set(ring.subarray(0, start), ring.length - start);
  return larger;
}
