import type { Expectation } from './expectation.js';
import type { Laboratory } from './laboratory.js';
import { profileIn, without } from './profile.js';
import type { Script, ScriptResource } from './script.js';
import { type Difference, differences, isEqual, single } from './state/difference.js';
import type { Leaves } from './state/leaves.js';
import { parseNumber } from './state/oracle.js';

const TIME_STAMP = /^"\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** Where the state of a resource differs from what it has to be. */
export type Compare = (actual: Leaves, index: number) => readonly Difference[];

export function comparison(
  laboratory: Laboratory,
  script: Script,
  { measure, states, allowed }: Expectation,
): Compare {
  return (actual, index) => {
    const expected = states[index] ?? new Map();
    const resource = script.resources[index];
    if (measure.kind === 'same' || measure.kind === 'equal' || resource === undefined) {
      const isAllowed = allowed[index]?.some((leaves) => isEqual(leaves, actual)) === true;
      if (isAllowed || isEqual(expected, actual)) return [];
      const deciding = profileIn(laboratory.kinds, resource?.kind ?? '')?.deciding ?? [];
      return differences(expected, actual).filter(
        (one) => !laboratory.oracle.masked.has(one.path) && !isTimeBeside(one, deciding),
      );
    }
    const found = [expected, ...(allowed[index] ?? [])].map((leaves) =>
      decides(laboratory, resource, leaves, actual),
    );
    return found.find((wrong) => wrong.length === 0) ?? found[0] ?? [];
  };
}

/** A time stamp from a body that does not decide: which event it is taken from is the receiver's affair. */
function isTimeBeside({ path, expected, actual }: Difference, deciding: readonly string[]) {
  if (expected === undefined || actual === undefined || deciding.includes(path)) return false;
  return TIME_STAMP.test(expected) && TIME_STAMP.test(actual);
}

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
  const { masked } = laboratory.oracle;
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
