import { NO_END, stringEnd } from './scan.js';
import type { JsonNode, Member, Span } from './tree.js';

/** Deeper JSON is not a web hook's: it is taken for no JSON at all, which keeps recursion safe. */
const MAX_DEPTH = 500;

/**
 * The tree of a JSON document, or undefined when the text is not exactly one: unlike the scanner,
 * which only looks, this is sure that it is JSON.
 */
export function parseTree(text: string): JsonNode | undefined {
  const cursor: Cursor = { text, at: 0, depth: 0 };
  const node = readDocument(cursor);
  return cursor.at === text.length ? node : undefined;
}

/** True when the text is the start of a JSON document and ends before it does. */
export function endsEarly(text: string): boolean {
  const cursor: Cursor = { text, at: 0, depth: 0 };
  return readDocument(cursor) === undefined && cursor.at >= text.length;
}

/** Where no JSON can go on, `at` stays and what is read is undefined. */
interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t\r\n]*/y;
/** The start of a number or word: when it ends the text, more may have followed. */
const UNFINISHED = /(?:-?[0-9.eE+-]*|t(?:r(?:u)?)?|f(?:a(?:l(?:s)?)?)?|n(?:u(?:l)?)?)$/y;
/** What a number that ends the text lacks digits after. */
const UNFINISHED_NUMBER = /(?:\.|[eE][-+]?)$/y;

function readDocument(cursor: Cursor): JsonNode | undefined {
  skipSpace(cursor);
  const node = readValue(cursor);
  if (node !== undefined) skipSpace(cursor);
  return node;
}

function readValue(cursor: Cursor): JsonNode | undefined {
  const first = cursor.text[cursor.at];
  if (first === '{') return readObject(cursor);
  if (first === '[') return readArray(cursor);
  if (first === '"') return readString(cursor);
  const isWord = first === 't' || first === 'f' || first === 'n';
  return isWord ? readScalar(cursor, 'word', WORD) : readScalar(cursor, 'number', NUMBER);
}

function readObject(cursor: Cursor): JsonNode | undefined {
  const { at: start } = cursor;
  const members: Member[] = [];
  const isWhole = readItems(cursor, '}', () => {
    const member = readMember(cursor);
    if (member !== undefined) members.push(member);
    return member !== undefined;
  });
  return isWhole ? { kind: 'object', start, end: cursor.at, members } : undefined;
}

function readArray(cursor: Cursor): JsonNode | undefined {
  const { at: start } = cursor;
  const items: JsonNode[] = [];
  const isWhole = readItems(cursor, ']', () => {
    const item = readValue(cursor);
    if (item !== undefined) items.push(item);
    return item !== undefined;
  });
  return isWhole ? { kind: 'array', start, end: cursor.at, items } : undefined;
}

/** Reads from the opening bracket to the closing one; false where that cannot be. */
function readItems(cursor: Cursor, close: '}' | ']', readItem: () => boolean): boolean {
  cursor.at += 1;
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) return false;
  skipSpace(cursor);
  const isEmpty = cursor.text[cursor.at] === close;
  if (!isEmpty && !readList(cursor, readItem)) return false;
  if (cursor.text[cursor.at] !== close) return false;
  cursor.at += 1;
  cursor.depth -= 1;
  return true;
}

/** Reads items with commas between them; false where an item is missing or wrong. */
function readList(cursor: Cursor, readItem: () => boolean): boolean {
  while (readItem()) {
    skipSpace(cursor);
    if (cursor.text[cursor.at] !== ',') return true;
    cursor.at += 1;
    skipSpace(cursor);
  }
  return false;
}

function readMember(cursor: Cursor): Member | undefined {
  const key = cursor.text[cursor.at] === '"' ? readString(cursor) : undefined;
  if (key === undefined) return undefined;
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== ':') return undefined;
  cursor.at += 1;
  skipSpace(cursor);
  const value = readValue(cursor);
  return value && { name: nameIn(cursor.text, key), key, value };
}

function readString(cursor: Cursor): JsonNode | undefined {
  const { text, at: start } = cursor;
  const end = stringEnd(text, start);
  cursor.at = end === NO_END ? text.length : end;
  return end === NO_END ? undefined : { kind: 'string', start, end };
}

function readScalar(cursor: Cursor, kind: 'number' | 'word', form: RegExp): JsonNode | undefined {
  const { text, at: start } = cursor;
  const end = endOfMatch(form, text, start);
  if (end === undefined) {
    if (endOfMatch(UNFINISHED, text, start) === text.length) cursor.at = text.length;
    return undefined;
  }
  cursor.at = endOfMatch(UNFINISHED_NUMBER, text, end) ?? end;
  return cursor.at === end ? { kind, start, end } : undefined;
}

function endOfMatch(form: RegExp, text: string, start: number): number | undefined {
  form.lastIndex = start;
  return form.test(text) ? form.lastIndex : undefined;
}

function skipSpace(cursor: Cursor): void {
  const code = cursor.text.charCodeAt(cursor.at);
  if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
    cursor.at = endOfMatch(SPACE, cursor.text, cursor.at) ?? cursor.at;
  }
}

function nameIn(text: string, { start, end }: Span): string {
  const name = text.slice(start + 1, end - 1);
  return name.includes('\\') ? unescaped(text.slice(start, end)) : name;
}

function unescaped(quoted: string): string {
  try {
    const utf8 = Buffer.from(quoted, 'latin1').toString();
    return Buffer.from(String(JSON.parse(utf8))).toString('latin1');
  } catch {
    return quoted;
  }
}
