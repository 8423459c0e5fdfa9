import { expect, it, vi } from 'vitest';
import { judge } from '../proving-ground/judge.js';
import { modelWith } from '../proving-ground/model-with.js';

vi.setConfig({ testTimeout: 60_000 });

/** Fewer web hooks a second than a check sends, and quick when there are few. */
it.each([
  ['four workers of 10 ms', 4, 10],
  ['four workers of 4 ms', 4, 4],
  ['one worker of 2 ms', 1, 2],
])('a receiver that falls behind in a crowd is not accused: %s', async (_, workers, ms) => {
  const model = modelWith('kinds: checkouts alone', 'noise: ids and times');
  const work = { kind: 'queued', workers, ms } as const;
  const { results } = await judge({ ...model, work }, '3 292', { kinds: ['checkout'] });
  const accused = results.filter(
    ({ verdict, rule }) => verdict.status === 'fail' && rule.severity !== 'advisory',
  );
  expect(accused.map(({ rule }) => rule.id)).toEqual([]);
  const untold = results.filter(({ verdict }) => verdict.status === 'inconclusive');
  expect(untold.map(({ rule }) => rule.id)).toEqual([]);
});
