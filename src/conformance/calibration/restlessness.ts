import { differences } from '../state/difference.js';
import type { Oracle, States } from '../state/oracle.js';

/** No life has this many events: what has more values in a row changes by itself. */
const MOST_VALUES = 6;

/** Watches one execution, and masks what never comes to rest: request ids, a clock that ticks. */
export function createRestlessness(oracle: Oracle): (before: States, after: States) => void {
  const values = new Map<string, Set<string>>();
  return (before, after) => {
    for (const [index, leaves] of after.entries()) {
      for (const { path, actual = '' } of differences(before[index] ?? new Map(), leaves)) {
        const seen = values.get(path) ?? new Set();
        values.set(path, seen.add(actual));
        if (seen.size >= MOST_VALUES) oracle.mask(path);
      }
    }
  };
}
