import { type LaidOut, layOut } from './lay-out.js';
import type { Layout } from './layout.js';
import { findPlaces, type JsonPlaces } from './places.js';

/** JSON that is written in one language after another; what they share is worked out once. */
export interface JsonSource {
  readonly places: () => JsonPlaces;
  readonly laidOut: (layout: Layout) => LaidOut;
}

/** The text holds one character a byte, and is not checked to be JSON. */
export function jsonSource(text: () => string): JsonSource {
  let found: JsonPlaces | undefined;
  const layouts = new Map<Layout, LaidOut>();
  const places = () => {
    found ??= findPlaces(text());
    return found;
  };
  return {
    places,
    laidOut: (layout) => {
      const laidOut = layouts.get(layout) ?? layOut(places(), layout);
      layouts.set(layout, laidOut);
      return laidOut;
    },
  };
}
