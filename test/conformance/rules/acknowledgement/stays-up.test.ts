import { describe, expect, it } from 'vitest';
import type { Model } from '../../../proving-ground/model.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'acknowledgement/stays-up';

it('a receiver that answers to the end is right', async () => {
  expect((await toldOfShop(RULE)).evidence).toMatch(/^It took \d+ web hooks\.$/);
});

describe('a web hook that ends the process', () => {
  const crashesAt: Model['crashesAt'] = ({ status }) => status === 'EXPIRED';

  it('is named as the last before that', async () => {
    const told = await toldOfModel(RULE, { crashesAt });
    expect(told).toMatchObject({ status: 'fail', severity: 'must' });
    expect(told.evidence).toMatch(/unlike all that was answered: checkout\.expired\.$/);
    expect(told.story?.timeline).toEqual([expect.stringMatching(/^1\. checkout\.expired → /)]);
  });

  it('is named where a supervisor starts it again each time', async () => {
    const told = await toldOfModel(RULE, { crashesAt, restartMs: 300 });
    expect(told).toMatchObject({
      status: 'fail',
      evidence: 'The receiver goes down each time with checkout.expired.',
    });
  });
});

it('a process that ends once, and comes back, is not accused', async () => {
  let isOver = false;
  const told = await toldOfModel(RULE, {
    restartMs: 300,
    crashesAt: ({ status }) => {
      if (isOver || status !== 'EXPIRED') return false;
      isOver = true;
      return true;
    },
  });
  expect(told.status).toBe('pass');
});

it('a receiver that falls silent is shown with what it never answered', async () => {
  let isHanging = false;
  const told = await toldOfShop(RULE, {
    before: ({ event }) => {
      isHanging ||= event?.status === 'EXPIRED';
      return isHanging ? 'silence' : undefined;
    },
  });
  expect(told).toMatchObject({ status: 'fail' });
  expect(told.story?.timeline).toEqual(['1. checkout.expired → timed out']);
});

it('a limit that is always met is no end', async () => {
  let count = 0;
  const told = await toldOfShop(RULE, {
    before: () => {
      count += 1;
      return count > 12 ? { status: 429 } : undefined;
    },
  });
  expect(told.status).toBe('inconclusive');
});
