import { expect, it } from 'vitest';
import { orderingPaymentsAddUp } from '../../../../src/conformance/rules/ordering/payments-add-up.js';
import { judge } from '../../../proving-ground/judge.js';
import type { Model } from '../../../proving-ground/model.js';
import { modelWith } from '../../../proving-ground/model-with.js';
import { onePayment, priced, type View } from '../../../proving-ground/views.js';
import { careful } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'ordering/payments-add-up';

async function verdictOn(model: Model) {
  const { results } = await judge(model, '1', { rules: [orderingPaymentsAddUp] });
  return results[0]?.verdict;
}

it.each([
  'state: the order with its resources',
  'state: the resource',
  'state: a list',
  'state: statuses by id, and a list of credits',
  'state: a word, an amount as a number, and what Inqud says was paid',
  'credit: in hundred-millionths',
  'work: in batches of 200 ms',
])('two payments are both kept: %s', async (way) => {
  expect((await verdictOn(modelWith(way)))?.status).toBe('pass');
});

it.each([
  'state: the last payment of the order alone',
  'state: the first payment of the order alone',
])('only one is kept: %s', async (way) => {
  expect((await verdictOn(modelWith(way)))?.status).toBe('fail');
});

it('a price says nothing about what was credited', async () => {
  expect((await verdictOn({ ...modelWith(), view: priced }))?.status).toBe('skipped');
});

it.each([
  'state: the order with its resources',
  'state: a word and an amount',
  'state: statuses by id, and a list of credits',
])('payments of the same amount are two: %s', async (view) => {
  const model = modelWith('credit: one of two equal payments of an order', view);
  expect(await verdictOn(model)).toMatchObject({
    status: 'fail',
    evidence: 'Two payments of the same amount were counted once.',
  });
});

it.each([
  [-1, 'A second payment of the same order took the place of the first.'],
  [0, 'A second payment of the same order left no trace.'],
])('what is lost is said, and shown with both payments: %i', async (place, evidence) => {
  const told = await toldOfModel(RULE, { view: onePayment(place) }, { kinds: ['payment'] });
  expect(told).toMatchObject({ status: 'fail', severity: 'must', evidence });
  expect(told.story?.timeline.map((line) => line.replace(/ →.*/, ''))).toEqual([
    '1. payment.new A',
    '2. payment.pending A',
    '3. payment.success A',
    '4. payment.new B',
    '5. payment.pending B',
    '6. payment.success B',
  ]);
});

it('a second payment that a balance of all orders shows is kept somewhere', async () => {
  let balance = 0;
  const told = await toldOfShop(
    RULE,
    {
      keyOf: ({ clientOrderId }) => clientOrderId,
      handle: (order, event) => {
        if (event.status === 'SUCCESS') balance += event.amount;
        return careful(order, event);
      },
      view: (order) => ({ ...order, shop: { balance } }),
    },
    { stateUrl: 'http://127.0.0.1:3000/orders/{clientOrderId}' },
  );
  expect(told.status).toBe('pass');
});

/** A row for each payment with its status, and beside it what was credited of it and in all. */
const rowsWith =
  (credited: (paid: readonly number[]) => readonly number[]): View =>
  (store, { clientOrderId }) => {
    const resources = store.resources.ofOrder(clientOrderId);
    const isPaid = ({ event }: (typeof resources)[number]) => event.status === 'SUCCESS';
    const kept = credited(resources.filter(isPaid).map(({ event }) => Number(event.amount)));
    const total = kept.reduce((sum, amount) => sum + amount, 0);
    const paid = kept.values();
    const rows = resources.map((resource) => ({
      id: resource.event.id,
      status: resource.event.status,
      paid: isPaid(resource) ? (paid.next().value ?? 0) : 0,
      total,
    }));
    return rows.length === 0 ? { text: '' } : { text: JSON.stringify(rows) };
  };

it.each<[string, (paid: readonly number[]) => readonly number[], string | undefined]>([
  ['both', (paid) => paid, undefined],
  [
    'the first alone',
    (paid) => paid.slice(0, 1),
    'A second payment of the same order was not credited: the first stands alone.',
  ],
  [
    'the last alone',
    (paid) => paid.map((amount, index) => (index === paid.length - 1 ? amount : 0)),
    'A second payment of the same order took the place of the first.',
  ],
])('rows of both payments with amounts of %s', async (_, credited, evidence) => {
  const told = await toldOfModel(RULE, { view: rowsWith(credited) }, { kinds: ['payment'] });
  expect(told.status).toBe(evidence === undefined ? 'pass' : 'fail');
  if (evidence !== undefined) expect(told.evidence).toBe(evidence);
});

it.each([
  ['both', false],
  ['the first alone', true],
])(
  'a list of payments, whose amounts are known before they succeed, has %s',
  async (_, isByOrder) => {
    const view: View = (store, { clientOrderId }) => {
      const payments = store.resources
        .ofOrder(clientOrderId)
        .map(({ event }) => ({ id: event.id, status: event.status, amount: event.amount }));
      const shown = isByOrder ? payments.slice(0, 1) : payments;
      return { status: 200, text: JSON.stringify({ order: clientOrderId, payments: shown }) };
    };
    const told = await toldOfModel(RULE, { view }, { kinds: ['payment'] });
    expect(told.status).toBe(isByOrder ? 'fail' : 'skipped');
    if (isByOrder) expect(told.evidence).toBe('A second payment of the same order left no trace.');
  },
);

it('a state that is kept for five seconds, and then has both, is right', async () => {
  const kept = new Map<string, { readonly untilMs: number; readonly text: string }>();
  const view: View = (store, { clientOrderId }, { nowMs }) => {
    const known = kept.get(clientOrderId);
    if (known !== undefined && nowMs < known.untilMs) return { status: 200, text: known.text };
    const payments = store.resources
      .ofOrder(clientOrderId)
      .map(({ event, credited }) => ({ id: event.id, status: event.status, credited }));
    const text = JSON.stringify({ order: clientOrderId, payments });
    kept.set(clientOrderId, { untilMs: nowMs + 5_000, text });
    return { status: 200, text };
  };
  const told = await toldOfModel(RULE, { view }, { kinds: ['payment'] });
  expect(told.status).not.toBe('fail');
});

it('a second payment that a list leaves as it was before its end is lost', async () => {
  const view: View = (store, { clientOrderId }) => {
    const resources = store.resources.ofOrder(clientOrderId);
    const paid = resources.filter(({ event }) => event.status === 'SUCCESS');
    const states = resources.map((resource) =>
      paid.indexOf(resource) > 0 ? 'PENDING' : resource.event.status,
    );
    const [first] = paid;
    return { text: JSON.stringify({ total: Number(first?.event.amount ?? 0), states }) };
  };
  const told = await toldOfModel(RULE, { view }, { kinds: ['payment'] });
  expect(told).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('The success of a second payment of the same order was not'),
  });
});
