import { describe, expect, it } from 'vitest';
import { afresh, careful, type Handle } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'payload/conflict-underpaid';

/** What a conflict brings. */
const crediting =
  (credit: (price: number) => number): Handle =>
  (order, event) =>
    event.status === 'CONFLICT' && order?.status === 'NEW'
      ? { ...afresh(event), credited: credit(event.amount) }
      : careful(order, event);

it.each<[string, (price: number) => number]>([
  ['nothing', () => 0],
  ['what was paid', (price) => price - 29.4],
])('a conflict that brings %s is right', async (_, credit) => {
  expect(await toldOfShop(RULE, { handle: crediting(credit) })).toMatchObject({
    status: 'pass',
    evidence: 'An underpaid CONFLICT is not recorded as a SUCCESS paid in full.',
  });
});

it('a conflict that brings the whole price gives goods away', async () => {
  const told = await toldOfShop(RULE, { handle: crediting((price) => price) });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'A checkout that is underpaid is recorded as paid in full.',
    story: { state: ['credited  expected not the whole price, is 149.9'] },
  });
  expect(told.story?.timeline).toEqual([
    '1. checkout.new',
    '2. checkout.request-created',
    '3. checkout.payment-detected',
    '4. checkout.conflict',
  ]);
});

it('a word alone tells of it as well', async () => {
  const view = ({ status }: { readonly status: string }) => ({
    paid: status === 'SUCCESS' || status === 'CONFLICT',
  });
  expect(await toldOfShop(RULE, { view })).toMatchObject({
    status: 'fail',
    evidence: 'A checkout that is underpaid is recorded as one that is paid in full.',
  });
  const isPaid = ({ status }: { readonly status: string }) => ({ paid: status === 'SUCCESS' });
  expect((await toldOfShop(RULE, { view: isPaid })).status).toBe('skipped');
});

it('a price that is shown all along says nothing of it', async () => {
  const told = await toldOfModel(RULE, {
    creditFor: () => undefined,
    view: (store, { id }) => {
      const { event } = store.resources.get(id) ?? {};
      if (event === undefined) return { status: 404, text: '' };
      return { text: JSON.stringify({ status: event.status, price: event.amount }) };
    },
  });
  expect(told).toMatchObject({
    status: 'skipped',
    evidence: 'No field of the state says what was paid.',
  });
});

describe('the price of an order that is put away at its end', () => {
  const putAway = (credit: (price: number) => number) =>
    toldOfModel(RULE, {
      creditFor: () => undefined,
      view: (store, { id }) => {
        const { event } = store.resources.get(id) ?? {};
        if (event === undefined) return { status: 404, text: '' };
        const { status, amount } = event;
        const isOver = status === 'SUCCESS' || status === 'CONFLICT';
        const got = status === 'SUCCESS' ? Number(amount) : credit(Number(amount));
        return {
          text: JSON.stringify({ status, ...(isOver ? { sum: Number(amount), got } : {}) }),
        };
      },
    });

  it('is right beside what came in', async () => {
    expect((await putAway((price) => price - 29.4)).status).toBe('pass');
  });

  it.each([
    ['nothing', () => 0],
    ['the whole price', (price: number) => price],
  ])('is no right one beside %s', async (_, credit) => {
    expect((await putAway(credit)).status).toBe('fail');
  });
});

it('a payment has no conflict', async () => {
  expect(await toldOfShop(RULE, { prefix: 'PMT' })).toMatchObject({
    status: 'skipped',
    evidence: 'No kind under test has a CONFLICT.',
  });
});
