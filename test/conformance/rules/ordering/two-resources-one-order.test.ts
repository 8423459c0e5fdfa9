import { expect, it } from 'vitest';
import type { View } from '../../../proving-ground/views.js';
import { orderView } from '../../../receivers/shop/views.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'ordering/two-resources-one-order';

it('a receiver that keeps what comes by the id of its resource is right', async () => {
  expect((await toldOfShop(RULE)).status).toBe('pass');
});

it('one that keeps it by the order lets one resource disturb the other', async () => {
  const told = await toldOfShop(
    RULE,
    { keyOf: ({ clientOrderId }) => clientOrderId },
    { stateUrl: 'http://127.0.0.1:3000/orders/{clientOrderId}' },
  );
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'A second resource of the same order disturbed the first.',
  });
  const [first, last] = [told.story?.timeline.at(0), told.story?.timeline.at(-1)];
  expect(first).toMatch('checkout.new A');
  expect(last).toMatch('checkout.expired A');
  expect(told.story?.state).toContain('A status    expected "EXPIRED", is "SUCCESS"');
});

it('one that numbers the resources of an order by their ids is right all the same', async () => {
  for (const kinds of [['checkout'], ['payment'], ['static-payment']]) {
    expect((await toldOfModel(RULE, { view: numbered }, { kinds })).status).toBe('pass');
  }
});

it('a kind that cannot fail has no two ends', async () => {
  expect(await toldOfModel(RULE, {}, { kinds: ['subscription'] })).toMatchObject({
    status: 'skipped',
    evidence: 'No kind under test can fail.',
  });
});

/** `{ payment1: { id, status, … }, payment2: … }`, sorted by id. */
const numbered: View = (store, { clientOrderId, id }) => {
  const order = orderView(store, clientOrderId) ?? orderView(store, id);
  if (order === undefined) return { status: 404, text: 'Not found' };
  const resources = Object.entries(order['resources'] as Record<string, unknown>).sort();
  const named = resources.map(([, resource], index) => [`payment${index + 1}`, resource]);
  return { status: 200, text: JSON.stringify(Object.fromEntries(named)) };
};
