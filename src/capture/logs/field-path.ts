import { sourceOf } from '../../json/source-of.js';
import { decodeUtf8, isObject, memberOf } from '../json-value.js';
import { loggedBytes } from './logged-bytes.js';
import { type LoggedValue, valuesIn } from './values-in.js';

/** A value found by a dotted path. */
export interface FoundField {
  readonly value: unknown;
  /** Its exact JSON; undefined where it was not JSON that held it. */
  readonly json: string | undefined;
}

/**
 * Follows a dotted path such as `request.headers.x-payload-digest` or `attempts.0.body`, also into
 * strings and bytes that hold JSON. A key that itself has dots is found too; where no key is spelled
 * like this, one in another case is.
 */
export function findField(logged: LoggedValue, path: string): FoundField | undefined {
  return follow({ root: logged, keys: [], value: logged.value }, path.split('.'));
}

/** The object inside a text or bytes that a log keeps, where it is the only one there. */
export function objectInside(value: unknown): LoggedValue | undefined {
  const text = typeof value === 'string' ? value : textOfBytes(value);
  if (text?.includes('{') !== true) return undefined;
  const { values, isBroken } = valuesIn(text);
  return isBroken ? undefined : values.find((inside) => isObject(inside.value));
}

/** Where the way has come to: the keys lead there from the last JSON text that was entered. */
interface Here {
  readonly root: LoggedValue;
  readonly keys: readonly string[];
  readonly value: unknown;
}

function follow(here: Here, names: readonly string[]): FoundField | undefined {
  if (names.length === 0) return foundAt(here);
  for (let count = names.length; count > 0; count -= 1) {
    const key = keyIn(here.value, names.slice(0, count).join('.'));
    const found = key === undefined ? undefined : follow(under(here, key), names.slice(count));
    if (found !== undefined) return found;
  }
  const inside = objectInside(here.value);
  if (inside === undefined) return undefined;
  return follow({ root: inside, keys: [], value: inside.value }, names);
}

function foundAt({ root, keys, value }: Here): FoundField {
  return { value, json: root.json === undefined ? undefined : sourceOf(root.json, keys) };
}

function under({ root, keys, value }: Here, key: string): Here {
  const inside = Array.isArray(value) ? value[Number(key)] : memberOf(value, key);
  return { root, keys: [...keys, key], value: inside };
}

function keyIn(value: unknown, name: string): string | undefined {
  if (Array.isArray(value))
    return Object.hasOwn(value, name) && /^\d+$/.test(name) ? name : undefined;
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(value).find((key) => key.toLowerCase() === wanted);
}

function textOfBytes(value: unknown): string | undefined {
  const bytes = typeof value === 'object' ? loggedBytes(value) : undefined;
  return bytes === undefined ? undefined : decodeUtf8(bytes);
}
