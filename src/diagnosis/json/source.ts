import { findPlaces, type JsonPlaces } from '../../json/places.js';
import { type LaidOut, layOut } from './lay-out.js';
import type { Layout } from './layout.js';
import type { NumberStyle } from './numbers.js';
import { rewriteCharacter, type StringStyle } from './strings.js';

/** JSON that is written in one language after another; what they share is worked out once. */
export interface JsonSource {
  readonly places: () => JsonPlaces;
  readonly laidOut: (layout: Layout) => LaidOut;
  /** What a language writes for each number there is. */
  readonly numbersIn: (style: NumberStyle | undefined) => readonly string[];
  /** What it writes for each character there is. */
  readonly charactersIn: (style: StringStyle) => readonly string[];
}

/** The text holds one character a byte, and is not checked to be JSON. */
export function jsonSource(text: () => string): JsonSource {
  let found: JsonPlaces | undefined;
  const places = () => {
    found ??= findPlaces(text());
    return found;
  };
  return {
    places,
    laidOut: memoised((layout) => layOut(places(), layout)),
    numbersIn: memoised((style) =>
      places().numbers.map((number) => style?.write(number) ?? number),
    ),
    charactersIn: memoised((style) =>
      places().characters.map((character) =>
        style.special[character.charCodeAt(0)] === 0
          ? character
          : rewriteCharacter(character, 0, style),
      ),
    ),
  };
}

function memoised<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? work(key);
    known.set(key, value);
    return value;
  };
}
