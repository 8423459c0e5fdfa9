import { expect, it } from 'vitest';
import { type JudgeOptions, judge } from './judge.js';
import { modelWith } from './model-with.js';

const CHECKOUT: JudgeOptions = { kinds: ['checkout'] };

/** Correct receivers that were accused once, or, where a job runs in the middle of a life, not told. */
it.each<[string, readonly string[], JudgeOptions]>([
  [
    'a balance that checkouts move, beside payments that are not taken',
    ['balance: of all orders', 'kinds: checkouts alone'],
    {},
  ],
  [
    'a balance that replicas show late',
    ['balance: of all orders', 'replicas: 80 ms behind', 'limit: 503 above 12'],
    CHECKOUT,
  ],
  [
    'a balance that a job moves late',
    ['balance: of all orders', 'work: by a job each three seconds', 'state: a list'],
    CHECKOUT,
  ],
  [
    'a job each three seconds, beside answers that take 300 ms',
    ['work: by a job each three seconds', 'answer: after 300 ms'],
    CHECKOUT,
  ],
  [
    'the same, in a state of numbers alone',
    ['work: by a job each three seconds', 'state: metrics'],
    CHECKOUT,
  ],
])('%s', { timeout: 120_000 }, async (_, ways, options) => {
  const { results, summary } = await judge(modelWith(...ways), 'a', options);
  const failed = results.filter(({ verdict }) => verdict.status === 'fail');
  expect(failed.map(({ rule }) => rule.id)).toEqual([]);
  expect(summary.untold).toBe(0);
});
