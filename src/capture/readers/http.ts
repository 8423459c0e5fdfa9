// The room of the readers: one file a format, which finds the captures in it or says why it cannot.
import { headerValues } from '../../webhook/verdict.js';
import { asBuffer } from '../json-value.js';
import { markBytes } from '../lines.js';
import { type MalformedCapture, malformed, type PlacedCapture } from '../record.js';
import { readChunked } from './http-chunked.js';
import { type Head, lineEnd, nextStart, readHead, startLineAt } from './http-head.js';

type WholeHead = Extract<Head, { kind: 'head' }>;
type HttpBody = { readonly kind: 'body'; readonly body: Uint8Array; readonly end: number };

/** What nc and ncat print when they are told to say what they do, and what Ctrl-C leaves. */
const SESSION_LINE =
  /^(?:\^C|Ncat: |[Ll]istening on \S+ \d+|Connection (?:received on|from) \S+|connect to \[)/;
const BLANK = /^[\r\n\t ]*$/;
const BODILESS_METHODS: readonly string[] = [
  'GET',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'TRACE',
  'CONNECT',
];

/**
 * Reads HTTP/1.1 messages as netcat or a proxy saves them: one after another, responses in between
 * and what netcat says left out. A request with neither Content-Length nor chunked coding has everything up to the next
 * message as its body.
 */
export function* readHttp(given: Uint8Array): Generator<PlacedCapture> {
  const all = asBuffer(given);
  const bytes = all.subarray(markBytes(all, 0, all.length));
  let at = nextStart(bytes, 0);
  if (at === undefined) return yield malformed('The file holds no HTTP message.');
  let entry = 0;
  while (at !== undefined) {
    const message: Message = readMessage(bytes, at);
    if (message.kind !== 'response') entry += 1;
    if (message.kind === 'request') yield { ...message.found, entry };
    if (message.kind === 'malformed') yield { ...malformed(message.reason), entry };
    at = nextStart(bytes, message.end);
  }
}

type Message =
  | { readonly kind: 'request'; readonly found: PlacedCapture; readonly end: number }
  | { readonly kind: 'response'; readonly end: number }
  | { readonly kind: 'malformed'; readonly reason: string; readonly end: number };

function readMessage(bytes: Buffer, at: number): Message {
  const start = startLineAt(bytes, at);
  if (start === undefined) return { kind: 'response', end: bytes.length };
  const head = readHead(bytes, start, at);
  if (head.kind === 'broken') return { ...head, kind: 'malformed' };
  const body = readBody(bytes, head);
  if (start.kind === 'response') {
    return { kind: 'response', end: body.kind === 'body' ? body.end : head.end };
  }
  if (body.kind === 'malformed') return { ...body, end: head.end };
  const record = {
    method: start.method,
    path: start.target,
    headers: head.headers,
    body: body.body,
  };
  return { kind: 'request', found: { kind: 'capture', record }, end: body.end };
}

function readBody(bytes: Buffer, head: WholeHead): HttpBody | MalformedCapture {
  if (isChunked(head)) {
    const chunked = readChunked(bytes, head.end);
    if (chunked.kind === 'broken') return malformed(chunked.reason);
    if (chunked.kind === 'body') return chunked;
  }
  const lengths = new Set(headerValues(head.headers, 'content-length'));
  const [length] = lengths;
  if (length === undefined) return bodyWithoutLength(bytes, head);
  if (lengths.size > 1)
    return malformed('The message has several Content-Length headers that differ.');
  if (!/^\d{1,15}$/.test(length)) return malformed(`The Content-Length "${length}" is no number.`);
  return bodyOfLength(bytes, head, Number(length));
}

function isChunked(head: WholeHead): boolean {
  return headerValues(head.headers, 'transfer-encoding').some((value) =>
    /\bchunked\s*$/i.test(value),
  );
}

function bodyOfLength(bytes: Buffer, head: WholeHead, length: number): HttpBody | MalformedCapture {
  const end = head.end + length;
  const present = bytes.length - head.end;
  if (end > bytes.length) {
    return malformed(
      `Content-Length is ${length}, but only ${present} bytes follow: the body is cut off.`,
    );
  }
  const followed = bodyEndsAt(bytes, end);
  if (!followed) {
    return malformed(
      `Content-Length is ${length}, but more than that follows before the next message.`,
    );
  }
  return { kind: 'body', body: Buffer.from(bytes.subarray(head.end, end)), end };
}

/** Only the next message, blank lines or nothing may follow a body. */
function bodyEndsAt(bytes: Buffer, end: number): boolean {
  let at = end;
  while (at < bytes.length) {
    if (startLineAt(bytes, at) !== undefined) return true;
    const next = lineEnd(bytes, at);
    const line = bytes.toString('latin1', at, Math.min(next, at + 256));
    if (SESSION_LINE.test(line)) return true;
    if (!BLANK.test(line)) return false;
    at = next + 1;
  }
  return true;
}

function bodyWithoutLength(bytes: Buffer, head: WholeHead): HttpBody {
  if (isBodiless(head)) return { kind: 'body', body: Buffer.alloc(0), end: head.end };
  const next = nextStart(bytes, head.end) ?? bytes.length;
  const end = sessionLine(bytes, head.end, next);
  const bodyEnd = end === bytes.length ? end : beforeLineBreaks(bytes, head.end, end);
  return { kind: 'body', body: Buffer.from(bytes.subarray(head.end, bodyEnd)), end };
}

/** Where netcat or the shell says something again, before a position. */
function sessionLine(bytes: Buffer, from: number, before: number): number {
  let at = from;
  while (at < before) {
    const end = lineEnd(bytes, at);
    if (SESSION_LINE.test(bytes.toString('latin1', at, Math.min(end, at + 256)))) return at;
    at = end + 1;
  }
  return before;
}

function isBodiless({ start }: WholeHead): boolean {
  return start.kind === 'request'
    ? BODILESS_METHODS.includes(start.method)
    : start.status < 200 || start.status === 204 || start.status === 304;
}

function beforeLineBreaks(bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1] === 0x0a || bytes[at - 1] === 0x0d)) at -= 1;
  return at;
}
