import { decides } from './decides.js';
import type { ExpectedStates } from './expectation.js';

import type { Laboratory } from './laboratory.js';
import { profileIn } from './profile.js';
import type { Script } from './script.js';
import { type Difference, differences, isEqual, isOfTimes } from './state/difference.js';
import type { Leaves } from './state/leaves.js';

/** Where the state of a resource differs from what it has to be. */
export type Compare = (actual: Leaves, index: number) => readonly Difference[];

export function comparison(
  laboratory: Laboratory,
  script: Script,
  { measure, states, allowed }: ExpectedStates,
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

/** A time stamp that does not decide. */
function isTimeBeside(difference: Difference, deciding: readonly string[]) {
  return !deciding.includes(difference.path) && isOfTimes(difference);
}
