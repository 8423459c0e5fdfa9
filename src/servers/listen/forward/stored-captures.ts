import type { StoredLine } from '../../../listening/forward/backlog.js';
import type { StoredLines } from '../../../listening/forward/forwarder.js';
import type { AppendLog } from '../store/append-log.js';

const NEWLINE = 0x0a;
const BLOCK_BYTES = 256 * 1024;

/** The lines of a capture file that is being written, from a place on, up to what is settled. */
export function storedCaptures(log: AppendLog, from: number): StoredLines {
  let block: Buffer = Buffer.alloc(0);
  let blockStart = from;
  let position = from;

  return { next, read: (line) => log.read(line.offset, line.bytes) };

  async function next(): Promise<StoredLine | undefined> {
    const end = await lineEnd();
    if (end === undefined) return undefined;
    const line = { offset: position, bytes: end - position };
    position = end;
    return line;
  }

  /** Lines are whole: where there is one more byte, there is a newline to come. */
  async function lineEnd(): Promise<number | undefined> {
    position = log.readableFrom(position);
    let at = position;
    while (at < log.sizeBytes) {
      if (at < blockStart || at >= blockStart + block.length) await load(at);
      if (block.length === 0) return undefined;
      const newline = block.indexOf(NEWLINE, at - blockStart);
      if (newline !== -1) return blockStart + newline + 1;
      at = blockStart + block.length;
    }
    return undefined;
  }

  async function load(at: number): Promise<void> {
    block = await log.read(at, BLOCK_BYTES);
    blockStart = at;
  }
}
