import { describe, expect, it } from 'vitest';
import { modelWith } from '../../../proving-ground/model-with.js';
import { careful, type Moment } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'payload/overpaid';

it('a success that is overpaid counts as one', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    severity: 'should',
    evidence: 'An overpaid success is answered 200 and counts.',
  });
});

describe('a success that is overpaid', () => {
  it('is lost where another amount than the price is refused', async () => {
    const told = await toldOfShop(RULE, {
      before: (moment) => (isOverpaid(moment) ? { status: 400 } : undefined),
    });
    expect(told).toMatchObject({
      status: 'fail',
      evidence: 'An overpaid checkout is answered 400.',
    });
    expect(told.story?.timeline.at(-1)).toMatch('with request.paidAmount=160');
  });

  it('is lost where it waits for somebody to look at it', async () => {
    const waiting = new Set<string>();
    const told = await toldOfShop(RULE, {
      before: (moment) => {
        if (isOverpaid(moment)) waiting.add(moment.event?.id ?? '');
        return undefined;
      },
      handle: (order, event) => (waiting.has(event.id) ? order : careful(order, event)),
    });
    expect(told.evidence).toBe('An overpaid checkout does not count as a success.');
  });

  it('is lost where it is taken for a conflict, whatever amount stands beside that', async () => {
    const ways = ['credit: none of an overpaid success', 'kinds: checkouts alone'];
    const told = await toldOfModel(RULE, modelWith(...ways));
    expect(told.evidence).toBe('An overpaid checkout does not count as a success.');
  });

  it('may bring what was paid', async () => {
    const told = await toldOfModel(RULE, { creditFor: ({ paid, amount }) => paid ?? amount });
    expect(told.status).toBe('pass');
  });
});

it('answers alone do not tell that it counts', async () => {
  const told = await toldOfShop(RULE, {}, { stateUrl: undefined, blackBox: true });
  expect(told.status).toBe('skipped');
});

it('a payment has its price, and no more', async () => {
  expect(await toldOfShop(RULE, { prefix: 'PMT' })).toMatchObject({
    status: 'skipped',
    evidence: 'No kind under test can be overpaid.',
  });
});

function isOverpaid({ text }: Moment): boolean {
  return /"overpaid":\s*true/.test(text);
}
