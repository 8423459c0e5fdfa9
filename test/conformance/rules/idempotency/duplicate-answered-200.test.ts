import { expect, it } from 'vitest';
import { toldOfShop } from '../../told.js';

const RULE = 'idempotency/duplicate-answered-200';

it('a duplicate that is answered 200 is right', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: 'Duplicates are answered 200.',
  });
});

it('a duplicate that is a conflict comes again and again', async () => {
  const told = await toldOfShop(RULE, {
    before: ({ order, event }) =>
      order?.status === event?.status && event?.status === 'SUCCESS' ? { status: 409 } : undefined,
  });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'The second checkout.success is answered 409.',
  });
  expect(told.story?.timeline.at(-1)).toMatch(/^5\. checkout\.success again → 409/);
});

it('what is taken when all of it is done again is forgiven', async () => {
  let left = 3;
  const told = await toldOfShop(RULE, {
    before: ({ order, event }) => {
      if (event?.status !== 'SUCCESS' || order?.status !== 'SUCCESS' || left === 0)
        return undefined;
      left -= 1;
      return { status: 409 };
    },
  });
  expect(told.status).toBe('pass');
  expect(left).toBe(0);
});

it('it goes by the answers, so that no state is needed', async () => {
  const told = await toldOfShop(RULE, {}, { stateUrl: undefined, blackBox: true });
  expect(told.status).toBe('pass');
});
