import { expect, it } from 'vitest';
import { payloadCreditBeforeSuccess } from '../../../../src/conformance/rules/payload/credit-before-success.js';
import { judge } from '../../../proving-ground/judge.js';
import type { Model } from '../../../proving-ground/model.js';
import { modelWith } from '../../../proving-ground/model-with.js';
import { detecting } from '../../../proving-ground/views.js';

async function statusOf(model: Model) {
  const { results } = await judge(model, '1', { rules: [payloadCreditBeforeSuccess] });
  return results[0]?.verdict.status;
}

it('what was detected says nothing of a credit', async () => {
  expect(await statusOf({ ...modelWith('noise: none'), view: detecting })).toBe('pass');
});

it.each([
  ['state: the order with its resources', 'balance: of all orders'],
  ['state: a word, an amount as a number, and what Inqud says was paid', 'replicas: 80 ms behind'],
  ['state: a list', 'credit: what was paid of a conflict'],
])('a price, or what was detected, is no credit: %s, %s', async (...ways) => {
  expect(await statusOf(modelWith(...ways))).toBe('pass');
});

it.each([
  ['credit: as soon as it is seen, taken back on failure', 'kinds: checkouts alone'],
  ['credit: as soon as it is seen, taken back on failure', 'balance: of all orders'],
  ['credit: as soon as it is seen, and kept on failure', 'kinds: checkouts alone'],
  ['credit: as soon as it is seen, and kept on failure', 'state: a word and an amount'],
  ['credit: as soon as it is seen, and again with the success', 'state: text'],
])('what is credited early is seen: %s, %s', async (...ways) => {
  expect(await statusOf(modelWith(...ways))).toBe('fail');
});
