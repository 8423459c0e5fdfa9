import { expect, it } from 'vitest';
import { careful, credulous, type Handle } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'idempotency/duplicate-after-later-events';

it('a receiver that remembers all it has done is right', async () => {
  expect((await toldOfShop(RULE)).status).toBe('pass');
});

it('one that knows the last web hook alone counts an old one again', async () => {
  const told = await toldOfShop(RULE, { handle: knowingTheLast(credulous) });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'An old web hook that came again changed the state.',
    story: { state: ['credited  expected 149.9, is 299.8'] },
  });
  expect(told.story?.timeline.at(0)).toMatch('checkout.success');
  expect(told.story?.timeline.at(-1)).toMatch('checkout.success again');
});

it('a duplicate that comes at once says nothing of it', async () => {
  const told = await toldOfShop('idempotency/duplicate-in-sequence', {
    handle: knowingTheLast(credulous),
  });
  expect(told.status).toBe('pass');
});

it('an expiry that counts again is found as well', async () => {
  const refunding: Handle = (order, event) =>
    order?.status === 'EXPIRED' && event.status === 'EXPIRED'
      ? { ...order, credited: order.credited - event.amount }
      : careful(order, event);
  const told = await toldOfShop(RULE, { handle: knowingTheLast(refunding) });
  expect(told.story?.timeline.at(-1)).toMatch('checkout.expired again');
  expect(told.story?.state).toEqual(['credited  expected 0, is -149.9']);
});

it('it is left out where a receiver is slow and works on one after the other', async () => {
  const work = { kind: 'queued', workers: 1, ms: 400 } as const;
  expect(await toldOfModel(RULE, { work })).toMatchObject({ status: 'skipped' });
});

/** Does nothing for a web hook that is the last one of its order. */
function knowingTheLast(handle: Handle): Handle {
  const last = new Map<string, string>();
  return (order, event) => {
    if (last.get(event.id) === event.status) return order;
    last.set(event.id, event.status);
    return handle(order, event);
  };
}
