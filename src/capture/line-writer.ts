import { isUtf8 } from 'node:buffer';
import { type CaptureRemarks, formatCapture } from './own-format.js';
import type { CaptureRecord } from './record.js';

/** Gives a line of the capture format with its newline. Its bytes are lent: the next line uses them. */
export type LineWriter = (record: CaptureRecord, remarks?: CaptureRemarks) => Uint8Array;

/** Larger bodies are written another way, so that none keeps memory for good. */
const LARGEST_BODY_BYTES = 256 * 1024;
/** A byte becomes six at most: `\u0000`. */
const GROWTH = 6;
const MOST_NAMES = 256;
/** No quote, backslash, control character or surrogate. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const HEX_DIGITS = Buffer.from('0123456789abcdef');
const AS_IS = 0;
const CONTROL = 1;

/** How a byte is escaped: not at all (0), as `\u00xx`, or by a backslash and the byte given here. */
const ESCAPES = new Uint8Array(256).fill(CONTROL, 0, 0x20);
for (const [byte, shown] of ['""', '\\\\', '\bb', '\ff', '\nn', '\rr', '\tt'].map(bytesOf)) {
  ESCAPES[byte ?? 0] = shown ?? 0;
}

/**
 * Writes the same lines as `formatCapture`, straight into bytes. A listener spends much of its time
 * on this; a line that is built as text and encoded then costs about four times as much.
 */
export function createLineWriter(): LineWriter {
  const headerNames = createNameQuoter();
  let scratch = Buffer.allocUnsafe(16 * 1024);
  return (record, remarks) => {
    const { body } = record;
    if (body.length > LARGEST_BODY_BYTES || !isUtf8(body)) {
      return Buffer.from(`${formatCapture(record, remarks)}\n`);
    }
    const head = headText(record, remarks, headerNames);
    const mostBytes = GROWTH * body.length + 3 * head.length + 3;
    if (scratch.length < mostBytes) scratch = Buffer.allocUnsafe(2 * mostBytes);
    const bodyEnd = writeEscaped(body, scratch, scratch.write(head, 0));
    return scratch.subarray(0, bodyEnd + scratch.write('"}\n', bodyEnd));
  };
}

/** The line up to the first character of the body. */
function headText(
  { at, remote, method, path, headers }: CaptureRecord,
  remarks: CaptureRemarks | undefined,
  headerNames: (name: string) => string,
): string {
  let pairs = '';
  for (const [name, value] of headers) {
    pairs += `${pairs === '' ? '' : ','}[${headerNames(name)},${quoted(value)}]`;
  }
  const members =
    member('at', at) + member('remote', remote) + member('method', method) + member('path', path);
  return `{"kind":"capture","schemaVersion":1${members}${remarkText(remarks)},"headers":[${pairs}],"body":"`;
}

function member(name: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${name}":${quoted(value)}`;
}

function remarkText(remarks: CaptureRemarks | undefined): string {
  if (remarks === undefined) return '';
  const { verdict, redacted } = remarks;
  return (
    member('verdict', verdict) +
    (redacted === undefined ? '' : `,"redacted":${JSON.stringify(redacted)}`)
  );
}

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** The same few names come again and again. */
function createNameQuoter(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const text = quoted(name);
    if (known.size < MOST_NAMES) known.set(name, text);
    return text;
  };
}

/** Escapes UTF-8 as `JSON.stringify` does. Gives the place after the last byte. */
function writeEscaped(from: Uint8Array, to: Uint8Array, start: number): number {
  let at = start;
  for (let index = 0; index < from.length; index += 1) {
    const byte = from[index] ?? 0;
    const shown = ESCAPES[byte] ?? 0;
    if (shown === AS_IS) {
      to[at] = byte;
      at += 1;
    } else if (shown === CONTROL) {
      at = writeControl(byte, to, at);
    } else {
      to[at] = BACKSLASH;
      to[at + 1] = shown;
      at += 2;
    }
  }
  return at;
}

function writeControl(byte: number, to: Uint8Array, at: number): number {
  const digits = [HEX_DIGITS[0], HEX_DIGITS[0], HEX_DIGITS[byte >> 4], HEX_DIGITS[byte & 15]];
  to.set([BACKSLASH, LETTER_U, ...digits.map((digit) => digit ?? 0)], at);
  return at + 6;
}

function bytesOf(pair: string): Uint8Array {
  return Buffer.from(pair, 'latin1');
}
