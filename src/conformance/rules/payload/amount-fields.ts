import {
  type ExactNumber,
  fullText,
  isSame,
  minus,
  parseAmount,
  roughly,
} from '../../../json/exact-number.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { deliver, type Script, scriptOf } from '../../script.js';
import type { Leaves } from '../../state/leaves.js';
import { parseNumber } from '../../state/oracle.js';
import { isPartOf, splitAmount, splitPaths } from './split-amounts.js';

/** A field of the state that moves with the amount of the bodies. */
export interface AmountField {
  readonly path: string;
  readonly smaller: ExactNumber;
  readonly larger: ExactNumber;
}

export const SMALLER = '200';
export const LARGER = '400';
/** The point is moved no further: tokens on Ethereum have so many decimals. */
export const MOST_PLACES = 18;

/** The fields that move with the amount between two successes of the kind. */
export async function amountFields(
  { references }: Laboratory,
  kind: KindUnderTest,
  set: readonly string[] = [],
): Promise<readonly AmountField[]> {
  const scripts = [SMALLER, LARGER].map((amount) => usualLifeAt(kind, amount, set));
  const states = await Promise.all(scripts.map((script) => references.ofScript(script)));
  const [smaller, larger] = states.flat();
  if (smaller === undefined || larger === undefined) return [];
  const moving = (paths: Iterable<string>) =>
    [...paths].flatMap((path): AmountField | readonly [] => {
      const [one, other] = [numberAt(smaller, path), numberAt(larger, path)];
      if (one === undefined || other === undefined || isSame(one, other)) return [];
      return { path, smaller: one, larger: other };
    });
  const split = moving(splitPaths(smaller)).filter((field) => placesOf(field) !== undefined);
  const whole = moving(smaller.keys()).filter(
    (field) => !split.some(({ path }) => isPartOf(field.path, path)),
  );
  return [...whole, ...split];
}

/** The scripts that tell which fields move with the amount, and which say it only at the end. */
export function amountScripts(kind: KindUnderTest, set: readonly string[] = []): readonly Script[] {
  return [
    ...[SMALLER, LARGER].map((amount) => usualLifeAt(kind, amount, set)),
    withoutEnd(kind, set),
  ];
}

function usualLifeAt(kind: KindUnderTest, amount: string, set: readonly string[]): Script {
  return scriptAt(kind, kind.main.events, { amount, set });
}

/** Those of the fields that say the amount only once the life has ended. */
export async function creditedAmong(
  { references }: Laboratory,
  kind: KindUnderTest,
  fields: readonly AmountField[],
  set: readonly string[] = [],
): Promise<readonly AmountField[]> {
  const [between = new Map()] = await references.ofScript(withoutEnd(kind, set));
  return fields.filter(({ path, smaller }) => {
    const earlier = numberAt(between, path);
    return earlier === undefined || !isSame(earlier, smaller);
  });
}

/** The usual life for the smaller amount, without its last event. */
function withoutEnd(kind: KindUnderTest, set: readonly string[] = []): Script {
  return scriptAt(kind, kind.main.events.slice(0, -1), { amount: SMALLER, set });
}

/** Does anew on a quiet receiver what tells which fields move with the amount, and which only at the end. */
export async function doubtAmountFields(
  { references }: Laboratory,
  kind: KindUnderTest,
  set: readonly string[] = [],
): Promise<void> {
  for (const script of amountScripts(kind, set)) await references.doubt(script);
}

/** These events of the usual life, for an amount and with changes to the bodies. */
export function scriptAt(
  { name, main }: KindUnderTest,
  events: readonly string[],
  { amount, set }: { readonly amount: string; readonly set: readonly string[] },
): Script {
  const variant = set.length === 0 ? undefined : { set };
  return scriptOf(
    { kind: name, end: main.end, amount },
    events.map((event) => deliver(event, 0, variant)),
  );
}

/**
 * How many places the point is moved to the right where the field says the amount, or so many times
 * the amount: 0 for the very amount, 2 for cents. `undefined` when it says something else.
 */
export function placesOf({ smaller, larger }: AmountField, factor = 1): number | undefined {
  const says = (found: ExactNumber, amount: string, places: number) =>
    isMoved(found, String(Number(amount) * factor), places);
  return Array.from({ length: MOST_PLACES + 1 }, (_, places) => places).find(
    (places) => says(smaller, SMALLER, places) && says(larger, LARGER, places),
  );
}

/** Whether a number is an amount with its point moved. */
export function isMoved(found: ExactNumber, amount: string, places: number): boolean {
  const wanted = parseAmount(`${amount}e${places}`);
  return wanted !== undefined && isSame(found, wanted);
}

/** The number with its point moved so many places to the right. */
export function moved({ units, scale }: ExactNumber, places: number): ExactNumber {
  return { units, scale: scale - places };
}

/** What the field has to say for another amount, if it moves evenly with it. */
export function predicted({ smaller, larger }: AmountField, amount: string): number {
  const slope = roughly(minus(larger, smaller)) / (Number(LARGER) - Number(SMALLER));
  return roughly(smaller) + slope * (Number(amount) - Number(SMALLER));
}

export function numberAt(leaves: Leaves, path: string): ExactNumber | undefined {
  return parseNumber(amountText(leaves, path));
}

/** What a field says; of a list, as of the two sides of a booking, the only one that is a number and not 0. */
export function amountText(leaves: Leaves, path: string): string | undefined {
  const texts = leaves.get(path);
  if (texts === undefined) {
    const split = splitAmount(leaves, path);
    return split && fullText(split);
  }
  if (texts.length <= 1) return texts[0];
  const numbers = texts.filter((text) => (parseNumber(text)?.units ?? 0n) !== 0n);
  return numbers.length === 1 ? numbers[0] : undefined;
}

/** Whether a state says just this number there. */
export function saysNumber(leaves: Leaves | undefined, path: string, wanted: ExactNumber): boolean {
  const found = leaves && numberAt(leaves, path);
  return found !== undefined && isSame(found, wanted);
}
