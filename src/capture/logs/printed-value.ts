import { readPrintedString } from './printed-string.js';

/** What stands for a value that was printed in part: `[Object]`, `... 3 more items`. */
export const LEFT_AWAY = Symbol('left away by what printed it');

export interface PrintedValue {
  readonly value: unknown;
  readonly end: number;
}

const DEEPEST = 100;
const BLANKS = /\s*/y;
/** Node puts the class before an object, and Python `b` or `u` before a string. */
const CLASS_NAME = /(?:\[Object: null prototype\]|[A-Z]\w*(?:\(\d+\))?(?: \[[\w ]+\])?) (?=[[{])/y;
const KEY = /[\w$]+/y;
const BUFFER = /<Buffer((?: [0-9a-f]{2})*)( \.\.\. \d+ more bytes?)?>/y;
const PLACEHOLDER =
  /\[(?:Object|Array|Function[^\]]*|Circular[^\]]*|Getter[^\]]*|[A-Z]\w*)\]|<ref \*\d+>/y;
const MORE = /\.\.\. \d+ more (?:items?|properties|property)/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?n?/y;
const WORDS: Readonly<Record<string, unknown>> = {
  True: true,
  False: false,
  None: null,
  true: true,
  false: false,
  null: null,
  undefined: null,
};
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/**
 * Reads the value that Python's `print` or Node's `console.log` wrote at a position. What both print
 * can be read back exactly, but for what they leave away; undefined for anything else.
 */
export function readPrinted(text: string, start: number, depth = 0): PrintedValue | undefined {
  if (depth > DEEPEST) return undefined;
  const at = endOf(CLASS_NAME, text, start) ?? start;
  const placeholder = endOf(PLACEHOLDER, text, at);
  if (placeholder !== undefined) return { value: LEFT_AWAY, end: placeholder };
  const first = text[at] ?? '';
  if (first === '{') return readMembers(text, at, depth);
  if (first === '[' || first === '(') return readItems(text, at, depth);
  if (first === '<') return readBuffer(text, at);
  return readPrintedString(text, at) ?? readWord(text, at);
}

function readMembers(text: string, start: number, depth: number): PrintedValue | undefined {
  const members: [string, unknown][] = [];
  const end = readBetween(text, start, (at) => {
    const more = endOf(MORE, text, at);
    if (more !== undefined) return more;
    const key = readKey(text, at);
    if (key === undefined) return undefined;
    const colon = skip(text, key.end);
    const value =
      text[colon] === ':' ? readPrinted(text, skip(text, colon + 1), depth + 1) : undefined;
    if (value === undefined) return undefined;
    members.push([key.name, value.value]);
    return value.end;
  });
  return end === undefined ? undefined : { value: Object.fromEntries(members), end };
}

function readItems(text: string, start: number, depth: number): PrintedValue | undefined {
  const items: unknown[] = [];
  const end = readBetween(text, start, (at) => {
    const more = endOf(MORE, text, at);
    const item =
      more === undefined ? readPrinted(text, at, depth + 1) : { value: LEFT_AWAY, end: more };
    if (item !== undefined) items.push(item.value);
    return item?.end;
  });
  return end === undefined ? undefined : { value: items, end };
}

/** What stands between two brackets, with commas, the last of which may be one too many. */
function readBetween(
  text: string,
  start: number,
  readOne: (at: number) => number | undefined,
): number | undefined {
  const closing = CLOSING[text[start] ?? ''];
  let at = skip(text, start + 1);
  while (text[at] !== closing) {
    const end = readOne(at);
    if (end === undefined) return undefined;
    at = skip(text, end);
    if (text[at] === ',') at = skip(text, at + 1);
    else if (text[at] !== closing) return undefined;
  }
  return at + 1;
}

function readKey(text: string, at: number) {
  const string = readPrintedString(text, at);
  if (string !== undefined) return { name: String(string.value), end: string.end };
  const end = endOf(KEY, text, at);
  return end === undefined ? undefined : { name: text.slice(at, end), end };
}

function readBuffer(text: string, at: number): PrintedValue | undefined {
  BUFFER.lastIndex = at;
  const found = BUFFER.exec(text);
  if (found === null) return undefined;
  if (found[2] !== undefined) return { value: found[0], end: BUFFER.lastIndex };
  const value = Buffer.from((found[1] ?? '').replaceAll(' ', ''), 'hex');
  return { value, end: BUFFER.lastIndex };
}

function readWord(text: string, at: number): PrintedValue | undefined {
  const number = endOf(NUMBER, text, at);
  if (number !== undefined)
    return { value: Number.parseFloat(text.slice(at, number)), end: number };
  const end = endOf(KEY, text, at);
  const word = text.slice(at, end ?? at);
  return end !== undefined && Object.hasOwn(WORDS, word) ? { value: WORDS[word], end } : undefined;
}

function skip(text: string, at: number): number {
  return endOf(BLANKS, text, at) ?? at;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
