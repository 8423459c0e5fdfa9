import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/webhook/catalogue.js';
import type { Aid } from '../proving-ground/aids.js';
import { CHOICES } from '../proving-ground/choices.js';
import { judge } from '../proving-ground/judge.js';
import { CORRECT } from '../proving-ground/model.js';

const KINDS = CATALOGUE.kinds.map(({ kind }) => kind);
const asking = CHOICES.flatMap(({ right }) => right).find(
  ({ name }) => name === 'is asked about what is open',
);

/** What a kind has not is skipped: it is no reason to withhold a verdict. */
it.each(KINDS)('a correct receiver is told to be right about a %s alone', async (kind) => {
  const { results, summary } = await judge(CORRECT, '1', { kinds: [kind] });
  const untold = results.filter(({ verdict }) => verdict.status === 'inconclusive');
  expect(untold.map(({ rule }) => rule.id)).toEqual([]);
  expect(summary.readiness).toMatchObject({ verdict: 'ready', kinds: [kind] });
});

it.each(KINDS)('and of one that asks the API about a %s', async (kind) => {
  const aids = new Set<Aid>(['api']);
  const { results, summary } = await judge(asking?.change(CORRECT) ?? CORRECT, '1', {
    kinds: [kind],
    aids,
  });
  const untold = results.filter(({ verdict }) => verdict.status === 'inconclusive');
  expect(untold.map(({ rule }) => rule.id)).toEqual([]);
  expect(summary.readiness).toMatchObject({ verdict: 'ready', kinds: [kind] });
});
