import { COLON, COMMA, isBlank, QUOTE, SPACE } from '../../json/characters.js';
import { NO_END, skipBlanks, stringEnd } from '../../json/scan.js';

/** How JSON is laid out, as its first member shows. */
export type BodyFormat = 'compact' | 'pretty-2' | 'pretty-4' | 'pretty-tab' | 'spaced' | 'other';

const INDENTS = new Map<string, BodyFormat>([
  ['  ', 'pretty-2'],
  ['    ', 'pretty-4'],
  ['\t', 'pretty-tab'],
]);

/**
 * What the first bracket, and the first colon or comma outside a string, are followed by. The text
 * holds one character a byte.
 */
export function formatOf(text: string): BodyFormat {
  const start = skipBlanks(text, 0);
  if (text[start] !== '{' && text[start] !== '[') return 'compact';
  const inside = skipBlanks(text, start + 1);
  const space = text.slice(start + 1, inside);
  if (/^\r?\n/.test(space)) return INDENTS.get(indentIn(space, text)) ?? 'other';
  if (space !== '') return 'other';
  return isSpacedAfter(text, inside) ? 'spaced' : formatOfRest(text);
}

/** How much deeper the first member is than the last bracket: the JSON may stand inside other JSON. */
function indentIn(space: string, text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  const outer = text.slice(start, skipBlanks(text, start));
  const indent = space.replace(/^\r?\n/, '');
  return indent.startsWith(outer) ? indent.slice(outer.length) : indent;
}

function isSpacedAfter(text: string, start: number): boolean {
  let at = text.charCodeAt(start) === QUOTE ? afterString(text, start) : start;
  while (at < text.length && !isSeparator(text.charCodeAt(at))) at += 1;
  return text.charCodeAt(at + 1) === SPACE && !isBlank(text.charCodeAt(at + 2));
}

function isSeparator(code: number): boolean {
  return code === COLON || code === COMMA;
}

/** Compact unless there is white space further on. */
function formatOfRest(text: string): BodyFormat {
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) return skipBlanks(text, at) === text.length ? 'compact' : 'other';
    at = code === QUOTE ? afterString(text, at) : at + 1;
  }
  return 'compact';
}

/** A string without an end goes on to the end of the text. */
function afterString(text: string, start: number): number {
  const end = stringEnd(text, start);
  return end === NO_END ? text.length : end;
}
