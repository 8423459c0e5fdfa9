import { isLosslessNumber, parse } from 'lossless-json';

/** One value inside a body that has no values inside: its JSON type, and its text without quotes. */
export interface Leaf {
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'empty';
  readonly text: string;
}

/** Every leaf of a JSON text by its path: `request.payment.amount`, `items.0`. */
export function leavesOf(json: string): ReadonlyMap<string, Leaf> {
  return new Map(leaves(parse(json), ''));
}

function leaves(value: unknown, path: string): readonly (readonly [string, Leaf])[] {
  const simple = leafOf(value);
  if (simple !== undefined) return [[path, simple]];
  return Object.entries(Object(value)).flatMap(([key, member]) =>
    leaves(member, path === '' ? key : `${path}.${key}`),
  );
}

function leafOf(value: unknown): Leaf | undefined {
  if (value === null) return { type: 'null', text: 'null' };
  if (typeof value === 'string') return { type: 'string', text: value };
  if (typeof value === 'boolean') return { type: 'boolean', text: String(value) };
  if (isLosslessNumber(value)) return { type: 'number', text: value.value };
  if (Object.keys(Object(value)).length === 0) return { type: 'empty', text: '' };
  return undefined;
}
