import { expect, it } from 'vitest';
import { careful, type Handle, isFinal } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'ordering/final-only';

it('a final status that counts by itself is right', async () => {
  expect((await toldOfShop(RULE)).status).toBe('pass');
});

it('an order that only its first web hook makes is missed', async () => {
  const told = await toldOfShop(RULE, { handle: afterTheFirst });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'A final status did not count because its intermediates never came.',
  });
  expect(told.story?.timeline).toEqual(['1. checkout.success → 200 in 2 ms']);
  expect(told.story?.state).toEqual([
    'status    expected "SUCCESS", is nothing',
    'credited  expected 149.9, is nothing',
  ]);
});

it('what an intermediate status leaves beside the end may be absent', async () => {
  const detected = new Set<string>();
  const told = await toldOfShop(RULE, {
    handle: (order, event) => {
      if (event.status === 'PAYMENT_DETECTED') detected.add(event.id);
      return careful(order, event);
    },
    view: (order) => ({ ...order, wasDetected: detected.has(order.id) }),
  });
  expect(told.status).toBe('pass');
});

it('a word that was there before the end does not tell by itself how a life ended', async () => {
  const told = await toldOfShop(RULE, {
    view: ({ status }) => ({ status: status === 'SUCCESS' ? 'PAID' : status, next: 'PAID' }),
  });
  expect(told).toMatchObject({
    status: 'inconclusive',
    evidence: 'No field tells by itself how a life ended.',
  });
});

const afterTheFirst: Handle = (order, event) =>
  order === undefined && isFinal(event) ? undefined : careful(order, event);
