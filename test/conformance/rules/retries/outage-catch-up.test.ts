import { expect, it } from 'vitest';
import { afresh, careful, hasty } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'retries/outage-catch-up';

it('a receiver that sorts out what comes all at once is right', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: '2 delivery plans left the right state.',
  });
});

it('one where the last to come counts is left with an old status', async () => {
  const told = await toldOfShop(RULE, { handle: hasty });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'Web hooks that came all at once left another state than they do one by one.',
  });
  expect(told.story?.timeline[0]).toMatch('1. checkout.success');
  expect(told.story?.timeline.at(-1)).toMatch('at the same time');
  expect(told.story?.state).toEqual([expect.stringMatching(/^status {2}expected "SUCCESS", is "/)]);
});

it('so is one that reads the order first and writes it later', async () => {
  const told = await toldOfShop(RULE, {
    work: async (_, orders, clock, event) => {
      const read = orders.get(event.id);
      await clock.sleep(3);
      orders.set(event.id, careful(read, event) ?? afresh(event));
    },
  });
  expect(told).toMatchObject({ status: 'fail' });
});

it('what is busy with one of them may have the others come again', async () => {
  expect((await toldOfModel(RULE, { mostAtOnce: 1 })).status).toBe('pass');
});
