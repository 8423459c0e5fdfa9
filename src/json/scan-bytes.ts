import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isBlank,
  MINUS,
  NINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  ZERO,
} from './characters.js';

/**
 * Steps over JSON in UTF-8 bytes without decoding it. All of these are strict and plain: they take
 * a position inside the bytes and give the one just after what they read, or `NOT_PLAIN` for
 * anything that is not valid or needs a real parser to tell (bytes outside ASCII, `\u` escapes,
 * fractions, deep nesting).
 */
export const NOT_PLAIN = -1;

const FIRST_NON_ASCII = 0x80;
const MAX_DEPTH = 8;

/** What the byte after a backslash stands for; 0 for what is no simple escape. */
export const SIMPLE_ESCAPES = simpleEscapes();

/** 1 for the printable ASCII characters that stand for themselves in a string. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= SPACE && byte < FIRST_NON_ASCII && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

const LITERALS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

/** The byte at a position, or -1 at the end. */
export function byteAt(bytes: Buffer, at: number, end: number): number {
  return at < end ? (bytes[at] ?? -1) : -1;
}

export function skipBlanks(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(bytes[at])) at += 1;
  return at;
}

/** Steps over a string that starts at its opening quote. */
export function skipString(bytes: Buffer, start: number, end: number): number {
  if (byteAt(bytes, start, end) !== QUOTE) return NOT_PLAIN;
  let at = skipPlain(bytes, start, end);
  while (byteAt(bytes, at, end) === BACKSLASH) {
    if (SIMPLE_ESCAPES[bytes[at + 1] ?? 0] === 0) return NOT_PLAIN;
    at = skipPlain(bytes, at + 1, end);
  }
  return byteAt(bytes, at, end) === QUOTE ? at + 1 : NOT_PLAIN;
}

/** Steps over a string without escapes, so that its bytes are its text. */
export function skipPlainString(bytes: Buffer, start: number, end: number): number {
  if (byteAt(bytes, start, end) !== QUOTE) return NOT_PLAIN;
  const at = skipPlain(bytes, start, end);
  return byteAt(bytes, at, end) === QUOTE ? at + 1 : NOT_PLAIN;
}

/** The first byte after `start` that is more than a plain character of a string. */
function skipPlain(bytes: Buffer, start: number, end: number): number {
  let at = start + 1;
  while (at < end && PLAIN[bytes[at] ?? 0] === 1) at += 1;
  return at;
}

/** Steps over any value. */
export function skipValue(bytes: Buffer, at: number, end: number, depth = 0): number {
  switch (byteAt(bytes, at, end)) {
    case QUOTE:
      return skipString(bytes, at, end);
    case OPEN_BRACE:
    case OPEN_BRACKET:
      return depth < MAX_DEPTH ? skipContainer(bytes, at, end, depth) : NOT_PLAIN;
    default:
      return skipScalar(bytes, at, end);
  }
}

function skipContainer(bytes: Buffer, start: number, end: number, depth: number): number {
  const keyed = bytes[start] === OPEN_BRACE;
  const closing = keyed ? CLOSE_BRACE : CLOSE_BRACKET;
  let at = skipBlanks(bytes, start + 1, end);
  if (byteAt(bytes, at, end) === closing) return at + 1;
  for (;;) {
    if (keyed) at = skipKey(bytes, at, end);
    if (at !== NOT_PLAIN) at = skipValue(bytes, at, end, depth + 1);
    if (at === NOT_PLAIN) return NOT_PLAIN;
    at = skipBlanks(bytes, at, end);
    const byte = byteAt(bytes, at, end);
    if (byte === closing) return at + 1;
    if (byte !== COMMA) return NOT_PLAIN;
    at = skipBlanks(bytes, at + 1, end);
  }
}

/** Steps over a key, its colon and the blanks around it. */
function skipKey(bytes: Buffer, start: number, end: number): number {
  const keyEnd = skipString(bytes, start, end);
  if (keyEnd === NOT_PLAIN) return NOT_PLAIN;
  const colon = skipBlanks(bytes, keyEnd, end);
  return byteAt(bytes, colon, end) === COLON ? skipBlanks(bytes, colon + 1, end) : NOT_PLAIN;
}

function skipScalar(bytes: Buffer, at: number, end: number): number {
  const literal = LITERALS.find((word) => hasAt(bytes, at, end, word));
  return literal === undefined ? skipInteger(bytes, at, end) : at + literal.length;
}

function skipInteger(bytes: Buffer, start: number, end: number): number {
  const first = bytes[start] === MINUS ? start + 1 : start;
  let at = first;
  while (at < end && isDigit(bytes[at] ?? 0)) at += 1;
  const leadingZero = bytes[first] === ZERO && at > first + 1;
  return at === first || leadingZero ? NOT_PLAIN : at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** True where exactly these bytes stand at a position. */
export function hasAt(bytes: Buffer, at: number, end: number, wanted: Uint8Array): boolean {
  if (at + wanted.length > end) return false;
  for (let index = 0; index < wanted.length; index += 1) {
    if (bytes[at + index] !== wanted[index]) return false;
  }
  return true;
}

function simpleEscapes(): Uint8Array {
  const table = new Uint8Array(256);
  for (const [letter, meaning] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
    table[letter?.charCodeAt(0) ?? 0] = meaning?.charCodeAt(0) ?? 0;
  }
  return table;
}
