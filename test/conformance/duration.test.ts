import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/webhook/catalogue.js';
import { type JudgeOptions, judge } from '../proving-ground/judge.js';
import { CORRECT, type Model } from '../proving-ground/model.js';

const ONE_AT_A_TIME: Partial<Model> = { work: { kind: 'queued', workers: 1, ms: 400 } };

/** How long a whole check may take on a receiver, in seconds of simulated time. */
const BOUNDS: readonly (readonly [string, Partial<Model>, number, JudgeOptions])[] = [
  ['works at once', {}, 5.5, {}],
  ['works 300 ms later', { work: { kind: 'later', ms: 300 } }, 10, {}],
  ['works 1.5 s later', { work: { kind: 'later', ms: 1_500 } }, 25, {}],
  ['works 3 s later', { work: { kind: 'later', ms: 3_000 } }, 45, {}],
  ['remembers nothing', { memory: () => ({ has: () => false, add: () => undefined }) }, 25, {}],
  ['lets the last to come count', { supersedes: () => true }, 25, {}],
  ...CATALOGUE.kinds.map(
    ({ kind }) =>
      [`takes a ${kind} in 400 ms, one at a time`, ONE_AT_A_TIME, 90, { kinds: [kind] }] as const,
  ),
];

it.each(BOUNDS)(
  'a check of a receiver that %s is over in time',
  async (_, change, seconds, options) => {
    const { virtualMs, summary } = await judge({ ...CORRECT, ...change }, '1', options);
    expect(summary.untold).toBe(0);
    expect(virtualMs / 1_000).toBeLessThanOrEqual(seconds);
  },
  60_000,
);

it('of one that is slow, and works on one web hook after the other, what is left out is said', async () => {
  const { results, summary } = await judge({ ...CORRECT, ...ONE_AT_A_TIME }, '1', {
    kinds: ['checkout'],
  });
  const leftOut = results.filter(
    ({ verdict: { status, evidence } }) =>
      status === 'skipped' && isDeepStrictEqual(evidence, { code: 'no-time' }),
  );
  const named = leftOut.map(({ rule }) => rule.id);
  expect(named).toContain('payload/large-body');
  expect(named).toContain('search/random-deliveries');
  const musts = leftOut.filter(({ rule }) => rule.severity === 'must');
  expect(summary.readiness).toMatchObject({
    verdict: 'ready',
    notTried: expect.arrayContaining(['what-takes-long']),
  });
  expect(musts.every(({ rule }) => rule.isLeftOutWhenSlow)).toBe(true);
});
