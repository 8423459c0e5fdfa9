import { describe, expect, it } from 'vitest';
import { afresh, careful } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'payload/full-lifecycles';

it('a receiver that takes every status is right', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: '6 lives were answered 200 throughout.',
  });
});

describe('a status that is not thought of', () => {
  it('is refused', async () => {
    const told = await toldOfShop(RULE, {
      before: ({ event }) => (event?.status === 'CONFLICT' ? { status: 500 } : undefined),
    });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: 'checkout.conflict is answered 500.',
    });
    expect(told.story?.timeline).toHaveLength(4);
  });

  it('is refused for good, not only now and then', async () => {
    let left = 3;
    const told = await toldOfShop(RULE, {
      before: ({ event }) => {
        if (event?.status !== 'CONFLICT' || left === 0) return undefined;
        left -= 1;
        return { status: 409 };
      },
    });
    expect(told.status).toBe('pass');
    expect(left).toBe(0);
  });

  it('is taken for a success', async () => {
    const told = await toldOfShop(RULE, {
      prefix: 'PMT',
      handle: (order, event) =>
        event.status === 'EXPIRED'
          ? afresh({ ...event, status: 'SUCCESS' })
          : careful(order, event),
    });
    expect(told).toMatchObject({
      status: 'fail',
      evidence: 'payment.expired is recorded as payment.success is.',
    });
    expect(told.story?.timeline.at(-1)).toMatch('payment.expired');
  });
});

it('a kind of which one event breaks the receiver is named', async () => {
  const told = await toldOfShop(RULE, {
    before: ({ event }) => (event?.status === 'SUCCESS' ? { status: 500 } : undefined),
  });
  expect(told).toMatchObject({
    status: 'fail',
    evidence: 'checkout.success is answered 500, while others are answered 200.',
  });
});

it('a kind that the receiver declines is its right', async () => {
  const told = await toldOfModel(
    RULE,
    { refuses: ({ kind }) => (kind === 'checkout' ? undefined : 422) },
    { kinds: [] },
  );
  expect(told).toMatchObject({ status: 'pass', evidence: '6 lives were answered 200 throughout.' });
});
