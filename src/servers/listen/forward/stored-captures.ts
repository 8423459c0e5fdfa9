import type { StoredLine } from '../../../listening/forward/backlog.js';
import type { StoredLines } from '../../../listening/forward/forwarder.js';
import type { AppendLog } from '../store/append-log.js';

const NEWLINE = 0x0a;
const BLOCK_BYTES = 256 * 1024;

/** The lines of a capture file that is being written, from a place on, up to what is settled. */
export class StoredCaptures implements StoredLines {
  readonly #log: AppendLog;
  #block: Buffer = Buffer.alloc(0);
  #blockStart: number;
  #position: number;

  constructor(log: AppendLog, from: number) {
    this.#log = log;
    this.#blockStart = from;
    this.#position = from;
  }

  async next(): Promise<StoredLine | undefined> {
    const end = await this.#lineEnd();
    if (end === undefined) return undefined;
    const line = { offset: this.#position, bytes: end - this.#position };
    this.#position = end;
    return line;
  }

  read({ offset, bytes }: StoredLine): Promise<Uint8Array> {
    return this.#log.read(offset, bytes);
  }

  /** Lines are whole: where there is one more byte, there is a newline to come. */
  async #lineEnd(): Promise<number | undefined> {
    this.#position = this.#log.readableFrom(this.#position);
    let at = this.#position;
    while (at < this.#log.sizeBytes) {
      if (at < this.#blockStart || at >= this.#blockEnd) await this.#load(at);
      if (this.#block.length === 0) return undefined;
      const newline = this.#block.indexOf(NEWLINE, at - this.#blockStart);
      if (newline !== -1) return this.#blockStart + newline + 1;
      at = this.#blockEnd;
    }
    return undefined;
  }

  get #blockEnd(): number {
    return this.#blockStart + this.#block.length;
  }

  async #load(at: number): Promise<void> {
    this.#block = await this.#log.read(at, BLOCK_BYTES);
    this.#blockStart = at;
  }
}
