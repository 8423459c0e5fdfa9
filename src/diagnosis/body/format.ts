/** How JSON is laid out, as its first member shows. */
export type Format = 'compact' | 'pretty-2' | 'pretty-4' | 'pretty-tab' | 'spaced' | 'other';

const OPEN_BRACKETS = [0x7b, 0x5b];
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const INDENTS = new Map<string, Format>([
  ['  ', 'pretty-2'],
  ['    ', 'pretty-4'],
  ['\t', 'pretty-tab'],
]);

/** What the first bracket, and the first colon or comma outside a string, are followed by. */
export function formatOf(bytes: Buffer): Format {
  const start = afterSpace(bytes, 0);
  if (!OPEN_BRACKETS.includes(bytes[start] ?? 0)) return 'compact';
  const inside = afterSpace(bytes, start + 1);
  const space = bytes.toString('latin1', start + 1, inside);
  if (/^\r?\n/.test(space)) return INDENTS.get(space.replace(/^\r?\n/, '')) ?? 'other';
  if (space !== '') return 'other';
  return isSpacedAfter(bytes, inside) ? 'spaced' : formatOfRest(bytes);
}

function isSpacedAfter(bytes: Buffer, start: number): boolean {
  let at = start;
  if (bytes[at] === QUOTE) at = afterString(bytes, at);
  while (at < bytes.length && bytes[at] !== COLON && bytes[at] !== COMMA) at += 1;
  return bytes[at + 1] === 0x20 && !isSpace(bytes[at + 2]);
}

/** Compact unless there is white space further on. */
function formatOfRest(bytes: Buffer): Format {
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === QUOTE) at = afterString(bytes, at) - 1;
    else if (isSpace(bytes[at]))
      return afterSpace(bytes, at) === bytes.length ? 'compact' : 'other';
  }
  return 'compact';
}

function afterString(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

function afterSpace(bytes: Buffer, start: number): number {
  let at = start;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

/** JSON's four kinds of white space. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
