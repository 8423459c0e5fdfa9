import { readAnsiC } from './ansi-c.js';

/** A word after the shell has taken its quotes away. Text is one character a byte. */
export interface ShellWord {
  readonly text: string;
  /** What only the shell that ran it could fill in, such as `$TOKEN`; it stands in `text` as it is. */
  readonly unresolved?: string | undefined;
  readonly end: number;
}

/** A text and what of it only the shell could fill in. */
export type ShellText = Pick<ShellWord, 'text' | 'unresolved'>;

/** The value of a variable, where the script itself sets it. */
export type Variables = (name: string) => ShellText | undefined;

const PLAIN_END = /[ \t\r\n;&|()<>'"\\$`]/g;
const DOUBLE_END = /["\\$`]/g;
const NAME = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/y;
const SPECIAL = /\$(?:\{[^}\n]*\}|[0-9@*#?$!-])/y;
const LINE_BREAK = /\\\r?\n/y;
const IN_DOUBLE: readonly string[] = ['$', '`', '"', '\\'];
const UNCLOSED = 'a quote that is never closed';

type Piece = ShellWord;

/** Reads the word that starts at a position. */
export function readWord(script: string, start: number, variables: Variables): ShellWord {
  const pieces: Piece[] = [];
  let at = start;
  while (at < script.length) {
    const piece = readPiece(script, at, variables);
    if (piece === undefined) break;
    pieces.push(piece);
    at = piece.end;
  }
  return joined(pieces, at);
}

/** What a here-document with an unquoted delimiter stands for: expansions are made, quotes are text. */
export function expandText(text: string, variables: Variables): ShellWord {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = /\\?"/y;
    quote.lastIndex = at;
    const literal = quote.exec(text)?.[0];
    const piece =
      literal === undefined
        ? readInDouble(text, at, variables)
        : { text: literal, end: at + literal.length };
    pieces.push(piece);
    at = piece.end;
  }
  return joined(pieces, at);
}

function readPiece(script: string, at: number, variables: Variables): Piece | undefined {
  switch (script[at]) {
    case "'":
      return readSingle(script, at + 1);
    case '"':
      return readDouble(script, at + 1, variables);
    case '\\':
      return readBackslash(script, at);
    case '$':
      return readDollar(script, at, variables);
    case '`':
      return readBackticks(script, at);
    default:
      return readPlain(script, at);
  }
}

function readPlain(script: string, at: number): Piece | undefined {
  const end = firstOf(script, at, PLAIN_END);
  return end === at ? undefined : { text: script.slice(at, end), end };
}

function readSingle(script: string, start: number): Piece {
  const end = script.indexOf("'", start);
  if (end === -1) return unclosed(script, start);
  return { text: script.slice(start, end), end: end + 1 };
}

function readDouble(script: string, start: number, variables: Variables): Piece {
  const pieces: Piece[] = [];
  let at = start;
  while (at < script.length && script[at] !== '"') {
    const piece = readInDouble(script, at, variables);
    pieces.push(piece);
    at = piece.end;
  }
  return at < script.length ? joined(pieces, at + 1) : unclosed(script, start);
}

function readInDouble(script: string, at: number, variables: Variables): Piece {
  const character = script[at];
  if (character === '\\') return readBackslashInDouble(script, at);
  if (character === '$') return readExpansion(script, at, variables);
  if (character === '`') return readBackticks(script, at);
  const end = firstOf(script, at, DOUBLE_END);
  return { text: script.slice(at, end), end };
}

function readBackslash(script: string, at: number): Piece {
  return lineBreakAt(script, at) ?? { text: script.slice(at + 1, at + 2), end: at + 2 };
}

function readBackslashInDouble(script: string, at: number): Piece {
  const escaped = IN_DOUBLE.includes(script[at + 1] ?? '');
  const kept = escaped ? script.slice(at + 1, at + 2) : '\\';
  return lineBreakAt(script, at) ?? { text: kept, end: escaped ? at + 2 : at + 1 };
}

function lineBreakAt(script: string, at: number): Piece | undefined {
  LINE_BREAK.lastIndex = at;
  const length = LINE_BREAK.exec(script)?.[0].length;
  return length === undefined ? undefined : { text: '', end: at + length };
}

function readDollar(script: string, at: number, variables: Variables): Piece {
  if (script[at + 1] === '"') return readDouble(script, at + 2, variables);
  if (script[at + 1] !== "'") return readExpansion(script, at, variables);
  const { text, end, closed } = readAnsiC(script, at + 2);
  return closed ? { text, end } : { text, end, unresolved: UNCLOSED };
}

function readExpansion(script: string, at: number, variables: Variables): Piece {
  NAME.lastIndex = at;
  const match = NAME.exec(script);
  if (match !== null) {
    const [whole, braced, bare] = match;
    const known = variables(braced ?? bare ?? '');
    return { text: whole, unresolved: whole, ...known, end: at + whole.length };
  }
  if (script[at + 1] === '(') return unknown(script, at, closingParenthesis(script, at + 1));
  SPECIAL.lastIndex = at;
  const special = SPECIAL.exec(script)?.[0];
  return special === undefined
    ? { text: '$', end: at + 1 }
    : unknown(script, at, at + special.length);
}

function readBackticks(script: string, at: number): Piece {
  const end = script.indexOf('`', at + 1);
  return unknown(script, at, end === -1 ? script.length : end + 1);
}

function closingParenthesis(script: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < script.length) {
    at = firstOf(script, at, /[()'\\]/g);
    if (script[at] === '\\') at += 1;
    else if (script[at] === "'") at = endOfSingle(script, at);
    else depth += script[at] === '(' ? 1 : -1;
    at += 1;
    if (depth === 0) return at;
  }
  return script.length;
}

function endOfSingle(script: string, at: number): number {
  const end = script.indexOf("'", at + 1);
  return end === -1 ? script.length : end;
}

function unknown(script: string, start: number, end: number): Piece {
  const text = script.slice(start, end);
  return { text, unresolved: whatItIs(text), end };
}

/** Never the text itself: what a shell computes may hold a secret. */
function whatItIs(expansion: string): string {
  if (expansion.startsWith('$((')) return 'an arithmetic expansion';
  return /^(\$\(|`)/.test(expansion) ? 'a command substitution' : 'a parameter of the shell';
}

function unclosed(script: string, start: number): Piece {
  return { text: script.slice(start), unresolved: UNCLOSED, end: script.length };
}

function joined(pieces: readonly Piece[], end: number): Piece {
  const text = pieces.map((piece) => piece.text).join('');
  const unresolved = pieces.find((piece) => piece.unresolved !== undefined)?.unresolved;
  return unresolved === undefined ? { text, end } : { text, unresolved, end };
}

function firstOf(script: string, start: number, pattern: RegExp): number {
  pattern.lastIndex = start;
  return pattern.exec(script)?.index ?? script.length;
}
