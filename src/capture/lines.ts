import { asBuffer } from './json-value.js';

/** A line inside a buffer, its newline left out. The buffer is only lent: it may be reused later. */
export interface Line {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
  /** Counted from 1. */
  readonly number: number;
  /** Where the line starts in the file, in bytes. */
  readonly offset: number;
  /** `cut` is a last line without its newline, `too-long` one that was not kept. */
  readonly ending: 'newline' | 'cut' | 'too-long';
}

export interface LineSplitter {
  /** The lines of `chunk` are passed on before this returns, so the chunk may be reused then. */
  push(chunk: Uint8Array): void;
  /** Passes on a last line that has no newline. */
  finish(): void;
}

/** Longer lines than this are not kept in memory. */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/**
 * Splits chunks at newline bytes without copying, but for the lines that cross two chunks. A byte
 * order mark at the very start is no part of the first line.
 */
export function createLineSplitter(
  onLine: (line: Line) => void,
  maxLineBytes = MAX_LINE_BYTES,
): LineSplitter {
  let number = 1;
  let offset = 0;
  let pieces: Buffer[] = [];
  let heldBytes = 0;

  return { push, finish };

  function push(chunk: Uint8Array): void {
    const buffer = asBuffer(chunk);
    let start = 0;
    let newline = buffer.indexOf(NEWLINE);
    while (newline !== -1) {
      emit(buffer, start, newline, 'newline');
      start = newline + 1;
      newline = buffer.indexOf(NEWLINE, start);
    }
    if (start < buffer.length) hold(buffer.subarray(start));
  }

  function finish(): void {
    if (heldBytes > 0) emit(NOTHING, 0, 0, 'cut');
  }

  function emit(buffer: Buffer, start: number, end: number, ending: 'newline' | 'cut'): void {
    if (heldBytes + end - start > maxLineBytes) {
      onLine({ buffer: NOTHING, start: 0, end: 0, number, offset, ending: 'too-long' });
    } else if (heldBytes > 0) {
      emitWhole(Buffer.concat([...pieces, buffer.subarray(start, end)]), ending);
    } else {
      const first = afterMark(buffer, start, end);
      onLine({ buffer, start: first, end, number, offset: offset + first - start, ending });
    }
    number += 1;
    offset += heldBytes + end - start + 1;
    pieces = [];
    heldBytes = 0;
  }

  function emitWhole(line: Buffer, ending: 'newline' | 'cut'): void {
    const start = afterMark(line, 0, line.length);
    onLine({ buffer: line, start, end: line.length, number, offset: offset + start, ending });
  }

  function hold(piece: Buffer): void {
    heldBytes += piece.length;
    if (heldBytes <= maxLineBytes) pieces.push(Buffer.from(piece));
    else pieces = [];
  }

  function afterMark(buffer: Buffer, start: number, end: number): number {
    return number === 1 ? start + markBytes(buffer, start, end) : start;
  }
}

/** How many bytes of a UTF-8 byte order mark there are at `start`: 3 or 0. */
export function markBytes(buffer: Uint8Array, start: number, end: number): number {
  const present =
    end - start >= BYTE_ORDER_MARK.length &&
    BYTE_ORDER_MARK.every((byte, index) => buffer[start + index] === byte);
  return present ? BYTE_ORDER_MARK.length : 0;
}
