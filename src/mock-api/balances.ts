import { isLosslessNumber, parse } from 'lossless-json';
import {
  type ExactNumber,
  NOTHING,
  parseAmount,
  plus,
  shortText,
  times,
} from '../json/exact-number.js';
import { findKind } from '../webhook/catalogue.js';
import { findStatus } from '../webhook/kinds/names.js';
import { CREDITS, type Credit } from './routes.js';
import type { BatchState, Truth } from './truth.js';

/**
 * The wallet's balances as JSON: what all successful resources brought, from nothing. Payouts take
 * away. The sums are exact, and the mock's own: Inqud's also depend on all that a plan does not say.
 */
export function balancesJson(truth: Truth): string {
  const balances = new Map<string, ExactNumber>();
  for (const state of truth.states()) {
    const credit = CREDITS.find(({ kind }) => kind === state.kind);
    if (credit === undefined || !isPaid(state)) continue;
    addCredit(balances, state, credit);
  }
  const items = [...balances].map(
    ([currency, balance]) =>
      `{"currency":${JSON.stringify(currency)},"balance":${shortText(balance)}}`,
  );
  return `[${items.join(',')}]`;
}

function isPaid({ kind: kindName, status }: BatchState): boolean {
  const kind = findKind(kindName);
  const outcome = kind && findStatus(kind, status)?.outcome;
  return outcome === 'success' || outcome === 'partial';
}

function addCredit(
  balances: Map<string, ExactNumber>,
  { example, count }: BatchState,
  credit: Credit,
): void {
  const body: unknown = parse(Buffer.from(example).toString());
  const currency = valueAt(body, credit.currency);
  const number = valueAt(body, credit.amount);
  const amount = isLosslessNumber(number) ? parseAmount(number.value) : undefined;
  if (typeof currency !== 'string' || amount === undefined) return;
  const sign = valueAt(body, 'orderType') === 'PAYOUT' ? -1 : 1;
  const before = balances.get(currency) ?? NOTHING;
  balances.set(currency, plus(before, times(amount, sign * count)));
}

function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce(memberOf, value);
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}
