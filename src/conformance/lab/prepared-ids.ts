import { parse } from 'lossless-json';

/** Ids that whoever makes an order gives it, in place of ours. */
export interface PreparedIds {
  readonly id?: string | undefined;
  /** The merchant's reference: `clientOrderId`, or `referenceId` where there is none. */
  readonly clientOrderId?: string | undefined;
}

const NAMES: Readonly<Record<string, keyof PreparedIds>> = {
  id: 'id',
  clientOrderId: 'clientOrderId',
  referenceId: 'clientOrderId',
  reference: 'clientOrderId',
};
const LINE = /^\s*(\w+)\s*=\s*(.+?)\s*$/;

/**
 * The ids that a command printed: a JSON object of nothing but `id`, `clientOrderId` (or
 * `referenceId`), or lines such as `clientOrderId=A-17`. Whatever else it prints, an order of the
 * shop's for instance, says nothing about the ids of web hooks.
 */
export function preparedIds(output: string): PreparedIds {
  const members = jsonMembers(output) ?? lineMembers(output);
  const ids: { id?: string; clientOrderId?: string } = {};
  for (const [name, value] of members) {
    const key = NAMES[name];
    if (key !== undefined && value !== '') ids[key] = value;
  }
  return ids;
}

/** The same of what a function gave back: an object, or text. */
export function idsIn(value: unknown): PreparedIds {
  return preparedIds(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

function jsonMembers(output: string): readonly (readonly [string, string])[] | undefined {
  const value = parsed(output.trim());
  if (typeof value !== 'object' || value === null) return undefined;
  const members = Object.entries(value);
  if (members.some(([name]) => NAMES[name] === undefined)) return [];
  return members.map(([name, member]) => [name, member === null ? '' : String(member)]);
}

function parsed(text: string): unknown {
  if (!text.startsWith('{')) return undefined;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function lineMembers(output: string): readonly (readonly [string, string])[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = LINE.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
}
