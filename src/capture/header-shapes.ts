import type { Header } from '../ports.js';
import { isObject, listOf, memberOf, textOf } from './json-value.js';

/** Headers kept as `[{"name": …, "value": …}]`. */
export function headersFromNamedList(value: unknown): readonly Header[] {
  return (listOf(value) ?? []).flatMap((item) =>
    withText(textOf(memberOf(item, 'name')), [memberOf(item, 'value')]),
  );
}

/** Headers kept as `{name: value}` or `{name: [value, …]}`. */
export function headersFromMap(value: unknown): readonly Header[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, given]) => withText(name, listOf(given) ?? [given]));
}

function withText(name: string | undefined, values: readonly unknown[]): readonly Header[] {
  if (name === undefined) return [];
  return values.flatMap((value) => (typeof value === 'string' ? [[name, value] as const] : []));
}
