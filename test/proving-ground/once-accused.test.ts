import { expect, it } from 'vitest';
import { judge } from './judge.js';
import { modelWith } from './model-with.js';
import { sampleOf } from './sample.js';
import { verdictOf } from './verdict-of.js';

/** Correct receivers that were accused, of a sample of 5,000. */
it.each([
  [1228, 'a balance that checkouts move, beside payments that are not taken'],
  [2300, 'the same, where checkouts alone are taken'],
  [3044, 'a balance that replicas show late'],
  [4260, 'a balance that a batch moves late'],
])('number %d of seed 3 is right: %s', { timeout: 120_000 }, async (number) => {
  expect((await verdictOf(sampleOf('3', number), '3')).kind).toBe('right');
});

/** Correct receivers of which nothing was told: their job runs in the middle of a life. */
it.each([
  ['a job each three seconds, beside answers that take 300 ms', ['answer: after 300 ms']],
  ['the same, in a state of numbers alone', ['state: metrics']],
])('%s', { timeout: 120_000 }, async (_, ways) => {
  const { results, summary } = await judge(
    modelWith('work: by a job each three seconds', ...ways),
    'a',
  );
  const failed = results.filter(({ verdict }) => verdict.status === 'fail');
  expect(failed.map(({ rule }) => rule.id)).toEqual([]);
  expect(summary.untold).toBe(0);
});
