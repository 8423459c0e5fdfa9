import { isUtf8 } from 'node:buffer';
import { BACKSLASH, CLOSE_BRACE, COLON, COMMA, OPEN_BRACE, QUOTE } from '../json/characters.js';
import {
  byteAt,
  hasAt,
  NOT_PLAIN,
  SIMPLE_ESCAPES,
  skipBlanks,
  skipPlainString,
  skipString,
  skipValue,
} from '../json/scan-bytes.js';
import { DIGEST_HEADER } from '../webhook/scheme.js';
import { headerValues } from '../webhook/verdict.js';
import { bodyFromBase64 } from './body-text.js';
import { parseCaptureLine } from './own-format.js';
import type { MalformedCapture, SkippedEntry } from './record.js';
import { type HeaderScan, scanHeaders } from './scan-headers.js';

/** What verifying one line of the tool's own format needs. */
export type ScannedLine = ScannedCapture | MalformedCapture | SkippedEntry;

export interface ScannedCapture {
  readonly kind: 'capture';
  /** The values of the digest header, in order. */
  readonly digests: readonly string[];
  /** Only lent: the next scan overwrites it. */
  readonly body: Uint8Array;
}

/** Scans the line between two positions of a buffer, its newline left out. */
export type LineScanner = (buffer: Buffer, start: number, end: number) => ScannedLine;

/** Of the keys that matter each may come once; the rest is stepped over. */
const FIELDS = {
  kind: 1,
  schemaVersion: 2,
  headers: 4,
  body: 8,
  bodyBase64: 16,
  at: 32,
  remote: 64,
  method: 128,
  path: 256,
} as const;
const OTHER = 0;
const NEEDED = FIELDS.kind | FIELDS.schemaVersion | FIELDS.headers;
const BODIES = FIELDS.body | FIELDS.bodyBase64;

/** The keys by their length, so that most are told apart without looking at a byte. */
const KEYS = Array.from({ length: 16 }, (_, length) =>
  Object.entries(FIELDS)
    .filter(([name]) => name.length === length)
    .map(([name, field]) => ({ name: Buffer.from(name), field })),
);
const CAPTURE = Buffer.from('"capture"');
const ONE = 0x31;
const SPACE = 0x20;
const FIRST_NON_ASCII = 0x80;
/** A longer line is left to the parser, so that one of them does not keep memory for good. */
const MAX_SCRATCH_BYTES = 4 * 1024 * 1024;

interface Scan extends HeaderScan {
  seen: number;
  scratch: Buffer;
  body: Uint8Array;
}

/**
 * A scanner for the tool's own capture format that looks at bytes and builds no objects: what
 * verifying a large file needs, at two to three times the speed of `JSON.parse`. It never disagrees with
 * `parseCaptureLine`, which it asks about every line that is in any way unusual.
 */
export function createLineScanner(): LineScanner {
  const scratch = Buffer.alloc(64 * 1024);
  const scan: Scan = { buffer: scratch, end: 0, seen: 0, digests: [], scratch, body: scratch };
  return (buffer, start, end) => {
    if (end - start <= MAX_SCRATCH_BYTES) {
      if (scan.scratch.length < end - start) scan.scratch = Buffer.alloc(2 * (end - start));
      scan.buffer = buffer;
      scan.end = end;
      scan.seen = 0;
      scan.digests = [];
      if (scanObject(scan, start)) {
        return { kind: 'capture', digests: scan.digests, body: scan.body };
      }
    }
    return parseWhole(buffer.subarray(start, end));
  };
}

function parseWhole(line: Buffer): ScannedLine {
  const parsed = parseCaptureLine(line);
  if (parsed.kind !== 'capture') return parsed;
  const { headers, body } = parsed.record;
  return { kind: 'capture', digests: headerValues(headers, DIGEST_HEADER), body };
}

