import { roughly } from '../../json/exact-number.js';
import type { Kind } from '../../webhook/catalogue.js';
import { isPaid, mainLife } from '../profile.js';
import type { UnshownSuccess } from '../state/blind.js';
import { type Difference, differences, ownDifferences } from '../state/difference.js';
import type { Leaves } from '../state/leaves.js';
import { parseNumber } from '../state/oracle.js';

/** What lives of a kind leave behind, before anything is masked. */
export interface LivedStates {
  readonly before: Leaves;
  /** After the usual life without its last event; absent where nothing of the kind was seen to change. */
  readonly between: Leaves | undefined;
  readonly main: Leaves;
  readonly contrast: Leaves;
  /** After the usual life of the first resource of the kind. */
  readonly first: Leaves;
  /** The amount that the bodies speak of. */
  readonly amount: string | undefined;
}

/** What a place is called that says how far a payment has come. */
const TELLING_NAME = /(status|state|stage|phase|paid|progress|result|outcome)$/i;
const MOST_PLACES = 18;

/**
 * Whether the success of a kind leaves the state as it was, while the state shows that it could tell:
 * by a failure, or by a status or an amount of something earlier. `undefined` where the success shows,
 * and where the state tells of nothing at all, for then it may be about something else.
 */
export function unshownSuccess(
  kind: Kind,
  { before, between = before, main, contrast, first, amount }: LivedStates,
): UnshownSuccess | undefined {
  const { end } = mainLife(kind);
  if (!isPaid(kind) || differs(between, main)) return undefined;
  const told = (
    shows: UnshownSuccess['shows'],
    found: Difference | undefined,
  ): UnshownSuccess | undefined =>
    found === undefined
      ? undefined
      : { code: 'success-unshown', end, shows, path: found.path, value: found.actual ?? 'nothing' };
  const telling = (state: Leaves) =>
    differences(before, state).find((one) => isTelling(one, kind, amount));
  return (
    told('earlier', telling(between)) ??
    told(
      'failure',
      contrastEnds(kind) ? tellingFailure(kind, main, contrast, amount) : undefined,
    ) ??
    told('first', telling(first))
  );
}

/** A number that is neither the amount nor called a status may be one of all orders, which others move. */
function tellingFailure(
  kind: Kind,
  main: Leaves,
  contrast: Leaves,
  amount: string | undefined,
): Difference | undefined {
  return ownDifferences(main, contrast).find(
    (one) => parseNumber(one.actual ?? one.expected) === undefined || isTelling(one, kind, amount),
  );
}

/** Whether the contrast of the kind is an end, and not the usual life without its own. */
function contrastEnds({ statuses }: Kind): boolean {
  return statuses.some(({ outcome }) => outcome === 'failure');
}

function differs(one: Leaves, other: Leaves): boolean {
  return ownDifferences(one, other).length > 0;
}

/** Whether what is there now is called a status, or is one, or the amount. */
export function isTelling(
  { path, actual }: Difference,
  kind: Kind,
  amount: string | undefined,
): boolean {
  if (actual === undefined) return false;
  return (
    TELLING_NAME.test(path.replace(/\[\]$/, '')) ||
    isStatusOf(kind, actual) ||
    (amount !== undefined && isAmount(actual, amount))
  );
}

function isStatusOf({ statuses }: Kind, text: string): boolean {
  const word = plainWord(text);
  return statuses.some(({ status }) => plainWord(status) === word);
}

function plainWord(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '');
}

/** The amount, or it with its point moved. */
export function isAmount(text: string, amount: string): boolean {
  const value = parseNumber(text);
  if (value === undefined) return false;
  const found = roughly(value);
  return Array.from({ length: MOST_PLACES + 1 }, (_, places) => 10 ** places).some(
    (factor) => Math.abs(found - Number(amount) * factor) <= Math.abs(found) * 1e-9 && found !== 0,
  );
}
