import { expect, it } from 'vitest';
import { judge } from './judge.js';
import { modelWith } from './model-with.js';

/** Correct receivers that were accused once, or of which nothing was told. */
it.each([
  ['a balance that checkouts move, beside payments that are not taken', ['kinds: checkouts alone']],
  ['a balance that replicas show late', ['replicas: 80 ms behind', 'limit: 503 above 12']],
  ['a balance that a job moves late', ['work: by a job each three seconds', 'state: a list']],
])('%s', { timeout: 120_000 }, async (_, ways) => {
  await isReady('balance: of all orders', ...ways);
});

/** Their job runs in the middle of a life. */
it.each([
  ['a job each three seconds, beside answers that take 300 ms', 'answer: after 300 ms'],
  ['the same, in a state of numbers alone', 'state: metrics'],
])('%s', { timeout: 120_000 }, async (_, way) => {
  await isReady('work: by a job each three seconds', way);
});

async function isReady(...ways: readonly string[]): Promise<void> {
  const { results, summary } = await judge(modelWith(...ways), 'a');
  const failed = results.filter(({ verdict }) => verdict.status === 'fail');
  expect(failed.map(({ rule }) => rule.id)).toEqual([]);
  expect(summary.untold).toBe(0);
}
