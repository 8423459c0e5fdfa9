import type { Header } from '../../ports.js';
import { trimBlanks } from '../blanks.js';

const NEWLINE = 0x0a;
/** Only this much of a line is looked at to tell whether a message starts there. */
const START_LINE_BYTES = 16 * 1024;
const REQUEST_LINE = /^([A-Z][A-Z-]{1,31}) (\S+) HTTP\/\d(?:\.\d)?\r?$/;
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |\r?$)/;
const FOLDED = /^[ \t]/;

export type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly target: string }
  | { readonly kind: 'response'; readonly status: number };

/** The start line and headers of a message; `end` is where its body starts. */
export type Head =
  | {
      readonly kind: 'head';
      readonly start: StartLine;
      readonly headers: readonly Header[];
      readonly end: number;
    }
  /** `end` is where looking for the next message goes on. */
  | { readonly kind: 'broken'; readonly reason: string; readonly end: number };

/** The start line at a position, if a message starts there. */
export function startLineAt(bytes: Buffer, at: number): StartLine | undefined {
  const line = bytes.toString('latin1', at, Math.min(lineEnd(bytes, at), at + START_LINE_BYTES));
  const [, method, target] = REQUEST_LINE.exec(line) ?? [];
  if (method !== undefined && target !== undefined) return { kind: 'request', method, target };
  const status = STATUS_LINE.exec(line)?.[1];
  return status === undefined ? undefined : { kind: 'response', status: Number(status) };
}

/** Where the next message starts, looking at the line at `from` and at every later one. */
export function nextStart(bytes: Buffer, from: number): number | undefined {
  let at = from;
  while (at < bytes.length) {
    if (startLineAt(bytes, at) !== undefined) return at;
    at = lineEnd(bytes, at) + 1;
  }
  return undefined;
}

/** Reads the head of the message that starts at a position; lines end in CRLF or LF. */
export function readHead(bytes: Buffer, start: StartLine, at: number): Head {
  const headers: [name: string, value: string][] = [];
  let next = lineEnd(bytes, at) + 1;
  while (next < bytes.length) {
    const end = lineEnd(bytes, next);
    const line = bytes.toString('latin1', next, end).replace(/\r$/, '');
    if (line === '') return { kind: 'head', start, headers, end: Math.min(end + 1, bytes.length) };
    const problem = addHeader(headers, line);
    if (problem !== undefined) return { kind: 'broken', reason: problem, end: next };
    next = end + 1;
  }
  const reason = 'The message is cut off before the blank line after its headers.';
  return { kind: 'broken', reason, end: bytes.length };
}

function addHeader(headers: [name: string, value: string][], line: string): string | undefined {
  const last = headers.at(-1);
  if (FOLDED.test(line) && last !== undefined) {
    last[1] = trimBlanks(`${last[1]} ${trimBlanks(line)}`);
    return undefined;
  }
  const colon = line.indexOf(':');
  if (colon < 1) return 'A header line of the message has no name and colon.';
  headers.push([trimBlanks(line.slice(0, colon)), trimBlanks(line.slice(colon + 1))]);
  return undefined;
}

/** Where the newline of the line at a position is, or the end of the bytes. */
export function lineEnd(bytes: Buffer, at: number): number {
  const newline = bytes.indexOf(NEWLINE, at);
  return newline === -1 ? bytes.length : newline;
}
