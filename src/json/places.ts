import { QUOTE } from './characters.js';
import { endOfNumber } from './number-end.js';
import { sizeOfCharacter } from './string-characters.js';

/**
 * The places of a JSON text where languages may write something else: between them the text is the
 * same in all. They are found once, however many languages are tried.
 */
export interface JsonPlaces {
  /** One character a byte. */
  readonly text: string;
  /** Two numbers a place: what is there, and where it starts. */
  readonly all: readonly number[];
  /** What stands at each place that is a number or a character, in their order. */
  readonly inside: readonly Piece[];
  /** The numbers there are, each once, and the characters and escapes. */
  readonly numbers: readonly string[];
  readonly characters: readonly string[];
  /** True when white space stands between tokens. */
  readonly hasSpace: boolean;
}

/** A number, or a character in a string that some language escapes, or an escape. */
export interface Piece {
  readonly kind: 'number' | 'character';
  readonly text: string;
  /** Its index among the numbers or characters there are. */
  readonly index: number;
}

/** White space between tokens. */
export const BLANKS = 0;
/** A comma, colon or bracket. */
export const PUNCTUATION = 1;
/** A piece. */
export const INSIDE = 2;

/** Finds the places. The text is not checked to be JSON. */
export function findPlaces(text: string): JsonPlaces {
  const found: Found = { text, all: [], inside: [], numbers: new Map(), characters: new Map() };
  let hasSpace = false;
  let at = 0;
  while (at < text.length) {
    const kind = KINDS[text.charCodeAt(at)] ?? OTHER;
    if (kind === QUOTE) at = passString(found, at + 1);
    else if (kind === INSIDE) at = passNumber(found, at);
    else {
      if (kind !== OTHER) found.all.push(kind, at);
      hasSpace ||= kind === BLANKS;
      at += 1;
    }
  }
  const { all, inside, numbers, characters } = found;
  return {
    text,
    all,
    inside,
    numbers: [...numbers.keys()],
    characters: [...characters.keys()],
    hasSpace,
  };
}

interface Found {
  readonly text: string;
  readonly all: number[];
  readonly inside: Piece[];
  readonly numbers: Map<string, Piece>;
  readonly characters: Map<string, Piece>;
}

const OTHER = 3;
/** What stands outside strings, by its first character. */
const KINDS = kindTable([
  [' \t\r\n', BLANKS],
  [',:{}[]', PUNCTUATION],
  ['-0123456789', INSIDE],
  ['"', QUOTE],
]);
/** 0 for what every language copies inside strings. */
const IN_STRINGS = new Uint8Array(256)
  .fill(1, 0, 0x20)
  .fill(1, 0x7f)
  .map((mark, code) => ('"\\/<>&\'=+`'.includes(String.fromCharCode(code)) ? 1 : mark));

function kindTable(marks: readonly (readonly [characters: string, kind: number])[]): Uint8Array {
  const table = new Uint8Array(256).fill(OTHER);
  for (const [characters, kind] of marks) {
    for (const character of characters) table[character.charCodeAt(0)] = kind;
  }
  return table;
}

/** Gives where the string ends whose inside starts at `start`. */
function passString(found: Found, start: number): number {
  const { text, characters } = found;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (IN_STRINGS[code] === 0) at += 1;
    else if (code === QUOTE) return at + 1;
    else at = pass(found, characters, 'character', at, at + sizeOfCharacter(text, at));
  }
  return at;
}

function passNumber(found: Found, start: number): number {
  return pass(found, found.numbers, 'number', start, endOfNumber(found.text, start));
}

function pass(
  { text, all, inside }: Found,
  known: Map<string, Piece>,
  kind: Piece['kind'],
  start: number,
  end: number,
): number {
  const written = text.slice(start, end);
  const piece = known.get(written) ?? { kind, text: written, index: known.size };
  known.set(written, piece);
  all.push(INSIDE, start);
  inside.push(piece);
  return end;
}
