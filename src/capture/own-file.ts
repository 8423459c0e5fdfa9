import type { RandomAccess } from '../ports.js';
import { createLineSplitter, MAX_LINE_BYTES } from './lines.js';
import { parseCaptureLine } from './own-format.js';
import { parseLine } from './read-lines.js';
import type { CaptureRecord, PlacedCapture } from './record.js';

/** Where a capture is in its file, in bytes: enough to read it alone. */
export interface ByteSpan {
  readonly offset: number;
  readonly bytes: number;
}

const BLOCK_BYTES = 1024 * 1024;

/**
 * Reads a plain file in the tool's own format block by block, and pauses after each. `onEntry` gets
 * every entry with its line, from 1, and the place where it can be read again.
 */
export function* readOwnFile(
  access: RandomAccess,
  onEntry: (entry: PlacedCapture, span: ByteSpan) => void,
): Generator<void> {
  const splitter = createLineSplitter((line) => {
    const span = { offset: line.offset, bytes: line.end - line.start };
    for (const entry of parseLine(line, parse, MAX_LINE_BYTES)) {
      if (entry.kind !== 'left-over') onEntry(entry, span);
    }
  });
  for (let offset = 0; offset < access.sizeBytes; offset += BLOCK_BYTES) {
    splitter.push(access.read(offset, offset + BLOCK_BYTES));
    yield;
  }
  splitter.finish();
}

/** Reads captures of such a file again, in any order; undefined where the file has changed. */
export function createRereader(
  access: RandomAccess,
): (span: ByteSpan) => CaptureRecord | undefined {
  const read = readAhead(access);
  return ({ offset, bytes }) => {
    const parsed = parseCaptureLine(read(offset, offset + bytes));
    return parsed.kind === 'capture' ? parsed.record : undefined;
  };
}

const AHEAD_BYTES = 256 * 1024;

/** Reads more than was asked for while reading goes forward in small steps. */
function readAhead(access: RandomAccess): (from: number, to: number) => Buffer {
  let start = 0;
  let held: Buffer = Buffer.alloc(0);
  return (from, to) => {
    const end = start + held.length;
    if (from < start || to > end) {
      const isNear = from >= start && from <= end + AHEAD_BYTES;
      held = access.read(from, isNear ? Math.max(to, from + AHEAD_BYTES) : to);
      start = from;
    }
    return held.subarray(from - start, to - start);
  };
}

const parse = (line: Buffer) => [parseCaptureLine(line)];
