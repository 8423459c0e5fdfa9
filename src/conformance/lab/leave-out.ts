import { isLosslessNumber, parse, stringify } from 'lossless-json';

/** The body without these members, each named by its keys with dots between them. */
export function leaveOut(body: Uint8Array, paths: readonly string[]): Uint8Array {
  const left = withoutPaths(parse(new TextDecoder().decode(body)), new Set(paths), '');
  return new TextEncoder().encode(stringify(left));
}

function withoutPaths(value: unknown, paths: ReadonlySet<string>, path: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value) || isLosslessNumber(value)) return value;
  const members = Object.entries(value).flatMap(([key, member]) => {
    const step = path === '' ? key : `${path}.${key}`;
    return paths.has(step) ? [] : [[key, withoutPaths(member, paths, step)] as const];
  });
  return Object.fromEntries(members);
}
