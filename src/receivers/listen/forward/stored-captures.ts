import { read as readAt } from 'node:fs';
import { promisify } from 'node:util';
import type { StoredLine } from '../../../listening/forward/backlog.js';
import type { StoredLines } from '../../../listening/forward/forwarder.js';
import type { AppendLog } from '../store/append-log.js';

const read = promisify(readAt);
const NEWLINE = 0x0a;
const BLOCK_BYTES = 256 * 1024;

/** The lines of a capture file that is being written, from a place on, up to what is settled. */
export function storedCaptures(log: AppendLog, from: number): StoredLines {
  let block: Buffer = Buffer.alloc(0);
  let blockStart = from;
  let position = from;

  return { next, read: (line) => bytesAt(log.fd, line.offset, line.bytes) };

  async function next(): Promise<StoredLine | undefined> {
    const end = await lineEnd();
    if (end === undefined) return undefined;
    const line = { offset: position, bytes: end - position };
    position = end;
    return line;
  }

  /** Lines are whole: where there is one more byte, there is a newline to come. */
  async function lineEnd(): Promise<number | undefined> {
    let at = position;
    while (at < log.sizeBytes) {
      if (at < blockStart || at >= blockStart + block.length) await load(at);
      const newline = block.indexOf(NEWLINE, at - blockStart);
      if (newline !== -1) return blockStart + newline + 1;
      at = blockStart + block.length;
    }
    return undefined;
  }

  async function load(at: number): Promise<void> {
    block = await bytesAt(log.fd, at, Math.min(BLOCK_BYTES, log.sizeBytes - at));
    blockStart = at;
  }
}

async function bytesAt(fd: number, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await read(fd, bytes, done, length - done, start + done);
    if (bytesRead === 0) throw new Error('The capture file was cut short while it was read.');
    done += bytesRead;
  }
  return bytes;
}
