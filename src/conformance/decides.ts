import type { Laboratory } from './laboratory.js';
import { type Profile, profileIn, without } from './profile.js';
import type { ScriptResource } from './script.js';
import { type Difference, single } from './state/difference.js';
import type { Leaves } from './state/leaves.js';
import { parseNumber } from './state/oracle.js';

/**
 * Where what decides differs: the deciding fields, and what the last event adds to lists. Words in
 * lists count only where there are no such fields: they may tell of a change from what was before.
 */
export function decides(
  laboratory: Laboratory,
  resource: ScriptResource,
  expected: Leaves,
  actual: Leaves,
): readonly Difference[] {
  const profile = profileIn(laboratory.kinds, resource.kind);
  if (profile === undefined) return [];
  return wrongIn(profile, laboratory.oracle.masked, expected, actual);
}

/** The same, by the profile of the kind and the paths that say nothing. */
export function wrongIn(
  profile: Profile,
  masked: ReadonlySet<string>,
  expected: Leaves,
  actual: Leaves,
): readonly Difference[] {
  const scalars = profile.deciding
    .filter((path) => !masked.has(path) && single(expected, path) !== single(actual, path))
    .map((path) => ({
      path,
      expected: single(expected, path),
      actual: single(actual, path),
    }));
  const lists = [...profile.added].flatMap(([path, added]) => {
    if (masked.has(path)) return [];
    const wanted = added.filter(
      (text) =>
        expected.get(path)?.includes(text) === true &&
        (profile.deciding.length === 0 || parseNumber(text) !== undefined),
    );
    const missing = without(wanted, actual.get(path) ?? []);
    if (missing.length === 0) return [];
    const found = actual.get(path);
    return [{ path, expected: wanted.join(', '), actual: found?.join(', ') }];
  });
  return [...scalars, ...lists];
}
