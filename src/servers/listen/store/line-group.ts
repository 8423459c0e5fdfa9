/** Hears whether a line is in the file; the error says why it is not. */
export type OnSettled = (error?: Error) => void;

const USUAL_BYTES = 256 * 1024;
/** Buffers that grew larger than this are not kept. */
const MOST_KEPT_BYTES = 1024 * 1024;

/** Lines that are written together. The buffer is used again and again. */
export class LineGroup {
  #buffer = Buffer.allocUnsafe(USUAL_BYTES);
  #usedBytes = 0;
  #waiting: OnSettled[] = [];

  get lines(): number {
    return this.#waiting.length;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#usedBytes);
  }

  /** Takes a copy of a line. */
  add(line: Uint8Array, onSettled: OnSettled): void {
    const neededBytes = this.#usedBytes + line.length;
    if (neededBytes > this.#buffer.length) this.#grow(neededBytes);
    this.#buffer.set(line, this.#usedBytes);
    this.#usedBytes = neededBytes;
    this.#waiting.push(onSettled);
  }

  /** Tells all of them, in order, and is empty again. */
  settle(error: Error | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#usedBytes = 0;
    if (this.#buffer.length > MOST_KEPT_BYTES) this.#buffer = Buffer.allocUnsafe(USUAL_BYTES);
    for (const onSettled of waiting) onSettled(error);
  }

  #grow(neededBytes: number): void {
    const grown = Buffer.allocUnsafe(2 * neededBytes);
    grown.set(this.bytes);
    this.#buffer = grown;
  }
}
