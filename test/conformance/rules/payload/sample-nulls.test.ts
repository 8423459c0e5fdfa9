import { describe, expect, it } from 'vitest';
import type { Moment } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'payload/sample-nulls';

it('a receiver that expects null where the documentation shows it is right', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: 'No web hook is refused for a null in it.',
  });
});

describe('a receiver that breaks on a null', () => {
  it.each([
    ['request', 'checkout.new'],
    ['reason', 'checkout.new'],
  ])('of %s is told which field it is', async (field, event) => {
    const told = await toldOfShop(RULE, {
      before: (moment) => (isNull(moment, field) ? { status: 500 } : undefined),
    });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: `${event} is answered 500 where ${field} is null, as it is in the documented body.`,
    });
  });
});

it('a status that is refused whatever is in it is no matter of nulls', async () => {
  const told = await toldOfShop(RULE, {
    before: ({ event }) => (event?.status === 'EXPIRED' ? { status: 500 } : undefined),
  });
  expect(told.status).toBe('pass');
});

describe('a null in a kind that the receiver does not keep', () => {
  it.each([
    [422, 'pass', 'No web hook is refused'],
    [500, 'fail', 'static-payment.pending is answered 500 where clientOrderId, externalId is null'],
  ])('is declined with a 4xx, and breaks it with a 5xx: %i', async (answer, status, evidence) => {
    const told = await toldOfShop(
      RULE,
      {
        before: ({ event, text }) =>
          event === undefined ? { status: text.includes('null') ? answer : 200 } : undefined,
      },
      { kinds: [] },
    );
    expect(told.status).toBe(status);
    expect(told.evidence).toContain(evidence);
  });
});

function isNull({ text }: Moment, field: string): boolean {
  return JSON.parse(text)[field] === null;
}
