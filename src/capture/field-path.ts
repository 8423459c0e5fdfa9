import { isObject, memberOf } from './json-value.js';

/** A value found by a dotted path, and the keys that lead to it. */
export interface FoundField {
  readonly keys: readonly string[];
  readonly value: unknown;
}

/**
 * Follows a dotted path such as `request.headers.x-payload-digest` or `attempts.0.body`. A key that
 * itself has dots is found too; where no key is spelled like this, one in another case is.
 */
export function findField(value: unknown, path: string): FoundField | undefined {
  return follow(value, path.split('.'), []);
}

function follow(
  value: unknown,
  names: readonly string[],
  keys: readonly string[],
): FoundField | undefined {
  if (names.length === 0) return { keys, value };
  for (let count = names.length; count > 0; count -= 1) {
    const key = keyIn(value, names.slice(0, count).join('.'));
    const found =
      key === undefined
        ? undefined
        : follow(inside(value, key), names.slice(count), [...keys, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyIn(value: unknown, name: string): string | undefined {
  if (Array.isArray(value))
    return Object.hasOwn(value, name) && /^\d+$/.test(name) ? name : undefined;
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(value).find((key) => key.toLowerCase() === wanted);
}

function inside(value: unknown, key: string): unknown {
  return Array.isArray(value) ? value[Number(key)] : memberOf(value, key);
}
