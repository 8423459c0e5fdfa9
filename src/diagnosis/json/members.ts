import { everyNode, type JsonNode, type Member, type Span } from '../../json/tree.js';

/** What happens to the members of every object. Of members with one name the last value stays. */
export interface MemberOrder {
  readonly order: 'kept' | 'sorted' | 'sorted-at-the-top' | 'by-length';
  readonly nulls: 'kept' | 'dropped';
}

export const AS_THEY_ARE: MemberOrder = { order: 'kept', nulls: 'kept' };
export const SORTED: MemberOrder = { order: 'sorted', nulls: 'kept' };
export const BY_LENGTH: MemberOrder = { order: 'by-length', nulls: 'kept' };

/** The JSON, compact, with the members of every object put in another order. */
export function rearrange(tree: JsonNode, text: string, order: MemberOrder): string {
  switch (tree.kind) {
    case 'object': {
      const inside: MemberOrder =
        order.order === 'sorted-at-the-top' ? { ...order, order: 'kept' } : order;
      return `{${ordered(tree.members, text, order)
        .map(({ key, value }) => `${textOf(key, text)}:${rearrange(value, text, inside)}`)
        .join(',')}}`;
    }
    case 'array':
      return `[${tree.items.map((item) => rearrange(item, text, order)).join(',')}]`;
    case 'string':
    case 'number':
    case 'word':
      return textOf(tree, text);
    default:
      return tree satisfies never;
  }
}

/** The JSON, compact, with what a change makes of each string that is a value, quotes and all. */
export function withStrings(
  tree: JsonNode,
  text: string,
  change: (quoted: string) => string,
): string {
  switch (tree.kind) {
    case 'object':
      return `{${tree.members
        .map(({ key, value }) => `${textOf(key, text)}:${withStrings(value, text, change)}`)
        .join(',')}}`;
    case 'array':
      return `[${tree.items.map((item) => withStrings(item, text, change)).join(',')}]`;
    case 'string':
      return change(textOf(tree, text));
    case 'number':
    case 'word':
      return textOf(tree, text);
    default:
      return tree satisfies never;
  }
}

/** True when some object has two members of one name. */
export function hasDuplicates(tree: JsonNode): boolean {
  return !everyObject(tree, (members) => {
    const names = new Set(members.map(({ name }) => name));
    return names.size === members.length;
  });
}

/** True when every object's members stand in the order of their names. */
export function isSorted(tree: JsonNode): boolean {
  return everyObject(tree, (members) =>
    members.every(({ name }, at) => name >= (members[at - 1]?.name ?? '')),
  );
}

/** True when some object has at least so many members. */
export function hasManyMembers(tree: JsonNode, many: number): boolean {
  return !everyObject(tree, (members) => members.length < many);
}

function everyObject(tree: JsonNode, test: (members: readonly Member[]) => boolean): boolean {
  return everyNode(tree, (node) => node.kind !== 'object' || test(node.members));
}

function ordered(
  members: readonly Member[],
  text: string,
  { order, nulls }: MemberOrder,
): readonly Member[] {
  const unique = new Map(members.map((member) => [member.name, member]));
  const kept = [...unique.values()].filter(
    ({ value }) => nulls === 'kept' || textOf(value, text) !== 'null',
  );
  if (order === 'kept') return kept;
  const isByLength = order === 'by-length';
  return kept.sort((a, b) => {
    if (isByLength && a.name.length !== b.name.length) return a.name.length - b.name.length;
    return a.name < b.name ? -1 : 1;
  });
}

function textOf({ start, end }: Span, text: string): string {
  return text.slice(start, end);
}
