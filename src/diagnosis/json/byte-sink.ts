/** A larger buffer than this is let go after use. */
const KEPT_BYTES = 1 << 20;

/** A growing buffer that JSON is written to. */
export class ByteSink {
  bytes: Uint8Array;
  length = 0;

  constructor(capacityBytes: number) {
    this.bytes = new Uint8Array(capacityBytes);
  }

  /** Makes room for so many more bytes: the writers below do not check. */
  reserve(extraBytes: number): void {
    const needed = this.length + extraBytes;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(needed * 2);
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    this.bytes[this.length] = value;
    this.length += 1;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at += 1) this.byte(from[at] ?? 0);
  }

  /** Reserves what it needs. */
  ascii(text: string): void {
    this.reserve(text.length);
    for (let at = 0; at < text.length; at += 1) this.byte(text.charCodeAt(at));
  }

  /** What was written, as a copy: the sink can be used again. */
  take(): Uint8Array {
    const taken = Buffer.allocUnsafe(this.length);
    taken.set(this.bytes.subarray(0, this.length));
    this.length = 0;
    if (this.bytes.length > KEPT_BYTES) this.bytes = new Uint8Array(KEPT_BYTES);
    return taken;
  }
}
