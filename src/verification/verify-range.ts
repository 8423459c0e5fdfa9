import { parseCaptureLine } from '../capture/own-format.js';
import { type CaptureRecord, cutOff, type FoundCapture } from '../capture/record.js';
import { createLineScanner, type ScannedCapture, type ScannedLine } from '../capture/scan-line.js';
import type { Neighbour } from '../diagnosis/diagnosis.js';
import type { Header } from '../ports.js';
import {
  isInDoubt,
  type Judges,
  judgeDigests,
  malformedRecord,
  neighbourOf,
  placed,
} from './judge-entry.js';
import type { VerifyRecord } from './records.js';

/** Whole lines of a capture file in the tool's own format, with room to look around. */
export interface LineBlock {
  readonly file: string;
  readonly buffer: Buffer;
  /** Where the first line to judge starts; what is before it serves as a neighbour only. */
  readonly start: number;
  /** Lines that start here or later are not judged. */
  readonly end: number;
  /** The number of the first line, from 1. */
  readonly firstLine: number;
}

/** What a block of lines came to. Genuine entries are listed up to the limit, and counted beyond it. */
export interface BlockVerdict {
  readonly lines: number;
  readonly unlistedGenuine: number;
  readonly records: readonly VerifyRecord[];
}

export type BlockJudge = (block: LineBlock, listGenuine: number) => BlockVerdict;

const NEWLINE = 0x0a;

/** Judges blocks of lines at about the speed of the hash: no object is built for a genuine line. */
export function createBlockJudge(judges: Judges): BlockJudge {
  const scan = createLineScanner();
  return (block, listGenuine) => {
    const { buffer, end } = block;
    const records: VerifyRecord[] = [];
    let lines = 0;
    let unlistedGenuine = 0;
    let start = block.start;
    while (start < end) {
      const newline = buffer.indexOf(NEWLINE, start);
      const lineEnd = newline === -1 ? buffer.length : newline;
      const scanned = scan(buffer, start, lineEnd);
      if (records.length >= listGenuine && isPlainlyGenuine(scanned)) unlistedGenuine += 1;
      else {
        const record = judgeLine(scanned, block, {
          start,
          end: lineEnd,
          number: block.firstLine + lines,
        });
        if (record !== undefined) records.push(record);
      }
      lines += 1;
      start = lineEnd + 1;
    }
    return { lines, unlistedGenuine, records };
  };

  /** The way of nearly every line, on which nothing is built. */
  function isPlainlyGenuine(scanned: ScannedLine): boolean {
    if (scanned.kind !== 'capture' || scanned.digests.length !== 1) return false;
    return judges.check(scanned.body, scanned.digests[0] ?? '').kind === 'genuine';
  }

  function judgeLine(
    scanned: ScannedLine,
    block: LineBlock,
    line: LineSpan,
  ): VerifyRecord | undefined {
    const at = { file: block.file, line: line.number };
    if (scanned.kind === 'skipped' || isBlank(block.buffer, line)) return undefined;
    if (scanned.kind === 'malformed') {
      return malformedRecord(at, reasonOf(scanned.reason, block, line));
    }
    const whole = onceParsed(block.buffer, line);
    const judged = judgeScanned(scanned, block, line, whole);
    if (judged.verdict === 'rejected' && mayBeRedacted(block.buffer, line)) {
      const doubt = whole()?.doubt;
      if (isInDoubt(doubt, judged, scanned.digests)) {
        return malformedRecord(at, doubt.reason, doubt.hint);
      }
    }
    const receivedAt = receivedAtOf(block.buffer, line) ?? whole()?.record.at;
    return placed(at, { bodyBytes: scanned.body.length, receivedAt }, judged);
  }

  function judgeScanned(
    { digests, body }: ScannedCapture,
    block: LineBlock,
    line: LineSpan,
    whole: WholeLine,
  ) {
    const evidence = {
      body,
      get headers(): readonly Header[] {
        return whole()?.record.headers ?? [];
      },
      neighbours: () => neighboursOf(block.buffer, line),
    };
    return judgeDigests(digests, evidence, judges);
  }
}

/** As the tool writes it. */
const RECEIVED_AT = /^\{"kind":"capture","schemaVersion":1,"at":"([\d:.TZ-]+)"/;
const RECEIVED_AT_BYTES = 96;

/** Nearly always it stands at the start of the line, and need not be looked for. */
function receivedAtOf(buffer: Buffer, { start, end }: LineSpan): string | undefined {
  const head = buffer.toString('latin1', start, Math.min(end, start + RECEIVED_AT_BYTES));
  return RECEIVED_AT.exec(head)?.[1];
}

/** A line as the parser has it: that is slow, and asked for only where the scanner does not tell. */
type WholeLine = () => FoundCapture | undefined;

function onceParsed(buffer: Buffer, { start, end }: LineSpan): WholeLine {
  let parsed: { readonly capture: FoundCapture | undefined } | undefined;
  return () => {
    parsed ??= { capture: captureAt(buffer, start, end) };
    return parsed.capture;
  };
}

/** As `listen` writes it of a copy that was changed. */
function mayBeRedacted(buffer: Buffer, { start, end }: LineSpan): boolean {
  return buffer.subarray(start, end).includes('"redacted"');
}

interface LineSpan {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** Only a file's own last line can be without its newline. */
function reasonOf(reason: string, { buffer }: LineBlock, { end }: LineSpan): string {
  return end < buffer.length ? reason : cutOff(reason);
}

function neighboursOf(buffer: Buffer, { start, end }: LineSpan): readonly Neighbour[] {
  const previous = previousLine(buffer, start);
  const next = nextLine(buffer, end);
  return [
    ...(previous === undefined ? [] : [neighbourOf('previous', previous)]),
    ...(next === undefined ? [] : [neighbourOf('next', next)]),
  ];
}

function previousLine(buffer: Buffer, start: number): CaptureRecord | undefined {
  if (start < 2) return undefined;
  const before = buffer.lastIndexOf(NEWLINE, start - 2);
  return recordAt(buffer, before + 1, start - 1);
}

function nextLine(buffer: Buffer, end: number): CaptureRecord | undefined {
  if (end + 1 >= buffer.length) return undefined;
  const newline = buffer.indexOf(NEWLINE, end + 1);
  return recordAt(buffer, end + 1, newline === -1 ? buffer.length : newline);
}

function recordAt(buffer: Buffer, start: number, end: number): CaptureRecord | undefined {
  return captureAt(buffer, start, end)?.record;
}

function captureAt(buffer: Buffer, start: number, end: number): FoundCapture | undefined {
  const parsed = parseCaptureLine(buffer.subarray(start, end));
  return parsed.kind === 'capture' ? parsed : undefined;
}

function isBlank(buffer: Buffer, { start, end }: LineSpan): boolean {
  for (let index = start; index < end; index += 1) {
    const byte = buffer[index];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
