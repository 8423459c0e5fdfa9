import { expect, it } from 'vitest';
import { oneAtATime } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'retries/overlap';

it('a receiver that takes one attempt at a time is right', async () => {
  expect((await toldOfShop(RULE)).status).toBe('pass');
});

it('an attempt and its retry that are both under way are both counted', async () => {
  const told = await toldOfModel(RULE, { gapMs: 5 });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'An attempt and its retry, under way together, were both counted.',
  });
  expect(told.story?.timeline).toContainEqual(
    expect.stringContaining('checkout.success again at the same time'),
  );
  expect(told.story?.state).toContain('credited  expected "149.9", is "299.8"');
});

it.each([409, 423, 429, 503])(
  'to answer %i to the second of them is one way to be right',
  async (busy) => {
    expect((await toldOfShop(RULE, oneAtATime(busy))).status).toBe('pass');
  },
);

it('it is left out where a receiver is slow and works on one after the other', async () => {
  const work = { kind: 'queued', workers: 1, ms: 400 } as const;
  expect((await toldOfModel(RULE, { work })).status).toBe('skipped');
});
