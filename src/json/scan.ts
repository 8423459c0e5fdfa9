// The room of JSON text: where values are, without building them, and numbers that lose no digit.
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isBlank,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './characters.js';

/**
 * The scanner of JSON text: it tells where values are without building them, so that their exact
 * source can be taken. It works on decoded text and on bytes decoded as Latin-1 alike, for what has
 * a meaning in JSON is ASCII. All of it is for a look: the text may be cut off anywhere and need not
 * be valid. Each function takes a position and gives the one just after what it read, or `NO_END`
 * where the text ends before, or is no JSON.
 *
 * `scan-bytes.ts` is its twin for the one place where decoding the bytes would cost too much.
 */
export const NO_END = -1;

/** Steps over white space. */
export function skipBlanks(text: string, start: number): number {
  let at = start;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** Steps over a string that starts at its opening quote. */
export function stringEnd(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote !== NO_END && isEscaped(text, start + 1, quote))
    quote = text.indexOf('"', quote + 1);
  return quote === NO_END ? NO_END : quote + 1;
}

/** Steps over a value that starts here; brackets have to match, however deep. */
export function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return stringEnd(text, start);
  return first === OPEN_BRACE || first === OPEN_BRACKET
    ? containerEnd(text, start)
    : wordEnd(text, start);
}

/**
 * Called for each member or item: its name as it is escaped, or its index, and where its value
 * starts. Gives where the value ends, or `NO_END` to see no more.
 */
export type ItemVisitor = (name: string, start: number) => number;

/** Steps over the object or list that starts here, and visits what is directly in it. */
export function visitItems(text: string, start: number, visit: ItemVisitor): number {
  const isObject = text.charCodeAt(start) === OPEN_BRACE;
  if (!isObject && text.charCodeAt(start) !== OPEN_BRACKET) return NO_END;
  const closing = isObject ? CLOSE_BRACE : CLOSE_BRACKET;
  let at = skipBlanks(text, start + 1);
  if (text.charCodeAt(at) === closing) return at + 1;
  for (let index = 0; at < text.length; index += 1) {
    const end = isObject ? memberEnd(text, at, visit) : visit(String(index), at);
    if (end === NO_END) return NO_END;
    at = skipBlanks(text, end);
    const code = text.charCodeAt(at);
    if (code === closing) return at + 1;
    if (code !== COMMA) return NO_END;
    at = skipBlanks(text, at + 1);
  }
  return NO_END;
}

/** The text of a name as `visitItems` gives it. */
export function nameText(name: string): string {
  return name.includes('\\') ? String(JSON.parse(`"${name}"`)) : name;
}

function memberEnd(text: string, start: number, visit: ItemVisitor): number {
  if (text.charCodeAt(start) !== QUOTE) return NO_END;
  const nameEnd = stringEnd(text, start);
  if (nameEnd === NO_END) return NO_END;
  const colon = skipBlanks(text, nameEnd);
  if (text.charCodeAt(colon) !== COLON) return NO_END;
  return visit(text.slice(start + 1, nameEnd - 1), skipBlanks(text, colon + 1));
}

function containerEnd(text: string, start: number): number {
  const open: number[] = [];
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at) - 1;
      if (at < start) return NO_END;
    } else if (code === OPEN_BRACE) open.push(CLOSE_BRACE);
    else if (code === OPEN_BRACKET) open.push(CLOSE_BRACKET);
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (open.pop() !== code) return NO_END;
      if (open.length === 0) return at + 1;
    }
  }
  return NO_END;
}

/** A number or a word; at the end of the text it may be cut off, and ends there. */
function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isDelimiter(text.charCodeAt(at))) at += 1;
  return at === start ? NO_END : at;
}

function isDelimiter(code: number): boolean {
  return code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || isBlank(code);
}

function isEscaped(text: string, start: number, at: number): boolean {
  let first = at;
  while (first > start && text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}
