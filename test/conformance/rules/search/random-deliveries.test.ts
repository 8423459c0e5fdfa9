import { describe, expect, it } from 'vitest';
import { careful, credulous, type Handle, isFinal, sharingBalance } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'search/random-deliveries';

it('a correct receiver leaves the right state whatever happens', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: '10 random plans left the right state (seed 1).',
  });
});

describe('a mistake that no rule was told of', () => {
  it('is found, and shown in the fewest deliveries', async () => {
    const told = await toldOfShop(RULE, { handle: credulous });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: 'A random sequence of deliveries left another state.',
      story: { state: ['credited  expected 149.9, is 299.8'] },
    });
    expect(told.story?.timeline).toHaveLength(2);
  });

  it('is found where it takes an odd order and a duplicate', async () => {
    const told = await toldOfShop(RULE, { handle: oddly() }, { runs: 60 });
    expect(told).toMatchObject({ status: 'fail' });
    expect(told.story?.timeline.map((line) => line.replace(/ →.*/, ''))).toEqual([
      '1. checkout.success',
      '2. checkout.new',
      '3. checkout.success again',
    ]);
  });

  it('is the same for the same seed', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() => toldOfShop(RULE, { handle: oddly() }, { runs: 60, seed: '7' })),
    );
    expect(one).toEqual(other);
  });
});

it('a balance of all orders tells of it as well', async () => {
  const told = await toldOfShop(RULE, sharingBalance(credulous));
  expect(told).toMatchObject({
    status: 'fail',
    evidence: 'A random sequence of deliveries left another balance.',
  });
  expect(told.story?.state).toEqual(['shop.balance  expected +149.9, is +299.8']);
});

describe('nothing is no verdict', () => {
  it('where no plan was asked for', async () => {
    expect(await toldOfShop(RULE, {}, { runs: 0 })).toMatchObject({
      status: 'inconclusive',
      evidence: 'No random plan was asked for (--runs 0).',
    });
  });

  it('where the budget was over before the first', async () => {
    const told = await toldOfShop(RULE, {}, { budgetMs: -1 });
    expect(told.evidence).toBe('The budget left no time for a single plan.');
  });
});

it('a receiver that is slow and works on one after the other is spared it', async () => {
  const work = { kind: 'queued', workers: 1, ms: 400 } as const;
  expect((await toldOfModel(RULE, { work })).status).toBe('skipped');
});

/** Forgets what was done once something older came after it. */
function oddly(): Handle {
  const forgotten = new Set<string>();
  return (order, event) => {
    if (order !== undefined && isFinal(order) && event.status === 'NEW') forgotten.add(event.id);
    return forgotten.has(event.id) ? credulous(order, event) : careful(order, event);
  };
}
