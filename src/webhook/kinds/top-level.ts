/**
 * Visits the members at the top of a JSON object, in order, until the visitor has seen enough. The
 * text is given as bytes decoded as Latin-1 and need not be valid: this is for a look, not for proof.
 * A member that holds a string comes with the text between its quotes, as it is escaped.
 */
export function visitTopLevel(
  json: string,
  visit: (name: string, text: string | undefined) => 'enough' | 'more',
): void {
  let at = afterBlanks(json, 0);
  if (json.charCodeAt(at) !== OPEN_OBJECT) return;
  do {
    const nameStart = afterBlanks(json, at + 1) + 1;
    if (json.charCodeAt(nameStart - 1) !== QUOTE) return;
    const nameEnd = stringEnd(json, nameStart);
    const valueStart = afterBlanks(json, afterBlanks(json, nameEnd + 1) + 1);
    const isText = json.charCodeAt(valueStart) === QUOTE;
    const valueEnd = isText ? stringEnd(json, valueStart + 1) : bareEnd(json, valueStart);
    if (isText && valueEnd === json.length) return;
    const text = isText ? json.slice(valueStart + 1, valueEnd) : undefined;
    if (visit(json.slice(nameStart, nameEnd), text) === 'enough') return;
    at = afterBlanks(json, isText ? valueEnd + 1 : valueEnd);
  } while (json.charCodeAt(at) === COMMA);
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

function afterBlanks(json: string, start: number): number {
  let at = start;
  while (isBlank(json.charCodeAt(at))) at += 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** The closing quote of a string, or the end of the text. */
function stringEnd(json: string, start: number): number {
  let quote = json.indexOf('"', start);
  while (quote !== -1 && isEscaped(json, start, quote)) quote = json.indexOf('"', quote + 1);
  return quote === -1 ? json.length : quote;
}

function isEscaped(json: string, start: number, at: number): boolean {
  let first = at;
  while (first > start && json.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}

/** Just after a number, a word, an array or an object. */
function bareEnd(json: string, start: number): number {
  let depth = 0;
  let at = start;
  for (; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(json, at + 1);
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth += 1;
    else if (depth === 0 && (code === COMMA || code === CLOSE_OBJECT)) return at;
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return at;
}
