import { NO_END, nameText, skipBlanks, valueEnd, visitItems } from './scan.js';

/**
 * The exact text of a value inside a JSON text that is known to be valid, found by the keys and
 * indexes that lead to it. Of a key given twice the last one counts, as for `JSON.parse`.
 */
export function sourceOf(json: string, keys: readonly string[]): string | undefined {
  let at = skipBlanks(json, 0);
  for (const key of keys) {
    const inside = placeOf(json, at, key);
    if (inside === undefined) return undefined;
    at = inside;
  }
  const end = valueEnd(json, at);
  return end === NO_END ? undefined : json.slice(at, end);
}

function placeOf(json: string, start: number, key: string): number | undefined {
  let found: number | undefined;
  visitItems(json, start, (name, value) => {
    if (nameText(name) === key) found = value;
    return valueEnd(json, value);
  });
  return found;
}
