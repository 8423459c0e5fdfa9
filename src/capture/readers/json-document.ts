import { decodeUtf8, parseJson } from '../json-value.js';
import { type MalformedCapture, malformed, type PlacedCapture } from '../record.js';

export type JsonDocument = { readonly kind: 'document'; readonly value: unknown };

/** Parses a whole file as JSON; a byte order mark in front is dropped. */
export function parseDocument(bytes: Uint8Array): JsonDocument | MalformedCapture {
  const text = decodeUtf8(bytes);
  if (text === undefined) return malformed('The file is not valid UTF-8.');
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value === undefined) return malformed('The file is not valid JSON; it may be cut off.');
  return { kind: 'document', value };
}

/** The entries of a document in order, those that are undefined left out but counted. */
export function* eachEntry<Item>(
  items: readonly Item[],
  parse: (item: Item) => PlacedCapture | undefined,
): Generator<PlacedCapture> {
  for (const [index, item] of items.entries()) {
    const parsed = parse(item);
    if (parsed !== undefined) yield { ...parsed, entry: index + 1 };
  }
}
