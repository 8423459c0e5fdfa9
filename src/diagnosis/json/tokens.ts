/**
 * JSON as a table of tokens over its own bytes: numbers and strings stay the text they are, so that
 * nothing is lost before a serialiser of some language is imitated.
 */
export interface JsonTokens {
  readonly bytes: Uint8Array;
  /** Three numbers a token: its kind, where it starts and where it ends. Commas and colons are left out. */
  readonly table: Int32Array;
  readonly count: number;
}

export const STRIDE = 3;

/** A token's kind is the byte it starts with; the first digit or minus of any number is `NUMBER`. */
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;
export const STRING = 0x22;
export const NUMBER = 0x30;
export const LITERAL_NULL = 0x6e;
/** A string that names a member. */
export const KEY = 0x3a;

/** Deeper JSON is not a web hook's: it is taken for no JSON at all, which keeps recursion safe. */
const MAX_DEPTH = 500;

const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const LITERALS = ['true', 'false', 'null'];

/** The tokens of a JSON document, or undefined when the bytes are not exactly one. */
export function tokenise(bytes: Uint8Array): JsonTokens | undefined {
  const cursor = read(bytes);
  if (cursor.stuck || cursor.at < bytes.length) return undefined;
  return { bytes, table: cursor.table, count: cursor.count };
}

/** True when the bytes are the start of a JSON document and end before it does. */
export function endsEarly(bytes: Uint8Array): boolean {
  const cursor = read(bytes);
  return cursor.stuck && cursor.at >= bytes.length;
}

interface Cursor {
  readonly bytes: Uint8Array;
  table: Int32Array;
  count: number;
  at: number;
  depth: number;
  /** Set when `at` stands where no JSON can go on. */
  stuck: boolean;
}

function read(bytes: Uint8Array): Cursor {
  const table = new Int32Array(48 + (bytes.length >> 1));
  const cursor: Cursor = {
    bytes,
    table,
    count: 0,
    at: 0,
    depth: 0,
    stuck: false,
  };
  skipSpace(cursor);
  readValue(cursor);
  if (!cursor.stuck) skipSpace(cursor);
  return cursor;
}

function readValue(cursor: Cursor): void {
  const byte = cursor.bytes[cursor.at];
  if (byte === STRING) readString(cursor, STRING);
  else if (byte === OPEN_OBJECT) readContainer(cursor, OPEN_OBJECT, CLOSE_OBJECT);
  else if (byte === OPEN_ARRAY) readContainer(cursor, OPEN_ARRAY, CLOSE_ARRAY);
  else if (byte === MINUS || isDigit(byte)) readNumber(cursor);
  else readLiteral(cursor);
}

function readContainer(cursor: Cursor, open: number, close: number): void {
  add(cursor, open, cursor.at, cursor.at + 1);
  cursor.at += 1;
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) return stick(cursor);
  skipSpace(cursor);
  if (cursor.bytes[cursor.at] !== close) readItems(cursor, open, close);
  if (cursor.stuck) return;
  add(cursor, close, cursor.at, cursor.at + 1);
  cursor.at += 1;
  cursor.depth -= 1;
}

function readItems(cursor: Cursor, open: number, close: number): void {
  for (;;) {
    if (open === OPEN_OBJECT) readKey(cursor);
    if (!cursor.stuck) readValue(cursor);
    if (cursor.stuck) return;
    skipSpace(cursor);
    const byte = cursor.bytes[cursor.at];
    if (byte === close) return;
    if (byte !== COMMA) return stick(cursor);
    cursor.at += 1;
    skipSpace(cursor);
  }
}

function readKey(cursor: Cursor): void {
  if (cursor.bytes[cursor.at] !== STRING) return stick(cursor);
  readString(cursor, KEY);
  if (cursor.stuck) return;
  skipSpace(cursor);
  if (cursor.bytes[cursor.at] !== COLON) return stick(cursor);
  cursor.at += 1;
  skipSpace(cursor);
}

function readString(cursor: Cursor, kind: number): void {
  const { bytes, at: start } = cursor;
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== STRING) at += bytes[at] === BACKSLASH ? 2 : 1;
  cursor.at = at + 1;
  if (at >= bytes.length) return stick(cursor);
  add(cursor, kind, start, at + 1);
}

function readNumber(cursor: Cursor): void {
  const { bytes, at: start } = cursor;
  let at = bytes[start] === MINUS ? start + 1 : start;
  if (bytes[at] === NUMBER) at += 1;
  else at = readDigits(cursor, at);
  if (bytes[at] === DOT) at = readDigits(cursor, at + 1);
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    const signed = bytes[at + 1] === PLUS || bytes[at + 1] === MINUS;
    at = readDigits(cursor, signed ? at + 2 : at + 1);
  }
  cursor.at = at;
  if (!cursor.stuck) add(cursor, NUMBER, start, at);
}

function readDigits(cursor: Cursor, start: number): number {
  let at = start;
  while (isDigit(cursor.bytes[at])) at += 1;
  if (at === start) cursor.stuck = true;
  return at;
}

function readLiteral(cursor: Cursor): void {
  const { bytes, at } = cursor;
  const literal = LITERALS.find((word) => word.charCodeAt(0) === bytes[at]);
  if (literal === undefined) return stick(cursor);
  for (let index = 1; index < literal.length; index += 1) {
    cursor.at = at + index;
    if (bytes[cursor.at] !== literal.charCodeAt(index)) return stick(cursor);
  }
  cursor.at = at + literal.length;
  add(cursor, literal.charCodeAt(0), at, cursor.at);
}

function skipSpace(cursor: Cursor): void {
  while (isSpace(cursor.bytes[cursor.at])) cursor.at += 1;
}

function stick(cursor: Cursor): void {
  cursor.stuck = true;
}

function add(cursor: Cursor, kind: number, start: number, end: number): void {
  const at = cursor.count * STRIDE;
  if (at + STRIDE > cursor.table.length) cursor.table = doubled(cursor.table);
  cursor.table[at] = kind;
  cursor.table[at + 1] = start;
  cursor.table[at + 2] = end;
  cursor.count += 1;
}

function doubled(table: Int32Array): Int32Array {
  const larger = new Int32Array(table.length * 2);
  larger.set(table);
  return larger;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** JSON's four kinds of white space. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
