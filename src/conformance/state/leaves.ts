import { isLosslessNumber, parse } from 'lossless-json';
import { parseAmount, shortText } from '../../json/exact-number.js';
import type { ProbeReading, UnsuccessfulEnd } from '../../ports.js';
import { entriesOf, isHistory } from './history.js';
import { textTree } from './text-tree.js';

/**
 * A state as what is at the end of each path: `items[].price` has one text for each item, sorted,
 * because the order in which a receiver lists things is its own affair. Strings keep their quotes.
 */
export type Leaves = ReadonlyMap<string, readonly string[]>;

/** Gives a string of the state another spelling, e.g. a known id its place-holder. */
export type Rename = (text: string) => string;

const STRING_OR_BRACKET = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs;
const FRACTION = /^-?\d+\.\d+$/;

/** Control characters that no text has: an archive, a picture, what is packed or encrypted. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/** The path of a state that is a single value. */
export const WHOLE = '(state)';

const NOT_READ = '(not read: ';

/** Whether a look failed, so that it says nothing of the receiver. */
export function isUnread(leaves: Leaves): boolean {
  return leaves.size === 1 && leaves.get(WHOLE)?.[0]?.startsWith(NOT_READ) === true;
}

/**
 * Reads what a probe answered. Numbers keep their digits; text that is no JSON is read by its lines. What is
 * known to be a history in one string is read as the list that it is; those that show it are added.
 */
export function readLeaves(
  reading: ProbeReading,
  rename: Rename,
  focus: (state: unknown) => unknown = (state) => state,
  histories: Set<string> = new Set(),
): Leaves {
  if (reading.unread !== undefined)
    return new Map([[WHOLE, [`${NOT_READ}${reading.unread.kind})`]]]);
  if (reading.status !== undefined && (reading.status < 200 || reading.status > 299)) {
    return new Map([[WHOLE, [`(answered ${reading.status})`]]]);
  }
  if (reading.ended !== undefined) return new Map([[WHOLE, [endText(reading.ended)]]]);
  if (BINARY.test(reading.text)) return new Map([[WHOLE, ['(binary data)']]]);
  const leaves = new Map<string, string[]>();
  gather(focus(parsed(reading.text)), '', { leaves, rename, histories });
  for (const texts of leaves.values()) texts.sort();
  return leaves;
}

/** What a command that ended without success is read as: like a status, not by what it said. */
function endText({ exitCode, isNothingYet }: UnsuccessfulEnd): string {
  return isNothingYet ? '(nothing yet)' : `(ended with ${exitCode})`;
}

/** Whether a dotted path, as a user types it, names this path or something around it. */
export function isWithin(path: string, wanted: string): boolean {
  const plain = plainPath(path);
  const around = plainPath(wanted);
  return plain === around || plain.startsWith(`${around}.`);
}

function plainPath(path: string): string {
  return path
    .replace(/\[\d*\]/g, '')
    .replace(/ count$/, '')
    .split('.')
    .filter((step) => !/^\d+$/.test(step))
    .join('.');
}

/** A state is nested a few levels deep. What is nested for its own sake is text. */
const DEEPEST = 100;

function parsed(text: string): unknown {
  if (isDeeperThan(DEEPEST, text)) return textTree(text.trim());
  const json = jsonOf(text);
  return json === undefined ? (jsonLines(text) ?? textTree(text.trim())) : json;
}

/** What a text is the JSON of; undefined of any other. */
function jsonOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** A list of what each line says, where each is an object of JSON by itself. */
function jsonLines(text: string): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0 || !lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) return undefined;
  return jsonOf(`[${lines.join(',')}]`);
}

