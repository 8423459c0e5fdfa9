import { differences } from '../state/difference.js';
import type { Oracle, States } from '../state/oracle.js';

/** No life has this many events: what has more values in a row changes by itself. */
const MOST_VALUES = 6;

/** What comes and goes so often does so by itself: an advert, a greeting, one of several hints. */
const MOST_TURNS = 8;
const ABSENT = '';
/** What a copy that lags behind says now and then, beside the truth, is worth waiting for. */
const WORTH_WAITING =
  /(status|state|stage|phase|paid|progress|result|outcome|amount|credit\w*|balance|total|received)$/i;

/** Watches one execution, and masks what never comes to rest: request ids, a clock that ticks. */
export function createRestlessness(oracle: Oracle): (before: States, after: States) => void {
  const values = new Map<string, Set<string>>();
  const turns = new Map<string, number>();
  return (before, after) => {
    for (const [index, leaves] of after.entries()) {
      for (const { path, actual = ABSENT } of differences(before[index] ?? new Map(), leaves)) {
        const seen = values.get(path) ?? new Set();
        values.set(path, seen.add(actual));
        const turn = (turns.get(path) ?? 0) + 1;
        turns.set(path, turn);
        const comesAndGoes = seen.size === 2 && seen.has(ABSENT);
        const isOneOfFew = turn - seen.size >= MOST_TURNS && !WORTH_WAITING.test(path);
        if (seen.size >= MOST_VALUES || (comesAndGoes && turn >= MOST_TURNS) || isOneOfFew)
          oracle.mask(path);
      }
    }
  };
}
