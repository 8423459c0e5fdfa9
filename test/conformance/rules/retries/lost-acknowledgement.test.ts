import { describe, expect, it } from 'vitest';
import { credulous, type Handle } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'retries/lost-acknowledgement';

it.each([0, 20])(
  'work of %i ms that a hang-up does not undo, nor do twice, is right',
  async (ms) => {
    expect((await toldOfModel(RULE, { work: { kind: 'at-once', ms } })).status).toBe('pass');
  },
);

describe('a retry that is counted again', () => {
  it('is shown with the web hook whose answer was lost', async () => {
    const told = await toldOfShop(RULE, { handle: credulous });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: 'A web hook whose answer was lost was counted again when it was retried.',
      story: { state: ['credited  expected 149.9, is 299.8'] },
    });
    expect(told.story?.timeline).toHaveLength(2);
    expect(told.story?.timeline.at(-1)).toMatch('2. checkout.success again');
  });

  it('is found where only work that is still under way is not known', async () => {
    const told = await toldOfModel(RULE, { gapMs: 30 });
    expect(told).toMatchObject({ status: 'fail' });
    expect(told.story?.timeline.at(-2)).toMatch(/checkout\.success → .*\(we hang up\)/);
    expect(told.story?.timeline.at(-1)).toMatch('checkout.success again');
  });
});

it('what a lost intermediate web hook does twice is found as well', async () => {
  const told = await toldOfShop(RULE, { handle: counting('REQUEST_CREATED') });
  expect(told.story?.timeline).toContainEqual(
    expect.stringContaining('checkout.request-created again'),
  );
});

/** Adds one to the credit of an order each time that status comes. */
function counting(status: string): Handle {
  const counts = new Map<string, number>();
  return (order, event) => {
    const count = (counts.get(event.id) ?? 0) + (event.status === status ? 1 : 0);
    counts.set(event.id, count);
    const isNewer = order?.status !== 'SUCCESS' && order?.status !== 'EXPIRED';
    const next = isNewer ? event.status : order.status;
    return { id: event.id, status: next, credited: count, updatedAt: '' };
  };
}
