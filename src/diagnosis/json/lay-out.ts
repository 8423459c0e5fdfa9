import { INSIDE, type JsonPlaces, PUNCTUATION } from '../../json/places.js';
import { skipBlanks } from '../../json/scan.js';
import {
  closeText,
  commaText,
  compact,
  emptyText,
  type Layout,
  type Nesting,
  openText,
  outermost,
} from './layout.js';

/** JSON in one layout, one character a byte. */
export interface LaidOut {
  readonly text: string;
  /** Where each of its pieces, which are numbers and characters, starts. */
  readonly starts: readonly number[];
}

/** Puts JSON into a layout; numbers and strings stay as they are. */
export function layOut(places: JsonPlaces, layout: Layout): LaidOut {
  if (layout === compact && !places.hasSpace) return asItStands(places);
  const { text, all } = places;
  const pass: Pass = { text, nesting: outermost(layout), pieces: [], written: 0, copied: 0 };
  const starts: number[] = [];
  for (let index = 0; index < all.length; index += 2) {
    const kind = all[index];
    const at = all[index + 1] ?? 0;
    if (at < pass.copied) continue;
    if (kind === INSIDE) starts.push(pass.written + at - pass.copied);
    else if (kind === PUNCTUATION) writePunctuation(pass, at);
    else replace(pass, at, at + 1, '');
  }
  pass.pieces.push(text.slice(pass.copied));
  return { text: pass.pieces.join(''), starts };
}

function asItStands({ text, all }: JsonPlaces): LaidOut {
  return { text, starts: all.filter((_, index) => index % 2 === 1 && all[index - 1] === INSIDE) };
}

interface Pass {
  readonly text: string;
  readonly nesting: Nesting;
  readonly pieces: string[];
  /** How long the pieces are together. */
  written: number;
  /** Up to here the text has been written. */
  copied: number;
}

function writePunctuation(pass: Pass, at: number): void {
  const { text, nesting } = pass;
  const character = text[at];
  if (character === ',') replace(pass, at, at + 1, commaText(nesting));
  else if (character === ':') replace(pass, at, at + 1, nesting.layout.colon);
  else if (character === '{' || character === '[') writeOpen(pass, at, character);
  else replace(pass, at, at + 1, closeText(nesting, character === '}' ? '}' : ']'));
}

function writeOpen(pass: Pass, at: number, bracket: '{' | '['): void {
  const next = skipBlanks(pass.text, at + 1);
  const isEmpty = pass.text[next] === '}' || pass.text[next] === ']';
  if (isEmpty) replace(pass, at, next + 1, emptyText(pass.nesting, bracket));
  else replace(pass, at, next, openText(pass.nesting, bracket));
}

/** Writes what stands before `start`, and something else instead of what stands from there to `end`. */
function replace(pass: Pass, start: number, end: number, replacement: string): void {
  pass.pieces.push(pass.text.slice(pass.copied, start), replacement);
  pass.written += start - pass.copied + replacement.length;
  pass.copied = end;
}
