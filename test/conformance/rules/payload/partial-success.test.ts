import { expect, it } from 'vitest';
import { afresh, careful, type Handle } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'payload/partial-success';
const prefix = 'PMT';

it('a partial success that brings the amount of its web hook is right', async () => {
  expect(await toldOfShop(RULE, { prefix })).toMatchObject({
    status: 'pass',
    evidence: 'Moves rightly: credited.',
  });
});

it.each<[string, (price: number, amount: number) => number, string]>([
  ['the price', (price) => price, '200'],
  ['nothing', () => 0, '0'],
])('one that brings %s is wrong', async (_, credit, is) => {
  const told = await toldOfShop(RULE, { prefix, handle: partly(credit) });
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: 'Of 200 that were asked for 50 were paid, and something else is recorded.',
    story: { state: [`credited  expected 50, is ${is}`] },
  });
  expect(told.story?.timeline.at(-1)).toMatch('3. payment.partial-success with amount=50 → 200');
});

it('a fee of two percent is none of its affair', async () => {
  const handle = partly((_, amount) => amount * 0.99);
  expect((await toldOfShop(RULE, { prefix, handle })).status).toBe('pass');
});

it('a state without what was paid is not asked', async () => {
  const told = await toldOfShop(RULE, { prefix, view: ({ status }) => ({ status }) });
  expect(told).toMatchObject({
    status: 'skipped',
    evidence: 'No field of the state says what was paid.',
  });
});

it('a kind without partial successes is not asked', async () => {
  expect(await toldOfModel(RULE)).toMatchObject({
    status: 'skipped',
    evidence: 'No kind under test has a PARTIAL_SUCCESS.',
  });
});

/** What a partial success brings, by the price that was asked for and the amount that came. */
function partly(credit: (price: number, amount: number) => number): Handle {
  const prices = new Map<string, number>();
  return (order, event) => {
    const price = prices.get(event.id) ?? event.amount;
    prices.set(event.id, price);
    return event.status === 'PARTIAL_SUCCESS' && order !== undefined
      ? { ...afresh(event), credited: credit(price, event.amount) }
      : careful(order, event);
  };
}

it.each([
  ['what was paid', (amount: number) => amount, 'pass'],
  ['nothing', () => 0, 'fail'],
])('a line that is called by its words says %s', async (_, credit, status) => {
  const told = await toldOfModel(
    RULE,
    {
      view: (store, { id }) => {
        const { event } = store.resources.get(id) ?? {};
        if (event === undefined) return { status: 404, text: '' };
        const amount = Number(event.amount);
        const words: Record<string, string> = {
          SUCCESS: `PAID ${amount}`,
          PARTIAL_SUCCESS: `PAID IN PART ${credit(amount)}`,
        };
        return { text: `Order ${id}\n${id}: ${words[event.status] ?? 'WAITING'}\n` };
      },
    },
    { kinds: ['payment'] },
  );
  expect(told.status).toBe(status);
});
