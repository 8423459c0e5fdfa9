import { endOfNumber, isSettled } from './number-text.js';

/**
 * The places of a JSON text where languages may write something else: between them the text is the
 * same in all. They are found once, however many languages are tried.
 */
export interface JsonPlaces {
  /** One character a byte. */
  readonly text: string;
  /** All of them. */
  readonly all: PlaceList;
  /** Those in numbers and strings: enough where the layout stays as it is. */
  readonly inside: PlaceList;
  /** True when white space stands between tokens. */
  readonly hasSpace: boolean;
}

/** Two numbers a place: what is there, and where it starts. */
export type PlaceList = readonly number[];

/** White space between tokens. */
export const SPACE = 0;
/** A comma, colon or bracket. */
export const PUNCTUATION = 1;
/** A number that every language writes as it stands, but those that know only floats. */
export const NUMBER = 2;
/** Any other number. */
export const ODD_NUMBER = 3;
/** A character in a string that some language escapes, or an escape. */
export const CHARACTER = 4;

/** Finds the places. The text is not checked to be JSON. */
export function findPlaces(text: string): JsonPlaces {
  const places: Places = { text, all: [], inside: [], hasSpace: false };
  let at = 0;
  while (at < text.length) {
    const kind = KINDS[text.charCodeAt(at)] ?? OTHER;
    if (kind === QUOTE) at = passString(places, at + 1);
    else if (kind === NUMBER) at = passNumber(places, at);
    else {
      if (kind !== OTHER) places.all.push(kind, at);
      if (kind === SPACE) places.hasSpace = true;
      at += 1;
    }
  }
  return places;
}

interface Places {
  readonly text: string;
  readonly all: number[];
  readonly inside: number[];
  hasSpace: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OTHER = 5;
/** What stands outside strings, by its first character. */
const KINDS = kindTable([
  [' \t\r\n', SPACE],
  [',:{}[]', PUNCTUATION],
  ['-0123456789', NUMBER],
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
function passString(places: Places, start: number): number {
  const { text } = places;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (IN_STRINGS[code] !== 0) {
      if (code === QUOTE) return at + 1;
      addInside(places, CHARACTER, at);
      if (code === BACKSLASH) at += 1;
    }
    at += 1;
  }
  return at;
}

function passNumber(places: Places, start: number): number {
  const end = endOfNumber(places.text, start);
  addInside(places, isSettled(places.text, start, end) ? NUMBER : ODD_NUMBER, start);
  return end;
}

function addInside({ all, inside }: Places, kind: number, start: number): void {
  all.push(kind, start);
  inside.push(kind, start);
}
