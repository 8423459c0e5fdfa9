import { asBuffer, isObject, listOf, parseJson } from '../json-value.js';
import { bodiesIn } from './bodies-in.js';
import { fieldOf } from './body-field.js';
import { objectInside } from './field-path.js';
import { loggedBytes } from './logged-bytes.js';
import { valuesIn } from './values-in.js';

const DIGEST = /^[0-9a-f]{40}$/i;
/** Other keys are not spelled out: a path of them could not be typed as it is. */
const TYPEABLE = /^[\w@.-]+$/;
const DEEPEST = 12;
const LONGEST_PATH = 200;

type Path = readonly (string | number)[];

interface SeenField {
  digest?: Path;
  body?: Path;
}

export const ANY_FIELDS =
  'Name the fields that hold them with --body-field and --digest-field, as dotted paths.';

/** What to type so that a log is read: the fields of its first record that has both. */
export function suggestFields(head: Uint8Array): string | undefined {
  const { values } = valuesIn(asBuffer(head).toString('utf8'));
  for (const { value } of values) {
    const seen: SeenField = {};
    look(value, [], seen);
    const hint = hintOf(seen);
    if (hint !== undefined) return hint;
  }
  return undefined;
}

/** Where the first records of a file hold what looks like a body, as paths that can be typed. */
export function suggestBody(head: Uint8Array): readonly string[] {
  const { values } = valuesIn(asBuffer(head).toString('utf8'));
  const fields = values.flatMap(({ value }) => {
    const digest = digestBeside(value, undefined)?.split('.') ?? [];
    return bodiesIn(value).map(({ path }) => fieldOf(path.slice(recordStart(digest, path))));
  });
  return [...new Set(fields.flatMap((field) => field ?? []))];
}

function hintOf({ digest, body }: SeenField): string | undefined {
  if (digest === undefined || body === undefined) return undefined;
  const start = recordStart(digest, body);
  const fields = [body, digest].map((path) => path.slice(start).map(String));
  if (!fields.flat().every((key) => TYPEABLE.test(key))) return undefined;
  const [bodyField, digestField] = fields.map((keys) => keys.join('.'));
  return `Say where it keeps them: --body-field ${bodyField} --digest-field ${digestField}.`;
}

/** Behind the last list that both are in: a path need not lead through the list of records. */
function recordStart(one: Path, other: Path): number {
  let start = 0;
  for (let at = 0; one[at] !== undefined && one[at] === other[at]; at += 1) {
    if (/^\d+$/.test(String(one[at]))) start = at + 1;
  }
  return start;
}

/** Notes the first digest and the first body; a list is left as soon as it has shown both. */
function look(value: unknown, path: Path, seen: SeenField): void {
  if (path.length > DEEPEST || (seen.digest !== undefined && seen.body !== undefined)) return;
  const wrapped = wrappedRecord(value);
  if (wrapped !== undefined) lookInside(wrapped, path, seen);
  else if (typeof value === 'string' && DIGEST.test(value)) seen.digest ??= path;
  else if (isBody(value)) seen.body ??= path;
  else lookInside(value, path, seen);
}

/** What Docker, the journal and collectors keep as text: a line of JSON, with the digest in it. */
function wrappedRecord(value: unknown): unknown {
  if (typeof value !== 'string' || !value.includes('{')) return undefined;
  const inside = objectInside(value)?.value;
  const isRecord = inside !== undefined && digestBeside(inside, undefined) !== undefined;
  return isRecord ? inside : undefined;
}

function lookInside(value: unknown, path: Path, seen: SeenField): void {
  const list = listOf(value);
  const entries: Iterable<readonly [string | number, unknown]> =
    list?.entries() ?? (isObject(value) ? Object.entries(value) : []);
  for (const [key, item] of entries) look(item, [...path, key], seen);
}

function isBody(value: unknown): boolean {
  if (typeof value === 'string')
    return value.trimStart().startsWith('{') && isObject(parseJson(value));
  const bytes = loggedBytes(value);
  return bytes !== undefined && bytes[0] === 0x7b;
}

/** The path to a digest beside a body in a record of a log, and undefined where there is none. */
export function digestBeside(record: unknown, body: unknown, path = ''): string | undefined {
  if (record === body || path.length > LONGEST_PATH) return undefined;
  if (typeof record === 'string') return DIGEST.test(record) ? path : undefined;
  const entries = listOf(record)?.entries() ?? (isObject(record) ? Object.entries(record) : []);
  for (const [key, item] of entries) {
    const found = digestBeside(item, body, path === '' ? String(key) : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
