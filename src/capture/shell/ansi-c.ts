/** What a `$'…'` string of the shell stands for, and where it ends. Text is one character a byte. */
export interface AnsiCString {
  readonly text: string;
  readonly end: number;
  readonly closed: boolean;
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};
const NUMERIC =
  /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c([\s\S]))/y;
const SECOND_HALF = /\\u([dD][c-fC-F][0-9a-fA-F]{2})/y;
const REPLACEMENT = 0xfffd;

/** Reads from just after the opening `$'` (bash manual, ANSI-C quoting). */
export function readAnsiC(script: string, start: number): AnsiCString {
  const parts: string[] = [];
  let at = start;
  while (at < script.length && script[at] !== "'") {
    const piece = script[at] === '\\' ? readEscape(script, at) : readRun(script, at);
    parts.push(piece.text);
    at = piece.end;
  }
  return { text: parts.join(''), end: Math.min(at + 1, script.length), closed: at < script.length };
}

function readRun(script: string, start: number) {
  const stop = /['\\]/g;
  stop.lastIndex = start;
  const end = stop.exec(script)?.index ?? script.length;
  return { text: script.slice(start, end), end };
}

function readEscape(script: string, at: number) {
  const simple = SIMPLE[script[at + 1] ?? ''];
  if (simple !== undefined) return { text: simple, end: at + 2 };
  NUMERIC.lastIndex = at;
  const match = NUMERIC.exec(script);
  if (match === null) return { text: script.slice(at, at + 2), end: at + 2 };
  return numeric(script, match, at + match[0].length);
}

function numeric(script: string, match: RegExpExecArray, end: number) {
  const [, hex, short, long, octal, control] = match;
  if (short !== undefined) return codeUnit(script, Number.parseInt(short, 16), end);
  if (long !== undefined) return { text: utf8(Number.parseInt(long, 16)), end };
  if (control !== undefined) return { text: byte(control.charCodeAt(0) & 0x1f), end };
  const value = hex === undefined ? Number.parseInt(octal ?? '0', 8) : Number.parseInt(hex, 16);
  return { text: byte(value & 0xff), end };
}

/** Firefox writes a character outside the basic plane as its two halves; they are one character. */
function codeUnit(script: string, unit: number, end: number) {
  SECOND_HALF.lastIndex = end;
  const second = unit >= 0xd800 && unit < 0xdc00 ? SECOND_HALF.exec(script) : null;
  if (second === null) return { text: utf8(unit), end };
  const low = Number.parseInt(second[1] ?? '', 16);
  return { text: utf8(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)), end: end + 6 };
}

/** Half a surrogate pair is written out like any other code, as bash does. */
function utf8(code: number): string {
  if (code >= 0xd800 && code <= 0xdfff) {
    return (
      byte(0xe0 | (code >> 12)) + byte(0x80 | ((code >> 6) & 0x3f)) + byte(0x80 | (code & 0x3f))
    );
  }
  const character = String.fromCodePoint(code <= 0x10ffff ? code : REPLACEMENT);
  return Buffer.from(character, 'utf8').toString('latin1');
}

function byte(value: number): string {
  return String.fromCharCode(value);
}
