import { expect, it } from 'vitest';
import { afresh, careful, type Handle, isFinal } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'ordering/earlier-status-shown';

it('a receiver that ranks intermediate statuses is right', async () => {
  expect((await toldOfModel(RULE)).status).toBe('pass');
});

it('one that shows the last of them to come is advised, for the end sets it right', async () => {
  const told = await toldOfShop(RULE, { handle: lastOfTheOpen });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'advisory',
    evidence: 'An earlier status was shown after a later one.',
    story: { state: ['status  expected "PAYMENT_DETECTED", is "REQUEST_CREATED"'] },
  });
  expect(told.story?.timeline).toEqual([
    '1. checkout.new → 200 in 2 ms',
    '2. checkout.payment-detected → 200 in 2 ms',
    '3. checkout.request-created → 200 in 2 ms',
  ]);
  expect((await toldOfShop('ordering/any-order', { handle: lastOfTheOpen })).status).toBe('pass');
});

it('one that shows none of them has none to show too late', async () => {
  expect((await toldOfShop(RULE, { handle: careful })).status).toBe('pass');
});

it('a kind with one intermediate status has no earlier one', async () => {
  expect(await toldOfModel(RULE, {}, { kinds: ['static-payment'] })).toMatchObject({
    status: 'skipped',
    evidence: 'No kind under test has two intermediate statuses.',
  });
});

/** Of what is under way the last to come counts. */
const lastOfTheOpen: Handle = (order, event) =>
  order !== undefined && isFinal(order) ? order : afresh(event);
