import { expect, it } from 'vitest';
import { judge } from '../proving-ground/judge.js';
import { CORRECT, type Model } from '../proving-ground/model.js';

/** How long a whole check may take on a receiver, in seconds of simulated time. */
const BOUNDS: readonly (readonly [string, Partial<Model>, number])[] = [
  ['works at once', {}, 5.5],
  ['works 300 ms later', { work: { kind: 'later', ms: 300 } }, 10],
  ['works 1.5 s later', { work: { kind: 'later', ms: 1_500 } }, 25],
  ['works 3 s later', { work: { kind: 'later', ms: 3_000 } }, 45],
  ['remembers nothing', { memory: () => ({ has: () => false, add: () => undefined }) }, 25],
  ['lets the last to come count', { supersedes: () => true }, 25],
];

it.each(BOUNDS)(
  'a check of a receiver that %s is over in time',
  async (_, change, seconds) => {
    const { virtualMs, summary } = await judge({ ...CORRECT, ...change }, '1');
    expect(summary.untold).toBe(0);
    expect(virtualMs / 1_000).toBeLessThanOrEqual(seconds);
  },
  60_000,
);
