import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  type JsonTokens,
  LITERAL_NULL,
  OPEN_ARRAY,
  OPEN_OBJECT,
  STRIDE,
} from './tokens.js';

/** What happens to the members of every object. Of members with one name the last value stays. */
export interface MemberOrder {
  readonly order: 'kept' | 'sorted';
  readonly nulls: 'kept' | 'dropped';
}

/** The tokens with the members of every object put in another order. */
export function rearrange(tokens: JsonTokens, order: MemberOrder): JsonTokens {
  const placed: number[] = [];
  place(tokens, 0, order, placed);
  const table = new Int32Array(placed.length * STRIDE);
  placed.forEach((from, to) => {
    table.set(tokens.table.subarray(from * STRIDE, (from + 1) * STRIDE), to * STRIDE);
  });
  return { bytes: tokens.bytes, table, count: placed.length };
}

/** As a map reads them: the last value in the first place; undefined when no name occurs twice. */
export function withoutDuplicates(tokens: JsonTokens): JsonTokens | undefined {
  const unique = rearrange(tokens, { order: 'kept', nulls: 'kept' });
  return unique.count === tokens.count ? undefined : unique;
}

/** True when every object's members stand in the order of their names and some object has `many`. */
export function isSorted(tokens: JsonTokens, many: number): boolean {
  let most = 0;
  for (let index = 0; index < tokens.count; index += 1) {
    if (kindAt(tokens, index) !== OPEN_OBJECT) continue;
    const names = [...membersOf(tokens, index)].map((member) => member.name);
    if (names.some((name, at) => name < (names[at - 1] ?? ''))) return false;
    most = Math.max(most, names.length);
  }
  return most >= many;
}

interface Member {
  readonly name: string;
  /** Index of the key's token. */
  readonly key: number;
  /** Index of the first token of the value. */
  readonly value: number;
}

/** Places the value that starts at a token; gives the index after it. */
function place(tokens: JsonTokens, index: number, order: MemberOrder, placed: number[]): number {
  const kind = kindAt(tokens, index);
  placed.push(index);
  if (kind !== OPEN_OBJECT && kind !== OPEN_ARRAY) return index + 1;
  const end = afterValue(tokens, index);
  if (kind === OPEN_OBJECT) placeMembers(tokens, index, order, placed);
  else for (let at = index + 1; at < end - 1; ) at = place(tokens, at, order, placed);
  placed.push(end - 1);
  return end;
}

function placeMembers(
  tokens: JsonTokens,
  index: number,
  order: MemberOrder,
  placed: number[],
): void {
  const unique = new Map<string, Member>();
  for (const member of membersOf(tokens, index)) unique.set(member.name, member);
  const members = [...unique.values()];
  if (order.order === 'sorted') members.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { key, value } of members) {
    if (order.nulls === 'dropped' && kindAt(tokens, value) === LITERAL_NULL) continue;
    placed.push(key);
    place(tokens, value, order, placed);
  }
}

function* membersOf(tokens: JsonTokens, index: number): Iterable<Member> {
  let at = index + 1;
  while (kindAt(tokens, at) !== CLOSE_OBJECT) {
    yield { name: nameAt(tokens, at), key: at, value: at + 1 };
    at = afterValue(tokens, at + 1);
  }
}

/** The name's UTF-8 bytes, one character a byte: in that form names sort by code point. */
function nameAt(tokens: JsonTokens, index: number): string {
  const start = tokens.table[index * STRIDE + 1] ?? 0;
  const end = tokens.table[index * STRIDE + 2] ?? 0;
  const raw = Buffer.from(tokens.bytes.buffer, tokens.bytes.byteOffset + start, end - start);
  const text = raw.toString('latin1', 1, raw.length - 1);
  return text.includes('\\') ? (unescaped(raw) ?? text) : text;
}

function unescaped(quoted: Buffer): string | undefined {
  try {
    return Buffer.from(String(JSON.parse(quoted.toString()))).toString('latin1');
  } catch {
    return undefined;
  }
}

/** The index after the value that starts at a token. */
export function afterValue(tokens: JsonTokens, index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.count; at += 1) {
    const kind = kindAt(tokens, at);
    if (kind === OPEN_OBJECT || kind === OPEN_ARRAY) depth += 1;
    else if (kind === CLOSE_OBJECT || kind === CLOSE_ARRAY) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return tokens.count;
}

function kindAt(tokens: JsonTokens, index: number): number {
  return tokens.table[index * STRIDE] ?? 0;
}
