import { readAnsiC } from './ansi-c.js';
import { joinTexts, type ShellText, unknownText } from './text.js';

/** A word after the shell has taken its quotes away. */
export interface ShellWord extends ShellText {
  readonly end: number;
}

/** What the script says of the names and commands in its words. */
export interface Expansions {
  /** The value of a variable, where the script itself sets it. */
  variable(name: string): ShellText | undefined;
  /** What the commands from a position up to their closing parenthesis print. */
  commands(script: string, start: number): ShellWord;
  /** What a script in backticks prints. */
  backticks(script: string): ShellText;
}

const PLAIN_END = /[ \t\r\n;&|()<>'"\\$`]/g;
const TICK_END = /[`\\]/g;
const DOUBLE_END = /["\\$`]/g;
const NAME = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/y;
const SPECIAL = /\$(?:\{[#!]?([A-Za-z_]\w*|\d+|[@*#?$!-])[^}\n]{0,1000}\}|([0-9@*#?$!-]))/y;
const LONG_PARAMETER = /\$\{[#!]?([A-Za-z_]\w*)/y;
const ARITHMETIC = /\$\(\([^()\n]*\)\)/y;
const LINE_BREAK = /\\\r?\n/y;
const IN_DOUBLE: readonly string[] = ['$', '`', '"', '\\'];
const SUBSTITUTION = '$(…)';

type WordPiece = ShellWord;

/** Reads the word that starts at a position. */
export function readWord(script: string, start: number, expansions: Expansions): ShellWord {
  const pieces: WordPiece[] = [];
  let at = start;
  while (at < script.length) {
    const piece = readPiece(script, at, expansions);
    if (piece === undefined) break;
    pieces.push(piece);
    at = piece.end;
  }
  return joined(pieces, at);
}

/** What a here-document with an unquoted delimiter stands for: expansions are made, quotes are text. */
export function expandText(text: string, expansions: Expansions): ShellWord {
  const pieces: WordPiece[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = /\\?"/y;
    quote.lastIndex = at;
    const literal = quote.exec(text)?.[0];
    const piece =
      literal === undefined
        ? readInDouble(text, at, expansions)
        : { text: literal, end: at + literal.length };
    pieces.push(piece);
    at = piece.end;
  }
  return joined(pieces, at);
}

function readPiece(script: string, at: number, expansions: Expansions): WordPiece | undefined {
  switch (script[at]) {
    case "'":
      return readSingle(script, at + 1);
    case '"':
      return readDouble(script, at + 1, expansions);
    case '\\':
      return readBackslash(script, at);
    case '$':
      return readDollar(script, at, expansions);
    case '`':
      return readBackticks(script, at, expansions);
    case '<':
    case '>':
      return script[at + 1] === '(' ? readProcess(script, at, expansions) : undefined;
    default:
      return readPlain(script, at);
  }
}

function readPlain(script: string, at: number): WordPiece | undefined {
  const end = firstOf(script, at, PLAIN_END);
  return end === at ? undefined : { text: script.slice(at, end), end };
}

function readSingle(script: string, start: number): WordPiece {
  const end = script.indexOf("'", start);
  if (end === -1) return unclosed(script, start);
  return { text: script.slice(start, end), end: end + 1 };
}

function readDouble(script: string, start: number, expansions: Expansions): WordPiece {
  const pieces: WordPiece[] = [];
  let at = start;
  while (at < script.length && script[at] !== '"') {
    const piece = readInDouble(script, at, expansions);
    pieces.push(piece);
    at = piece.end;
  }
  return at < script.length ? joined(pieces, at + 1) : unclosed(script, start);
}

function readInDouble(script: string, at: number, expansions: Expansions): WordPiece {
  const character = script[at];
  if (character === '\\') return readBackslashInDouble(script, at);
  if (character === '$') return readExpansion(script, at, expansions);
  if (character === '`') return readBackticks(script, at, expansions);
  const end = firstOf(script, at, DOUBLE_END);
  return { text: script.slice(at, end), end };
}

function readBackslash(script: string, at: number): WordPiece {
  return lineBreakAt(script, at) ?? { text: script.slice(at + 1, at + 2), end: at + 2 };
}

function readBackslashInDouble(script: string, at: number): WordPiece {
  const escaped = IN_DOUBLE.includes(script[at + 1] ?? '');
  const kept = escaped ? script.slice(at + 1, at + 2) : '\\';
  return lineBreakAt(script, at) ?? { text: kept, end: escaped ? at + 2 : at + 1 };
}

function lineBreakAt(script: string, at: number): WordPiece | undefined {
  LINE_BREAK.lastIndex = at;
  const length = LINE_BREAK.exec(script)?.[0].length;
  return length === undefined ? undefined : { text: '', end: at + length };
}

function readDollar(script: string, at: number, expansions: Expansions): WordPiece {
  if (script[at + 1] === '"') return readDouble(script, at + 2, expansions);
  if (script[at + 1] !== "'") return readExpansion(script, at, expansions);
  const { text, end, closed } = readAnsiC(script, at + 2);
  return closed ? { text, end } : { ...unknownText('open-quote', text), end };
}

function readExpansion(script: string, at: number, expansions: Expansions): WordPiece {
  NAME.lastIndex = at;
  const match = NAME.exec(script);
  if (match !== null) {
    const [whole, braced, bare] = match;
    return { ...variable(braced ?? bare ?? '', expansions), end: at + whole.length };
  }
  if (script[at + 1] === '(') return readSubstitution(script, at, expansions);
  SPECIAL.lastIndex = at;
  const special = SPECIAL.exec(script);
  if (special === null) return longParameter(script, at);
  const [whole, braced, bare] = special;
  return { ...unset(braced ?? bare ?? ''), end: at + whole.length };
}

/** What stands in the braces is not looked through without end; only the name is needed. */
function longParameter(script: string, at: number): WordPiece {
  LONG_PARAMETER.lastIndex = at;
  const [whole, name] = LONG_PARAMETER.exec(script) ?? [];
  if (whole === undefined || name === undefined) return { text: '$', end: at + 1 };
  return { ...unset(name), end: at + whole.length };
}

function variable(name: string, expansions: Expansions): ShellText {
  return expansions.variable(name) ?? unset(name);
}

/** What may stand in the braces beside the name is left out: a default can be a secret. */
function unset(name: string): ShellText {
  return { text: `$${name}`, unresolved: { kind: 'variable', name } };
}

function readSubstitution(script: string, at: number, expansions: Expansions): WordPiece {
  ARITHMETIC.lastIndex = at;
  const sum = ARITHMETIC.exec(script)?.[0].length;
  if (sum !== undefined) return { ...unknownText('substitution', SUBSTITUTION), end: at + sum };
  return asSubstitution(expansions.commands(script, at + 2));
}

function readProcess(script: string, at: number, expansions: Expansions): WordPiece {
  const { end } = expansions.commands(script, at + 2);
  return { ...unknownText('substitution', SUBSTITUTION), end };
}

function readBackticks(script: string, at: number, expansions: Expansions): WordPiece {
  const end = endOfBackticks(script, at + 1);
  const inside = script.slice(at + 1, end).replace(/\\([\\`$])/g, '$1');
  return asSubstitution({ ...expansions.backticks(inside), end: Math.min(end + 1, script.length) });
}

function asSubstitution(piece: WordPiece): WordPiece {
  return piece.unresolved === undefined ? piece : { ...piece, text: SUBSTITUTION };
}

function endOfBackticks(script: string, start: number): number {
  let at = firstOf(script, start, TICK_END);
  while (script[at] === '\\') at = firstOf(script, at + 2, TICK_END);
  return at;
}

function unclosed(script: string, start: number): WordPiece {
  return { ...unknownText('open-quote', script.slice(start)), end: script.length };
}

function joined(pieces: readonly WordPiece[], end: number): WordPiece {
  return { ...joinTexts(pieces), end };
}

function firstOf(script: string, start: number, pattern: RegExp): number {
  pattern.lastIndex = start;
  return pattern.exec(script)?.index ?? script.length;
}
