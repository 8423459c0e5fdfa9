import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { type Decimal, isSame, minus, parseDecimal, roughly } from '../../state/decimal.js';
import { single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { parseNumber } from '../../state/oracle.js';

/** A field of the state that moves with the amount of the bodies. */
export interface AmountField {
  readonly path: string;
  readonly smaller: Decimal;
  readonly larger: Decimal;
}

export const SMALLER = '200';
export const LARGER = '400';

/** The fields that move with the amount between two successes of the kind. */
export async function amountFields(
  { references }: Laboratory,
  { name, main }: KindUnderTest,
): Promise<readonly AmountField[]> {
  const [smaller, larger] = await Promise.all(
    [SMALLER, LARGER].map((amount) =>
      references.of({ kind: name, end: main.end, amount, order: 0 }, main.events),
    ),
  );
  if (smaller === undefined || larger === undefined) return [];
  return [...smaller.keys()].flatMap((path) => {
    const [one, other] = [numberAt(smaller, path), numberAt(larger, path)];
    if (one === undefined || other === undefined || isSame(one, other)) return [];
    return [{ path, smaller: one, larger: other }];
  });
}

/** Whether the field says the very amount. */
export function saysAmount({ smaller, larger }: AmountField): boolean {
  const [one, other] = [parseDecimal(SMALLER), parseDecimal(LARGER)];
  return one !== undefined && other !== undefined && isSame(smaller, one) && isSame(larger, other);
}

/** What the field has to say for another amount, if it moves evenly with it. */
export function predicted({ smaller, larger }: AmountField, amount: string): number {
  const slope = roughly(minus(larger, smaller)) / (Number(LARGER) - Number(SMALLER));
  return roughly(smaller) + slope * (Number(amount) - Number(SMALLER));
}

export function numberAt(leaves: Leaves, path: string): Decimal | undefined {
  return parseNumber(single(leaves, path));
}
