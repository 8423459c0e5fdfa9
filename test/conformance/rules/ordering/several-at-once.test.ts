import { describe, expect, it } from 'vitest';
import { mixingUp } from '../../shop.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'ordering/several-at-once';
const QUICK_MS = 5;
const VERY_SLOW_MS = 600;

it('a receiver that keeps what belongs to one web hook to itself is right', async () => {
  expect(await toldOfModel(RULE, { work: { kind: 'at-once', ms: QUICK_MS } })).toMatchObject({
    status: 'pass',
    evidence: '48 delivery plans left the right state.',
  });
});

describe('a web hook that is kept in a variable of the module is mixed up with the next', () => {
  it.each([
    ['a quick receiver', QUICK_MS],
    ['one for which there is time for little', VERY_SLOW_MS],
  ])('in %s', async (_, ms) => {
    const told = await toldOfShop(RULE, mixingUp(ms));
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: 'Resources that came at the same time disturbed each other.',
    });
    expect(told.story?.timeline).toContainEqual(expect.stringContaining('at the same time'));
    expect(told.story?.state[0]).toMatch(/status +expected "(SUCCESS|EXPIRED)", is "/);
  });
});
