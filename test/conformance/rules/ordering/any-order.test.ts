import { describe, expect, it } from 'vitest';
import { afresh, careful, hasty, isFinal, type Order } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'ordering/any-order';

it('a receiver that ranks what comes is right, in each of the orders', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: '24 delivery plans left the right state.',
  });
});

it('where the last to come counts two web hooks show it', async () => {
  const told = await toldOfShop(RULE, { handle: hasty });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'The same web hooks in another order left another state.',
  });
  expect(told.story?.timeline).toHaveLength(2);
  expect(told.story?.timeline[0]).toMatch('1. checkout.success');
  expect(told.story?.state).toEqual([expect.stringMatching(/^status {2}expected "SUCCESS", is "/)]);
});

it('a failure that comes first has to stay as well', async () => {
  const told = await toldOfShop(RULE, {
    handle: (order, event) => (order?.status === 'EXPIRED' ? afresh(event) : careful(order, event)),
  });
  expect(told.story?.timeline[0]).toMatch('1. checkout.expired');
  expect(told.story?.state).toEqual([expect.stringMatching(/^status {2}expected "EXPIRED", is "/)]);
});

it('a history may leave out what came late', async () => {
  const history = new Map<string, string[]>();
  const told = await toldOfShop(RULE, {
    handle: (order, event) => {
      const known = history.get(event.id) ?? [];
      if (order === undefined || !isFinal(order)) history.set(event.id, [...known, event.status]);
      return careful(order, event);
    },
    view: (order) => ({ ...order, history: [...(history.get(order.id) ?? [])].sort() }),
  });
  expect(told.status).toBe('pass');
});

describe('a state that says no more than whether an order is open', () => {
  const view = ({ status }: Order) => ({ isOpen: !isFinal({ status }) });

  it('tells of an end that is undone', async () => {
    const told = await toldOfShop(RULE, { handle: hasty, view });
    expect(told).toMatchObject({ status: 'fail' });
    expect(told.story?.state).toEqual(['isOpen  expected false, is true']);
  });

  it('tells too little to pass', async () => {
    expect((await toldOfShop(RULE, { view })).status).toBe('inconclusive');
  });
});
