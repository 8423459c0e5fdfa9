import { appendFileSync, fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { parseCaptureLine } from '../../../capture/own-format.js';

/** What was found behind the last newline of a file of lines. */
export type Repair =
  | { readonly kind: 'none' }
  /** A whole record that only its newline was missing from. */
  | { readonly kind: 'completed' }
  /** The beginning of a record, moved to another file. */
  | { readonly kind: 'cut'; readonly bytes: number; readonly movedTo: string }
  /** The same, where that other file could not be written. */
  | { readonly kind: 'dropped'; readonly bytes: number };

const NEWLINE = 0x0a;
const BLOCK_BYTES = 64 * 1024;

/** Makes a file end with a newline again, after its writer was killed in the middle of a line. */
export function repairEnd(fd: number, path: string): Repair {
  const { size } = fstatSync(fd);
  const lineEnd = lastLineEnd(fd, size);
  if (lineEnd === size) return { kind: 'none' };
  const torn = bytesAt(fd, lineEnd, size - lineEnd);
  if (parseCaptureLine(torn).kind === 'capture') {
    writeSync(fd, '\n', size);
    return { kind: 'completed' };
  }
  const movedTo = moveAside(torn, `${path}.torn`);
  ftruncateSync(fd, lineEnd);
  const bytes = torn.length;
  return movedTo === undefined ? { kind: 'dropped', bytes } : { kind: 'cut', bytes, movedTo };
}

/** Where the last whole line ends; 0 when there is none. */
function lastLineEnd(fd: number, size: number): number {
  for (let end = size; end > 0; end -= BLOCK_BYTES) {
    const start = Math.max(0, end - BLOCK_BYTES);
    const newline = bytesAt(fd, start, end - start).lastIndexOf(NEWLINE);
    if (newline !== -1) return start + newline + 1;
  }
  return 0;
}

/** Bytes of a file; fewer than asked for where it ends. */
export function bytesAt(fd: number, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const more = readSync(fd, bytes, read, length - read, start + read);
    if (more === 0) break;
    read += more;
  }
  return bytes.subarray(0, read);
}

function moveAside(torn: Buffer, path: string): string | undefined {
  try {
    appendFileSync(path, torn);
    appendFileSync(path, '\n');
    return path;
  } catch {
    return undefined;
  }
}
