import { expect, it } from 'vitest';
import { payloadUnknownStatus } from '../../../../src/conformance/rules/payload/unknown-status.js';
import { payloadUnknownStatusNotPaid } from '../../../../src/conformance/rules/payload/unknown-status-not-paid.js';
import { judge } from '../../../proving-ground/judge.js';
import { modelWith } from '../../../proving-ground/model-with.js';

async function failuresOf(...ways: readonly string[]) {
  const rules = [payloadUnknownStatus, payloadUnknownStatusNotPaid];
  const { results } = await judge(modelWith('kinds: requests and payments', ...ways), '1', {
    rules,
  });
  return results.flatMap(({ rule, verdict }) => (verdict.status === 'fail' ? [rule.id] : []));
}

it.each([
  ['bodies: usual', 'key: kind, id and status'],
  ['bodies: usual', 'state: statuses by id, and a list of credits'],
  ['bodies: of an unknown status are on record', 'state: a list'],
  ['bodies: of an unknown status are on record', 'state: the resource'],
  [
    'bodies: of an unknown status are on record',
    'state: a word, an amount as a number, and what Inqud says was paid',
  ],
])('a receiver that takes an unknown status for nothing is right: %s, %s', async (...ways) => {
  expect(await failuresOf(...ways)).toEqual([]);
});

it.each([
  ['bodies: of an unknown status are a success', 'state: a list'],
  ['bodies: of an unknown status are a success', 'balance: of all orders'],
  ['bodies: of an unknown status are credited', 'state: text'],
  ['bodies: of an unknown status are credited', 'state: statuses by id, and a list of credits'],
])('it must not be taken for paid: %s, %s', async (...ways) => {
  expect(await failuresOf(...ways)).toContain(payloadUnknownStatusNotPaid.id);
});

it.each(['bodies: of an unknown status are a failure', 'bodies: of an unknown status are refused'])(
  'no money is lost, and it should not be so: %s',
  async (way) => {
    expect(await failuresOf(way)).toEqual([payloadUnknownStatus.id]);
  },
);
