import { decides } from './decides.js';
import type { ExpectedStates } from './expectation.js';

import type { Laboratory } from './laboratory.js';
import { profileIn } from './profile.js';
import { type Script, sharesAnOrder } from './script.js';
import { type Difference, differences, isEqual, isOfTimes } from './state/difference.js';
import type { Leaves } from './state/leaves.js';

/** Where the state of a resource differs from what it has to be. */
export type Compare = (actual: Leaves, index: number) => readonly Difference[];

export function comparison(
  laboratory: Laboratory,
  script: Script,
  { measure, states, allowed }: ExpectedStates,
): Compare {
  const isOneOrder = sharesAnOrder(script);
  return (actual, index) => {
    const expected = states[index] ?? new Map();
    if (isOneOrder && isSameButForPlaces(expected, actual, laboratory.oracle.masked)) return [];
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

/**
 * Whether two states say the same at places that are numbered otherwise: `payment1` and `payment2` of an
 * order are in the order of their ids, as like as not, and that is another one each time.
 */
function isSameButForPlaces(one: Leaves, other: Leaves, masked: ReadonlySet<string>): boolean {
  const told = (leaves: Leaves) =>
    [...leaves]
      .filter(([path]) => !masked.has(path))
      .map(([path, texts]) => `${path.replace(/\d+/g, '#')} ${texts.join()}`)
      .sort()
      .join('\n');
  return one.size === other.size && told(one) === told(other);
}

/** A time stamp that does not decide. */
function isTimeBeside(difference: Difference, deciding: readonly string[]) {
  return !deciding.includes(difference.path) && isOfTimes(difference);
}
