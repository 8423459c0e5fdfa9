import type { Layout } from './layout.js';
import { endOfNumber } from './number-text.js';
import type { NumberStyle } from './numbers.js';
import { CHARACTER, type JsonPlaces, ODD_NUMBER } from './places.js';
import type { JsonStyle } from './write.js';

/** What there is in a JSON document that languages write in different ways. */
export interface JsonTraits {
  /** The ASCII characters it holds that some language escapes. */
  readonly characters: readonly number[];
  readonly hasBeyondAscii: boolean;
  readonly hasLineSeparators: boolean;
  readonly hasEscapes: boolean;
  /** The numbers that not every language writes as they stand, in one language's way. */
  readonly numbersIn: (style: NumberStyle | undefined) => string;
}

const SOMEWHERE_ESCAPED = [...'/<>&\'=+`\x7f"\b\f'].map((character) => character.charCodeAt(0));
const BACKSLASH = 0x5c;
/** U+2028 or U+2029 in UTF-8, one character a byte. */
const LINE_SEPARATOR = /\xe2\x80[\xa8\xa9]/;

export function traitsOf(places: JsonPlaces): JsonTraits {
  const held = charactersIn(places);
  const hasEscapes = held.has(BACKSLASH);
  return {
    characters: SOMEWHERE_ESCAPED.filter((code) => hasEscapes || held.has(code)),
    hasBeyondAscii: hasEscapes || [...held].some((code) => code >= 0x80),
    hasLineSeparators: hasEscapes || LINE_SEPARATOR.test(places.text),
    hasEscapes,
    numbersIn: numbersWriter(oddNumbers(places)),
  };
}

/** Styles with one effect write a document with these traits alike; which spares writing it again. */
export function effectOf(style: JsonStyle, traits: JsonTraits): string {
  return [layoutName(style), numberEffect(style, traits), stringEffect(style, traits)].join('|');
}

const layoutNames = new WeakMap<Layout, string>();

function layoutName({ layout }: JsonStyle): string {
  const name = layoutNames.get(layout) ?? JSON.stringify(layout);
  layoutNames.set(layout, name);
  return name;
}

function numberEffect({ numbers }: JsonStyle, traits: JsonTraits): string {
  if (numbers?.floatsOnly) return `floats ${numbers.write('10000000')}`;
  return traits.numbersIn(numbers);
}

function stringEffect({ strings }: JsonStyle, traits: JsonTraits): string {
  const shown = traits.characters.map((code) => strings.ascii[code] ?? '');
  if (traits.hasEscapes) shown.push(strings.escapes);
  if (traits.hasBeyondAscii) shown.push(strings.beyondAscii);
  if (traits.hasLineSeparators) shown.push(strings.lineSeparators);
  const isHexShown = traits.hasEscapes || strings.beyondAscii === 'escaped';
  return [...shown, isHexShown ? strings.hex : ''].join(' ');
}

/** Writes the numbers once for each language: many styles share one. */
function numbersWriter(numbers: readonly string[]): JsonTraits['numbersIn'] {
  const written = new Map<NumberStyle | undefined, string>();
  return (style) => {
    const known = written.get(style);
    if (known !== undefined) return known;
    const text = numbers.map((number) => style?.write(number) ?? number).join(' ');
    written.set(style, text);
    return text;
  };
}

function charactersIn({ text, inside }: JsonPlaces): ReadonlySet<number> {
  const codes = new Set<number>();
  for (let index = 0; index < inside.length; index += 2) {
    if (inside[index] === CHARACTER) codes.add(text.charCodeAt(inside[index + 1] ?? 0));
  }
  return codes;
}

function oddNumbers({ text, inside }: JsonPlaces): readonly string[] {
  const numbers = new Set<string>();
  for (let index = 0; index < inside.length; index += 2) {
    const start = inside[index + 1] ?? 0;
    if (inside[index] === ODD_NUMBER) numbers.add(text.slice(start, endOfNumber(text, start)));
  }
  return [...numbers];
}
