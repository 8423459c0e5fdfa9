import type { RandomAccess } from '../ports.js';
import type { LineBlock } from './verify-range.js';

/** A stretch of a file: the lines that start in it. */
export interface FileRange {
  readonly start: number;
  readonly end: number;
}

/** Small enough that two workers stay within a hundred megabytes, large enough to keep them busy. */
export const RANGE_BYTES = 4 * 1024 * 1024;
/** How far around a range the line before it and the end of its last line are looked for at first. */
const MARGIN_BYTES = 128 * 1024;
/** A longer line than this is not looked for to its end. */
const LONGEST_LINE_BYTES = 256 * 1024 * 1024;

const NEWLINE = 0x0a;

/** The ranges of a file, in order. */
export function* rangesOf(sizeBytes: number, rangeBytes = RANGE_BYTES): Generator<FileRange> {
  for (let start = 0; start < sizeBytes; start += rangeBytes) {
    yield { start, end: Math.min(start + rangeBytes, sizeBytes) };
  }
}

/**
 * Reads the lines that start in a range, the line before them and the line after them.
 * The line number is the caller's to know.
 */
export function readRange(
  file: RandomAccess,
  range: FileRange,
  name: { readonly file: string; readonly firstLine: number },
): LineBlock {
  const from = Math.max(0, range.start - MARGIN_BYTES);
  let marginBytes = MARGIN_BYTES;
  let buffer = file.read(from, range.end + marginBytes);
  while (!isEnough(buffer, range.end - from) && from + buffer.length < file.sizeBytes) {
    if (marginBytes > LONGEST_LINE_BYTES) break;
    marginBytes *= 4;
    buffer = file.read(from, range.end + marginBytes);
  }
  const start = firstLineStart(buffer, range.start - from);
  return { ...name, buffer, start, end: range.end - from };
}

/** The last line that starts in the range, and the one after it, are whole. */
function isEnough(buffer: Buffer, end: number): boolean {
  const lastEnd = buffer.indexOf(NEWLINE, Math.max(0, end - 1));
  return lastEnd !== -1 && buffer.indexOf(NEWLINE, lastEnd + 1) !== -1;
}

function firstLineStart(buffer: Buffer, start: number): number {
  if (start === 0) return hasByteOrderMark(buffer) ? 3 : 0;
  if (buffer[start - 1] === NEWLINE) return start;
  const newline = buffer.indexOf(NEWLINE, start);
  return newline === -1 ? buffer.length : newline + 1;
}

function hasByteOrderMark(buffer: Buffer): boolean {
  return buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
}
