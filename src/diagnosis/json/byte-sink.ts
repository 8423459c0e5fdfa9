/** A larger buffer than this is let go after use. */
const KEPT_BYTES = 1 << 20;

/** From this length on a native copy is faster than a loop. */
const LONG_RUN_BYTES = 128;

/** A growing buffer to write to. */
export class ByteSink {
  #bytes = new Uint8Array(4096);
  #length = 0;

  copy(from: Buffer, start: number, end: number): void {
    this.#reserve(end - start);
    const bytes = this.#bytes;
    const shift = this.#length - start;
    if (end - start >= LONG_RUN_BYTES) bytes.set(from.subarray(start, end), this.#length);
    else for (let at = start; at < end; at += 1) bytes[shift + at] = from[at] ?? 0;
    this.#length = shift + end;
  }

  /** Writes text that holds one character a byte. */
  latin1(text: string): void {
    this.#reserve(text.length);
    const bytes = this.#bytes;
    const start = this.#length;
    for (let at = 0; at < text.length; at += 1) bytes[start + at] = text.charCodeAt(at);
    this.#length = start + text.length;
  }

  /** What was written, which lasts until the sink is written to again. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = new Uint8Array(KEPT_BYTES);
    return taken;
  }

  #reserve(extraBytes: number): void {
    const needed = this.#length + extraBytes;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(needed * 2);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
