import { expect, it } from 'vitest';
import { careful, credulous, isFinal } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'idempotency/duplicate-in-sequence';

it('a receiver that does nothing the second time is right', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: '5 delivery plans left the right state.',
  });
});

it('a success that is credited again is shown in the fewest deliveries', async () => {
  const told = await toldOfShop(RULE, { handle: credulous });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'A web hook that came twice was counted twice.',
    story: {
      timeline: ['1. checkout.success → 200 in 2 ms', '2. checkout.success again → 200 in 2 ms'],
      state: ['credited  expected 149.9, is 299.8'],
      times: { failed: 5, of: 5 },
    },
  });
});

it.each([
  ['EXPIRED', 'checkout.expired'],
  ['CONFLICT', 'checkout.conflict'],
])('so is what a second %s takes back twice', async (status, event) => {
  const told = await toldOfShop(RULE, {
    handle: (order, came) =>
      order?.status === status && came.status === status
        ? { ...order, credited: order.credited - came.amount }
        : careful(order, came),
  });
  expect(told.story?.timeline.at(-1)).toMatch(`${event} again`);
  expect(told.story?.state).toEqual(['credited  expected 0, is -149.9']);
  expect(told.evidence).toBe(
    'A web hook that came twice left another state than one that came once.',
  );
});

it('a web hook in the middle that counts twice is found', async () => {
  const told = await toldOfShop(RULE, {
    handle: (order, event) => {
      if (order === undefined || isFinal(order)) return careful(order, event);
      const credited = order.credited + (event.status === 'PAYMENT_DETECTED' ? 1 : 0);
      return { ...order, status: event.status, credited };
    },
  });
  expect(told.story?.timeline).toContainEqual(
    expect.stringContaining('checkout.payment-detected again'),
  );
  expect(told.story?.state).toEqual(['credited  expected 0, is 1']);
});
