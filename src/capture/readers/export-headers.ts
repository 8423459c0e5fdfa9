import type { Header } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { isObject, listOf, memberOf, textOf } from '../json-value.js';

const KEYS = ['headers', 'header', 'requestHeaders', 'request_headers'];

/** The headers of an exported request, in whichever of the usual shapes; undefined where it has none. */
export function exportHeaders(value: unknown): readonly Header[] | undefined {
  for (const key of KEYS) {
    const given = memberOf(value, key);
    const listed = listOf(given);
    if (listed !== undefined) return listed.flatMap(fromItem);
    if (isObject(given)) return Object.entries(given).flatMap(([name, item]) => named(name, item));
  }
  return headersBesideBody(value);
}

/** smee puts the headers beside the body, as members of one object. */
function headersBesideBody(value: unknown): readonly Header[] | undefined {
  if (!isObject(value) || !Object.hasOwn(value, 'body')) return undefined;
  const names = Object.keys(value);
  const isSmee = names.some((name) => name.toLowerCase() === DIGEST_HEADER.toLowerCase());
  if (!isSmee) return undefined;
  return names
    .filter((name) => name.includes('-') || name === 'host')
    .flatMap((name) => named(name, value[name]));
}

/** `{name, value}`, `{key, value}`, `{name, values}`, `[name, value]` or `Name: value`. */
function fromItem(item: unknown): readonly Header[] {
  if (memberOf(item, 'disabled') === true || memberOf(item, 'enabled') === false) return [];
  if (typeof item === 'string') {
    const colon = item.indexOf(':');
    return colon < 1 ? [] : [[item.slice(0, colon).trim(), item.slice(colon + 1).trim()]];
  }
  const [pairName, pairValue] = listOf(item) ?? [];
  if (typeof pairName === 'string') return named(pairName, pairValue);
  const name = textOf(memberOf(item, 'name')) ?? textOf(memberOf(item, 'key'));
  if (name === undefined) return [];
  return named(name, memberOf(item, 'values') ?? memberOf(item, 'value'));
}

/** A value, several, or what a mapping of WireMock wants it to be equal to. */
function named(name: string, given: unknown): readonly Header[] {
  const values = listOf(given) ?? [memberOf(given, 'equalTo') ?? given];
  return values.flatMap((value) => (typeof value === 'string' ? [[name, value] as const] : []));
}
