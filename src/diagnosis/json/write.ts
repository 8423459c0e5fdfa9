import type { Layout } from './layout.js';
import { endOfNumber } from './number-text.js';
import type { NumberStyle } from './numbers.js';
import { CHARACTER, NUMBER } from './places.js';
import type { JsonSource } from './source.js';
import { rewriteCharacter, type StringStyle, sizeOfCharacter, verbatimStrings } from './strings.js';

/** How a language writes JSON. */
export interface JsonStyle {
  readonly layout: Layout;
  readonly strings: StringStyle;
  /** Undefined keeps the text of numbers. */
  readonly numbers: NumberStyle | undefined;
  /** 1 for every character outside strings that is not simply copied. */
  readonly marked: Uint8Array;
}

/** A style; strings and numbers that are left out are copied as they stand. */
export function jsonStyle(
  layout: Layout,
  strings: StringStyle = verbatimStrings,
  numbers?: NumberStyle,
): JsonStyle {
  return { layout, strings, numbers, marked: markedIn(layout, numbers) };
}

/**
 * Writes JSON in a language's way, members in the order they stand. What was not JSON comes out
 * without meaning, and harmless.
 */
export function writeJson(source: JsonSource, style: JsonStyle): Buffer {
  const { text, inside } = source.laidOut(style.layout);
  const pieces: string[] = [];
  let copied = 0;
  for (let index = 0; index < inside.length; index += 2) {
    const kind = inside[index] ?? 0;
    const at = inside[index + 1] ?? 0;
    if (at < copied || !isRewritten(kind, text.charCodeAt(at), style)) continue;
    pieces.push(text.slice(copied, at));
    if (kind === CHARACTER) {
      pieces.push(rewriteCharacter(text, at, style.strings));
      copied = at + sizeOfCharacter(text, at);
    } else {
      copied = endOfNumber(text, at);
      pieces.push(rewriteNumber(text.slice(at, copied), style.numbers));
    }
  }
  pieces.push(text.slice(copied));
  return Buffer.from(pieces.join(''), 'latin1');
}

function markedIn(layout: Layout, numbers: NumberStyle | undefined): Uint8Array {
  const isPlain = layout.indent === undefined && layout.emptyObject === '{}';
  const characters = [
    '" \t\r\n',
    layout.comma === ',' && isPlain ? '' : ',',
    layout.colon === ':' ? '' : ':',
    isPlain ? '' : '{}[]',
    numbers === undefined ? '' : '-0123456789',
  ].join('');
  const marked = new Uint8Array(256);
  for (const character of characters) marked[character.charCodeAt(0)] = 1;
  return marked;
}

function isRewritten(kind: number, code: number, { strings, numbers }: JsonStyle): boolean {
  if (kind === CHARACTER) return strings.special[code] !== 0;
  if (numbers === undefined) return false;
  return kind !== NUMBER || numbers.floatsOnly;
}

function rewriteNumber(text: string, numbers: NumberStyle | undefined): string {
  return numbers === undefined ? text : numbers.write(text);
}
