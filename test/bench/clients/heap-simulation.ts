import type { SimulatedOutage } from '../../../src/forecast/wave-simulation.js';

/** What came of it. */
export interface HeapCounts {
  readonly attempts: number;
  readonly inVain: number;
  readonly late: number;
}

/**
 * The same simulation with nothing but counters and a binary heap in typed arrays, which knows nothing
 * of the order of retries. Of an attempt that is answered or lost its place goes to the next one.
 */
export function simulateWithHeap(simulated: SimulatedOutage): HeapCounts {
  const { arrivals, outage, waitsMs, timeoutMs, receiver, untilMs } = simulated;
  const heap = new NumberHeap();
  let arrived = 0;
  let nextMs = arrivals.timeOf(0);
  let freeMs = 0;
  let attempts = 0;
  let inVain = 0;
  let late = 0;
  for (;;) {
    const isNew = !(heap.firstMs < nextMs);
    const atMs = isNew ? nextMs : heap.firstMs;
    if (!(atMs < untilMs)) return { attempts, inVain, late };
    attempts += 1;
    const number = isNew ? 0 : heap.firstNumber;
    let failedMs = Number.NaN;
    if (atMs >= outage.fromMs && atMs < outage.toMs) {
      inVain += 1;
      failedMs = atMs;
    } else {
      const startMs = Math.max(atMs, freeMs);
      freeMs = startMs + receiver.serviceMs;
      if (startMs + receiver.answerMs - atMs > timeoutMs) {
        late += 1;
        failedMs = atMs + timeoutMs;
      }
    }
    const dueMs = failedMs + (waitsMs[number] ?? Number.NaN);
    const comesAgain = !Number.isNaN(dueMs);
    if (isNew) {
      arrived += 1;
      nextMs = arrivals.timeOf(arrived);
      if (comesAgain) heap.push(dueMs, number + 1);
    } else if (comesAgain) heap.replaceFirst(dueMs, number + 1);
    else heap.removeFirst();
  }
}

/** Earliest first. */
class NumberHeap {
  #due = new Float64Array(64);
  #numbers = new Uint8Array(64);
  #length = 0;

  get firstMs(): number {
    return this.#length === 0 ? Number.POSITIVE_INFINITY : (this.#due[0] ?? 0);
  }

  get firstNumber(): number {
    return this.#numbers[0] ?? 0;
  }

  push(dueMs: number, number: number): void {
    if (this.#length === this.#due.length) this.#grow();
    let index = this.#length;
    this.#length += 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const parentMs = this.#due[parent] ?? 0;
      if (parentMs <= dueMs) break;
      this.#due[index] = parentMs;
      this.#numbers[index] = this.#numbers[parent] ?? 0;
      index = parent;
    }
    this.#due[index] = dueMs;
    this.#numbers[index] = number;
  }

  removeFirst(): void {
    this.#length -= 1;
    const last = this.#length;
    this.replaceFirst(this.#due[last] ?? 0, this.#numbers[last] ?? 0);
  }

  replaceFirst(dueMs: number, number: number): void {
    const [due, numbers, length] = [this.#due, this.#numbers, this.#length];
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= length) break;
      let childMs = due[child] ?? 0;
      const rightMs = due[child + 1] ?? 0;
      if (child + 1 < length && rightMs < childMs) {
        child += 1;
        childMs = rightMs;
      }
      if (childMs >= dueMs) break;
      due[index] = childMs;
      numbers[index] = numbers[child] ?? 0;
      index = child;
    }
    due[index] = dueMs;
    numbers[index] = number;
  }

  #grow(): void {
    const due = new Float64Array(this.#due.length * 2);
    const numbers = new Uint8Array(due.length);
    due.set(this.#due);
    numbers.set(this.#numbers);
    this.#due = due;
    this.#numbers = numbers;
  }
}