/** True when the line is one plain capture; `scan` then holds its digests and body. */
function scanObject(scan: Scan, start: number): boolean {
  const { buffer, end } = scan;
  let at = skipBlanks(buffer, start, end);
  if (byteAt(buffer, at, end) !== OPEN_BRACE) return false;
  for (;;) {
    at = scanMember(scan, skipBlanks(buffer, at + 1, end));
    if (at === NOT_PLAIN) return false;
    at = skipBlanks(buffer, at, end);
    const byte = byteAt(buffer, at, end);
    if (byte === CLOSE_BRACE) break;
    if (byte !== COMMA) return false;
  }
  return skipBlanks(buffer, at + 1, end) === end && isComplete(scan.seen);
}

function isComplete(seen: number): boolean {
  const bodies = seen & BODIES;
  return (seen & NEEDED) === NEEDED && bodies !== 0 && bodies !== BODIES;
}

function scanMember(scan: Scan, start: number): number {
  const { buffer, end } = scan;
  const keyEnd = skipPlainString(buffer, start, end);
  if (keyEnd === NOT_PLAIN) return NOT_PLAIN;
  const colon = skipBlanks(buffer, keyEnd, end);
  if (byteAt(buffer, colon, end) !== COLON) return NOT_PLAIN;
  const field = fieldOf(buffer, start + 1, keyEnd - 1);
  if ((scan.seen & field) !== 0) return NOT_PLAIN;
  scan.seen |= field;
  return scanField(scan, field, skipBlanks(buffer, colon + 1, end));
}

function fieldOf(buffer: Buffer, start: number, end: number): number {
  const keys = KEYS[end - start];
  if (keys === undefined) return OTHER;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (key !== undefined && hasAt(buffer, start, end, key.name)) return key.field;
  }
  return OTHER;
}

function scanField(scan: Scan, field: number, at: number): number {
  const { buffer, end } = scan;
  switch (field) {
    case FIELDS.kind:
      return hasAt(buffer, at, end, CAPTURE) ? at + CAPTURE.length : NOT_PLAIN;
    case FIELDS.schemaVersion:
      return byteAt(buffer, at, end) === ONE ? at + 1 : NOT_PLAIN;
    case FIELDS.headers:
      return scanHeaders(scan, at);
    case FIELDS.body:
      return scanBody(scan, at);
    case FIELDS.bodyBase64:
      return scanBase64(scan, at);
    case OTHER:
      return skipValue(buffer, at, end);
    default:
      return skipString(buffer, at, end);
  }
}

/** Unescapes the body into the scratch buffer. */
function scanBody(scan: Scan, start: number): number {
  const { buffer, end, scratch } = scan;
  if (byteAt(buffer, start, end) !== QUOTE) return NOT_PLAIN;
  let written = 0;
  let allBits = 0;
  for (let at = start + 1; at < end; at += 1) {
    let byte = buffer[at] ?? 0;
    if (byte === BACKSLASH) {
      at += 1;
      byte = SIMPLE_ESCAPES[buffer[at] ?? 0] ?? 0;
      if (byte === 0) return NOT_PLAIN;
    } else if (byte === QUOTE) {
      scan.body = scratch.subarray(0, written);
      return allBits < FIRST_NON_ASCII || isUtf8(scan.body) ? at + 1 : NOT_PLAIN;
    } else if (byte < SPACE) {
      return NOT_PLAIN;
    }
    allBits |= byte;
    scratch[written] = byte;
    written += 1;
  }
  return NOT_PLAIN;
}

function scanBase64(scan: Scan, start: number): number {
  const valueEnd = skipPlainString(scan.buffer, start, scan.end);
  if (valueEnd === NOT_PLAIN) return NOT_PLAIN;
  const found = bodyFromBase64(scan.buffer.toString('latin1', start + 1, valueEnd - 1));
  if (found.kind === 'malformed') return NOT_PLAIN;
  scan.body = found.body;
  return valueEnd;
}