/** Whether brackets are open within one another so often, wherever they stand. */
function isDeeperThan(most: number, text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(STRING_OR_BRACKET)) {
    if (bracket === '[' || bracket === '{') depth += 1;
    else if (bracket === ']' || bracket === '}') depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

interface Gathering {
  readonly leaves: Map<string, string[]>;
  readonly rename: Rename;
  readonly histories: Set<string>;
}

function gather(value: unknown, path: string, gathering: Gathering): void {
  const { leaves, rename, histories } = gathering;
  if (Array.isArray(value)) {
    if (isTuple(value)) {
      for (const [place, item] of value.entries()) gather(item, `${path}[${place}]`, gathering);
      return;
    }
    add(leaves, `${path}[] count`, String(value.length));
    for (const item of value) gather(item, `${path}[]`, gathering);
    return;
  }
  if (typeof value === 'object' && value !== null && !isLosslessNumber(value)) {
    const members = Object.entries(value);
    if (members.length === 0) add(leaves, path, '{}');
    for (const [key, member] of members) {
      const named = rename(key);
      const step = named === key && isOpaque(key) ? ANY_KEY : named;
      gather(member, path === '' ? step : `${path}.${step}`, gathering);
    }
    return;
  }
  const within = typeof value === 'string' ? objectIn(value) : undefined;
  if (within !== undefined) {
    gather(within, path, gathering);
    return;
  }
  if (typeof value === 'string' && (histories.has(path) || isHistory(value))) {
    histories.add(path);
    gather(entriesOf(value), path, gathering);
    return;
  }
  add(leaves, path, leafText(value, rename));
}

/** The object, or the list, that a string is the JSON of. */
function objectIn(text: string): unknown {
  if (!/^\s*(?:\{.*\}|\[.*\])\s*$/s.test(text) || isDeeperThan(DEEPEST, text)) return undefined;
  return jsonOf(text);
}

/** What a member is called whose key is an id that nobody knows. */
const ANY_KEY = '‹key›';
const HAS_DIGIT = /\d/;
const OPAQUE = [
  // Numbers of its own, alone or with a prefix, and times.
  /^#?(?:[a-z]{1,12}[-_:/])?(?:\d+[-_:/])*\d+$/i,
  /^\d{4}-\d\d-\d\d[T ]/,
  // Hashes and their first characters, UUIDs, ULIDs and the like, and the keys that Firebase makes.
  /^#?(?:[a-z]{1,12}[-_:/])?(?=\D*\d)[0-9a-f]{8,}$/i,
  /^(?:[a-z]{1,12}[-_:/])?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^(?:[a-z]{1,12}[-_:/])?(?=(?:[a-z]*\d){3})[0-9a-z]{10,}$/i,
  /^-[\w-]{15,}$/,
];

/**
 * Whether a key is made up anew for each resource, such as a number of its own or a hash: members under
 * such keys are told apart by what they say, as those of a list are.
 */
function isOpaque(key: string): boolean {
  return (HAS_DIGIT.test(key) || key.startsWith('-')) && OPAQUE.some((form) => form.test(key));
}

const LONGEST_TUPLE = 4;

/** A short list of a word and a number, such as `["paid", 149.9]`: each place means something else. */
function isTuple(value: readonly unknown[]): boolean {
  if (
    value.length > LONGEST_TUPLE ||
    value.some((item) => Object(item) === item && !isLosslessNumber(item))
  )
    return false;
  const isNumber = (item: unknown) =>
    isLosslessNumber(item) || (typeof item === 'string' && parseAmount(item) !== undefined);
  const isWord = (item: unknown) => typeof item === 'string' && !isNumber(item);
  return value.some(isNumber) && value.some(isWord);
}

function leafText(value: unknown, rename: Rename): string {
  if (typeof value === 'string') return JSON.stringify(shortest(rename(value)));
  if (!isLosslessNumber(value)) return String(value);
  const decimal = parseAmount(value.value);
  return decimal === undefined ? value.value : shortText(decimal);
}

/** Money in a string: `0.00` and `0` are the same. */
function shortest(text: string): string {
  const decimal = FRACTION.test(text) ? parseAmount(text) : undefined;
  return decimal === undefined ? text : shortText(decimal);
}

function add(leaves: Map<string, string[]>, path: string, text: string): void {
  const name = path === '' ? WHOLE : path;
  const texts = leaves.get(name);
  if (texts === undefined) leaves.set(name, [text]);
  else texts.push(text);
}
