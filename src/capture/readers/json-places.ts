import { nameText, valueEnd, visitItems } from '../../json/scan.js';

/** A value of a document and where its exact text is, which is only looked for when asked. */
export interface PlacedValue {
  readonly value: unknown;
  readonly source: () => string;
  /** The member or item of this key, if there is one. */
  readonly at: (key: string) => PlacedValue | undefined;
  /** Members in the order of the document, or items by their index. */
  readonly children: () => Iterable<readonly [key: string, child: PlacedValue]>;
}

/** Each list and object is searched for its members once at most, however many are asked for. */
export function placedDocument(json: string, value: unknown): PlacedValue {
  return placed(json, value, () => json.search(/\S/));
}

function placed(json: string, value: unknown, start: () => number): PlacedValue {
  let places: ReadonlyMap<string, number> | undefined;
  const placeOf = (key: string) => {
    places ??= placesIn(json, start());
    return places.get(key) ?? json.length;
  };
  const child = (key: string, inside: unknown) => placed(json, inside, () => placeOf(key));
  return {
    value,
    source: () => json.slice(start(), valueEnd(json, start())),
    at: (key) => {
      const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
      return isThere ? child(key, Reflect.get(value, key)) : undefined;
    },
    children: function* children() {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inside] of Object.entries(value)) yield [key, child(key, inside)];
    },
  };
}

function placesIn(json: string, start: number): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  visitItems(json, start, (name, at) => {
    places.set(nameText(name), at);
    return valueEnd(json, at);
  });
  return places;
}
