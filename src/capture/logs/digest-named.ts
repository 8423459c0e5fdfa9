import { isObject, listOf, memberOf } from '../json-value.js';
import { namesDigest } from '../left-over.js';
import { objectInside } from './field-path.js';

const DEEPEST = 12;

/**
 * The value of what is called like the digest header in a record of a log: a member, an item of a list
 * of names and values, or one inside a string of JSON. What came in the body itself is none.
 */
export function digestNamed(record: unknown, body: unknown, depth = 0): unknown {
  if (depth > DEEPEST || (record === body && body !== undefined)) return undefined;
  if (typeof record === 'string') {
    const inside = namesDigest(record) ? objectInside(record) : undefined;
    return inside === undefined ? undefined : digestNamed(inside.value, body, depth + 1);
  }
  return listOf(record) === undefined ? inObject(record, body, depth) : inList(record, body, depth);
}

function inObject(record: unknown, body: unknown, depth: number): unknown {
  if (!isObject(record)) return undefined;
  const name = Object.keys(record).find((key) => namesDigest(key));
  if (name !== undefined) return record[name];
  return first(Object.values(record), (item) => digestNamed(item, body, depth + 1));
}

/** `{name, value}`, `{key, value}` with a text or one in an object, `[name, value]`. */
function inList(record: unknown, body: unknown, depth: number): unknown {
  const items = listOf(record) ?? [];
  const [name, value] = items;
  if (items.length === 2 && typeof name === 'string' && namesDigest(name)) return value;
  return first(items, (item) => {
    const named = memberOf(item, 'name') ?? memberOf(item, 'key');
    if (typeof named !== 'string' || !namesDigest(named)) return digestNamed(item, body, depth + 1);
    const given = memberOf(item, 'value') ?? memberOf(item, 'values');
    return memberOf(given, 'stringValue') ?? given;
  });
}

function first<Item>(items: readonly Item[], look: (item: Item) => unknown): unknown {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
