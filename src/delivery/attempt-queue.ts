/** What waits in the queue: a due time and a number that orders what is due together. */
export interface Due {
  readonly dueMs: number;
  readonly order: number;
}

/**
 * A binary heap in two typed arrays: 16 bytes an entry, so that a million pending attempts
 * cost 16 MB and no garbage. Earliest due first, then lowest order.
 */
export class AttemptQueue {
  #due = new Float64Array(64);
  #order = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Due time of the earliest entry; undefined when empty. */
  get nextDueMs(): number | undefined {
    return this.#length === 0 ? undefined : this.#due[0];
  }

  push(dueMs: number, order: number): void {
    if (this.#length === this.#due.length) this.#grow();
    this.#siftUp(this.#length, dueMs, order);
    this.#length += 1;
  }

  pop(): Due | undefined {
    const dueMs = this.#due[0];
    const order = this.#order[0];
    if (this.#length === 0 || dueMs === undefined || order === undefined) return undefined;
    this.#length -= 1;
    const last = this.#length;
    if (last > 0) this.#siftDown(this.#due[last] ?? 0, this.#order[last] ?? 0);
    return { dueMs, order };
  }

  #siftUp(start: number, dueMs: number, order: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isAfter(parent, dueMs, order)) break;
      this.#move(parent, index);
      index = parent;
    }
    this.#due[index] = dueMs;
    this.#order[index] = order;
  }

  #siftDown(dueMs: number, order: number): void {
    let index = 0;
    for (;;) {
      const child = this.#earlierChild(index);
      if (child >= this.#length || this.#isAfter(child, dueMs, order)) break;
      this.#move(child, index);
      index = child;
    }
    this.#due[index] = dueMs;
    this.#order[index] = order;
  }

  #earlierChild(index: number): number {
    const left = 2 * index + 1;
    const right = left + 1;
    if (right >= this.#length) return left;
    return this.#isAfter(left, this.#due[right] ?? 0, this.#order[right] ?? 0) ? right : left;
  }

  #isAfter(index: number, dueMs: number, order: number): boolean {
    const otherMs = this.#due[index] ?? 0;
    return otherMs === dueMs ? (this.#order[index] ?? 0) > order : otherMs > dueMs;
  }

  #move(from: number, to: number): void {
    this.#due[to] = this.#due[from] ?? 0;
    this.#order[to] = this.#order[from] ?? 0;
  }

  #grow(): void {
    this.#due = doubled(this.#due);
    this.#order = doubled(this.#order);
  }
}

function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
