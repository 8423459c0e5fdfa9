// The room of logs: what tools put around JSON, and where in it a request may stand.
import { sourceOf } from '../../json/source-of.js';
import { isObject, listOf } from '../json-value.js';
import { objectInside } from './field-path.js';
import type { LoggedValue } from './values-in.js';

const DEEPEST = 8;

/**
 * The records of a log inside one value: the value itself, or what wraps it holds: a list, the lists
 * of an export, a string of JSON such as Docker's `log` or the journal's `MESSAGE`.
 */
export function* recordsIn(
  logged: LoggedValue,
  isRecord: (logged: LoggedValue) => boolean,
  depth = 0,
): Generator<LoggedValue> {
  if (depth > DEEPEST) return;
  if (isObject(logged.value) && isRecord(logged)) return yield logged;
  for (const inside of insidesOf(logged)) yield* recordsIn(inside, isRecord, depth + 1);
}

function* insidesOf({ value, json }: LoggedValue): Generator<LoggedValue> {
  const entries = listOf(value)?.entries() ?? (isObject(value) ? Object.entries(value) : []);
  for (const [key, item] of entries) {
    const inside = objectInside(item);
    if (inside !== undefined) yield inside;
    else if (typeof item === 'object' && item !== null) {
      yield { value: item, json: json === undefined ? undefined : sourceOf(json, [String(key)]) };
    }
  }
}
