import { describe, expect, it } from 'vitest';
import { afresh, careful, type Handle, isFinal } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'ordering/late-intermediate';

it('a final status that stays is right', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: '8 delivery plans left the right state.',
  });
});

it.each([
  ['SUCCESS', 'PAYMENT_DETECTED', 'checkout.payment-detected'],
  ['SUCCESS', 'NEW', 'checkout.new'],
  ['EXPIRED', 'REQUEST_CREATED', 'checkout.request-created'],
  ['CONFLICT', 'PAYMENT_DETECTED', 'checkout.payment-detected'],
])('a %s that a late %s undoes is shown with it', async (end, late, event) => {
  const told = await toldOfShop(RULE, { handle: reopening(end, late) });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'A late intermediate status undid a final one.',
    story: { state: [`status  expected "${end}", is "${late}"`] },
  });
  expect(told.story?.timeline).toHaveLength(2);
  expect(told.story?.timeline.at(-1)).toMatch(`2. ${event}`);
});

describe('a status that may come before the end, and is not on the way to it', () => {
  const frozen =
    (late: boolean): Handle =>
    (order, event) =>
      event.status === 'FROZEN' && (late || order === undefined || !isFinal(order))
        ? afresh(event)
        : careful(order?.status === 'FROZEN' ? undefined : order, event);

  it('undoes the end where it comes late', async () => {
    const told = await toldOfShop(RULE, { prefix: 'PMT', handle: frozen(true) });
    expect(told).toMatchObject({ status: 'fail', severity: 'must' });
    expect(told.story?.timeline.at(-1)).toMatch(/payment\.frozen → 200/);
    expect(told.story?.state).toContainEqual(
      expect.stringMatching(/^status +expected "SUCCESS", is "FROZEN"$/),
    );
  });

  it('is left aside by who is right', async () => {
    expect((await toldOfShop(RULE, { prefix: 'PMT', handle: frozen(false) })).status).toBe('pass');
  });
});

/** Lets that status replace a final one. */
function reopening(end: string, late: string): Handle {
  return (order, event) =>
    order?.status === end && event.status === late
      ? { ...order, status: late }
      : careful(order, event);
}
