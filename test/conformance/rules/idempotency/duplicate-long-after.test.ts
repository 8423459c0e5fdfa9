import { describe, expect, it } from 'vitest';
import { forgettingAfter } from '../../../proving-ground/choices.js';
import { careful, credulous, sharingBalance } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'idempotency/duplicate-long-after';

it('a receiver that remembers for good is right', async () => {
  const told = await toldOfShop(RULE, {}, { lingerMs: 30_000 });
  expect(told).toMatchObject({ status: 'pass', evidence: 'Nothing changed 30.1 s later.' });
});

describe('a memory that forgets', () => {
  it('is found where what is sent again is older', async () => {
    const told = await toldOfModel(RULE, { memory: forgettingAfter(4_000) });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: expect.stringMatching(/^A checkout came again [5-9]\.\d s later and was counted/),
    });
    expect(told.story?.timeline).toHaveLength(8);
    expect(told.story?.timeline.at(-1)).toContain('checkout.success again');
    expect(told.story?.state).toContainEqual(
      expect.stringMatching(/^credited +expected "149\.9", is "299\.8"$/),
    );
  });

  it('is not found by duplicates that come sooner', async () => {
    const told = await toldOfModel(RULE, { memory: forgettingAfter(60_000) });
    expect(told).toMatchObject({ status: 'pass' });
  });
});

it('what was lost the first time is no duplicate when it comes again', async () => {
  let count = 0;
  const told = await toldOfShop(RULE, {
    handle: (order, event) => {
      if (event.status === 'SUCCESS') count += 1;
      return count === 1 && event.status === 'SUCCESS' ? order : careful(order, event);
    },
  });
  expect(told.status).toBe('pass');
});

it('a balance of all orders tells of it as well', async () => {
  const told = await toldOfShop(RULE, sharingBalance(credulous));
  expect(told).toMatchObject({ status: 'fail' });
  expect(told.story?.state).toEqual([
    expect.stringMatching(/^shop\.balance {2}expected [\d.]+, is/),
  ]);
});

it('where no kind can be told apart nothing is told', async () => {
  const told = await toldOfShop(RULE, { view: () => ({ ok: true }) });
  expect(told.status).toBe('inconclusive');
});
