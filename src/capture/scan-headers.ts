import { CLOSE_BRACKET, COMMA, OPEN_BRACKET } from '../json/characters.js';
import { byteAt, NOT_PLAIN, skipBlanks, skipPlainString, skipString } from '../json/scan-bytes.js';
import { DIGEST_HEADER } from '../webhook/scheme.js';

/** The line being scanned, and the digests found so far. */
export interface HeaderScan {
  buffer: Buffer;
  end: number;
  digests: string[];
}

const DIGEST_NAME = Buffer.from(DIGEST_HEADER.toLowerCase());
const LOWER_CASE = 0x20;

/** Steps over the list of headers and takes the digests out of it. */
export function scanHeaders(scan: HeaderScan, start: number): number {
  const { buffer, end } = scan;
  if (byteAt(buffer, start, end) !== OPEN_BRACKET) return NOT_PLAIN;
  let at = skipBlanks(buffer, start + 1, end);
  if (byteAt(buffer, at, end) === CLOSE_BRACKET) return at + 1;
  for (;;) {
    at = scanHeader(scan, at);
    if (at === NOT_PLAIN) return NOT_PLAIN;
    at = skipBlanks(buffer, at, end);
    const byte = byteAt(buffer, at, end);
    if (byte === CLOSE_BRACKET) return at + 1;
    if (byte !== COMMA) return NOT_PLAIN;
    at = skipBlanks(buffer, at + 1, end);
  }
}

function scanHeader(scan: HeaderScan, start: number): number {
  const { buffer, end } = scan;
  if (byteAt(buffer, start, end) !== OPEN_BRACKET) return NOT_PLAIN;
  const name = skipBlanks(buffer, start + 1, end);
  const nameEnd = skipPlainString(buffer, name, end);
  if (nameEnd === NOT_PLAIN) return NOT_PLAIN;
  const comma = skipBlanks(buffer, nameEnd, end);
  if (byteAt(buffer, comma, end) !== COMMA) return NOT_PLAIN;
  const value = skipBlanks(buffer, comma + 1, end);
  const valueEnd = isDigestName(buffer, name + 1, nameEnd - 1)
    ? takeDigest(scan, value)
    : skipString(buffer, value, end);
  if (valueEnd === NOT_PLAIN) return NOT_PLAIN;
  const closing = skipBlanks(buffer, valueEnd, end);
  return byteAt(buffer, closing, end) === CLOSE_BRACKET ? closing + 1 : NOT_PLAIN;
}

function isDigestName(buffer: Buffer, start: number, end: number): boolean {
  if (end - start !== DIGEST_NAME.length) return false;
  for (let index = 0; index < DIGEST_NAME.length; index += 1) {
    if (((buffer[start + index] ?? 0) | LOWER_CASE) !== DIGEST_NAME[index]) return false;
  }
  return true;
}

function takeDigest(scan: HeaderScan, start: number): number {
  const valueEnd = skipPlainString(scan.buffer, start, scan.end);
  if (valueEnd === NOT_PLAIN) return NOT_PLAIN;
  scan.digests.push(scan.buffer.toString('latin1', start + 1, valueEnd - 1));
  return valueEnd;
}
