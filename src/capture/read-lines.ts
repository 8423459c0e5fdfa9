import { leftOver } from './left-over.js';
import { createLineSplitter, type Line, MAX_LINE_BYTES } from './lines.js';
import {
  cutOff,
  malformed,
  type ParsedCapture,
  type PlacedEntry,
  type SkippedEntry,
} from './record.js';
import type { ByteSource } from './source.js';

/** What one line holds, nothing where the line is left over; the bytes are only lent. */
export type LineParser = (line: Buffer) => readonly (ParsedCapture | SkippedEntry)[];

/** Reads a file line by line, in constant memory. Blank lines are no entries. */
export async function* readLines(
  source: ByteSource,
  parse: LineParser,
  maxLineBytes = MAX_LINE_BYTES,
): AsyncGenerator<PlacedEntry> {
  const lines: Line[] = [];
  const splitter = createLineSplitter((line) => lines.push(line), maxLineBytes);
  for await (const chunk of source) {
    splitter.push(chunk);
    for (const line of lines.splice(0)) yield* parseLine(line, parse, maxLineBytes);
  }
  splitter.finish();
  for (const line of lines) yield* parseLine(line, parse, maxLineBytes);
}

/** Reads a log line by line, but values that are laid out over several lines as one. */
export async function* readBlocks(
  source: ByteSource,
  parse: LineParser,
  maxLineBytes = MAX_LINE_BYTES,
): AsyncGenerator<PlacedEntry> {
  const { createBlockAssembler } = await import('./logs/blocks.js');
  const blocks: Line[] = [];
  const assembler = createBlockAssembler((block) => blocks.push(block));
  const splitter = createLineSplitter((line) => assembler.push(line), maxLineBytes);
  for await (const chunk of source) {
    splitter.push(chunk);
    for (const block of blocks.splice(0)) yield* parseLine(block, parse, maxLineBytes);
  }
  splitter.finish();
  assembler.finish();
  for (const block of blocks) yield* parseLine(block, parse, maxLineBytes);
}

/** The entries of one line, cut and over-long ones explained. */
export function* parseLine(
  line: Line,
  parse: LineParser,
  maxLineBytes: number,
): Generator<PlacedEntry> {
  if (line.ending === 'too-long') return yield { ...tooLong(maxLineBytes), line: line.number };
  const bytes = line.buffer.subarray(line.start, line.end);
  if (isBlank(bytes)) return;
  const found = parse(bytes);
  if (found.length === 0) yield { ...leftOver(bytes), line: line.number };
  for (const parsed of found) {
    if (parsed.kind !== 'skipped') yield { ...explainCut(parsed, line), line: line.number };
  }
}

function explainCut(parsed: ParsedCapture, { ending }: Line): ParsedCapture {
  if (parsed.kind !== 'malformed' || ending !== 'cut') return parsed;
  const reason = cutOff(parsed.reason);
  return { ...parsed, reason };
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

function tooLong(maxLineBytes: number) {
  return malformed(`The line is longer than ${maxLineBytes} bytes.`);
}
