import { expect, it } from 'vitest';
import { CORRECT } from '../../../proving-ground/model.js';
import { oneAtATime, type ShopOptions } from '../../shop.js';
import { reportOn, toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'acknowledgement/refusals-mended';

it('a receiver that takes a web hook the first time is right', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: 'Nothing was refused that was taken when it came again.',
  });
});

it('what is refused at first should be looked into, though the retry mends it', async () => {
  const told = await toldOfShop(RULE, refusingAtFirst('PAYMENT_DETECTED', 500));
  expect(told).toMatchObject({ status: 'fail', severity: 'should' });
  expect(told.evidence).toMatch(
    /^\d+ of \d+ web hooks were refused at first \(answered 500\), and taken when they came again\.$/,
  );
  expect(told.story?.timeline).toContainEqual(
    expect.stringMatching(/checkout\.payment-detected → 500 in 2 ms, then 200/),
  );
});

it('what is refused each time is for another rule', async () => {
  const told = await toldOfShop(RULE, {
    before: ({ event }) => (event?.status === 'EXPIRED' ? { status: 500 } : undefined),
  });
  expect(told.status).toBe('pass');
});

it.each([429, 503])('what a crowd puts off with %i is no refusal', async (crowded) => {
  const answers = { ...CORRECT.answers, crowded, afterMs: 20 };
  expect((await toldOfModel(RULE, { mostAtOnce: 2, answers })).status).toBe('pass');
});

it('what is busy with another web hook of the resource may have this one come again', async () => {
  const { results } = await reportOn(oneAtATime(409), [RULE, 'retries/overlap']);
  expect(results.map(({ status }) => status)).toEqual(['pass', 'pass']);
});

it('where no web hook is taken nothing is told', async () => {
  const told = await toldOfShop(RULE, { before: () => ({ status: 401 }) });
  expect(told.status).toBe('inconclusive');
});

/** Refuses that status once for each order. */
function refusingAtFirst(status: string, answer: number): ShopOptions {
  const known = new Set<string>();
  return {
    before: ({ event }) => {
      if (event?.status !== status || known.has(event.id)) return undefined;
      known.add(event.id);
      return { status: answer };
    },
  };
}
