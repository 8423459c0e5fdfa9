import { describe, expect, it } from 'vitest';
import { afresh, careful, type Handle, isFinal, type Order, type ShopEvent } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'ordering/second-final';
const prefix = 'PMT';

describe('a second final status', () => {
  it.each<[string, Handle]>([
    ['that is ignored', careful],
    ['that takes the place of the first, money and all', second(afresh)],
  ])('%s is right', async (_, handle) => {
    expect(await toldOfShop(RULE, { prefix, handle })).toMatchObject({
      status: 'pass',
      severity: 'advisory',
      evidence: 'The first stays, or the second takes its place.',
    });
  });

  it('that leaves the money of the first is recorded by halves', async () => {
    const handle = second((event, { credited }) => ({ ...afresh(event), credited }));
    const told = await toldOfShop(RULE, { prefix, handle });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'advisory',
      evidence: 'A payment.failed after payment.success was recorded by halves.',
    });
    expect(told.story?.timeline.at(-1)).toMatch('4. payment.failed');
    expect(told.story?.state).toEqual(['status  expected "SUCCESS", is "FAILED"']);
  });

  it('is told of the other way round as well', async () => {
    const handle: Handle = (order, event) =>
      order?.status === 'FAILED' && event.status === 'SUCCESS'
        ? { ...order, credited: event.amount }
        : careful(order, event);
    const told = await toldOfShop(RULE, { prefix, handle });
    expect(told.evidence).toBe('A payment.success after payment.failed was recorded by halves.');
  });
});

it('a checkout ends once', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'skipped',
    evidence: 'No kind under test has a second final status.',
  });
});

it('in a list both can stand', async () => {
  const entries = new Map<string, string[]>();
  const told = await toldOfShop(RULE, {
    prefix,
    handle: (order, event) => {
      entries.set(event.id, [...new Set([...(entries.get(event.id) ?? []), event.status])].sort());
      return careful(order, event);
    },
    view: ({ id }) => ({ entries: entries.get(id) }),
  });
  expect(told).toMatchObject({ status: 'skipped', evidence: expect.stringMatching(/^Only lists/) });
});

/** What becomes of a final status after another. */
function second(replace: (event: ShopEvent, first: Order) => Order): Handle {
  return (order, event) =>
    order !== undefined && isFinal(order) && isFinal(event)
      ? replace(event, order)
      : careful(order, event);
}
