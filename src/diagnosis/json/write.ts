// The room of JSON written anew: how each language writes layout, strings and numbers.
import { compact, type Layout } from './layout.js';
import type { NumberStyle } from './numbers.js';
import type { JsonSource } from './source.js';
import { type StringStyle, verbatimStrings } from './strings.js';

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
  const { text, starts } = source.laidOut(style.layout);
  const { inside } = source.places();
  const numbers = source.numbersIn(style.numbers);
  const characters = source.charactersIn(style.strings);
  const written: string[] = [];
  let copied = 0;
  for (let place = 0; place < inside.length; place += 1) {
    const piece = inside[place];
    const start = starts[place];
    if (piece === undefined || start === undefined) continue;
    const replacement = (piece.kind === 'number' ? numbers : characters)[piece.index];
    if (replacement === undefined || replacement === piece.text) continue;
    written.push(text.slice(copied, start), replacement);
    copied = start + piece.text.length;
  }
  written.push(text.slice(copied));
  return Buffer.from(written.join(''), 'latin1');
}

/** What a style makes of this JSON: styles with the same effect write the same bytes. */
export function effectOf(source: JsonSource, style: JsonStyle): string {
  const characters = source.charactersIn(style.strings).join(' ');
  const numbers = source.numbersIn(style.numbers).join(' ');
  return `${layoutName(style.layout)}\n${characters}\n${numbers}`;
}

function layoutName(layout: Layout): string {
  return layout === compact ? '' : JSON.stringify(layout);
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
