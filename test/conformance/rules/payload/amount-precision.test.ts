import { expect, it } from 'vitest';
import { STRICT } from '../../../receivers/shop/policy.js';
import { toldOfModel, toldOfShop } from '../../told.js';

const RULE = 'payload/amount-precision';

it('amounts that are kept as text keep every digit', async () => {
  expect(await toldOfModel(RULE)).toMatchObject({
    status: 'pass',
    severity: 'should',
    evidence: 'Kept exactly: 0.123456789012345678, 9007199254740993.',
  });
});

it('amounts in floating point do not', async () => {
  const told = await toldOfShop(RULE);
  expect(told).toMatchObject({
    status: 'fail',
    severity: 'should',
    evidence: 'An amount of 0.123456789012345678 is recorded as 0.12345678901234568.',
    story: { state: ['credited  expected 0.123456789012345678, is 0.12345678901234568'] },
  });
});

it('whole numbers of the smallest unit need no more digits than it has', async () => {
  const told = await toldOfModel(RULE, {
    creditFor: (event) => {
      const amount = STRICT.creditFor(event);
      return amount && String(Math.round(Number(amount) * 100));
    },
  });
  expect(told.evidence).toBe('An amount of 9007199254740993 is recorded as "900719925474099200".');
});

it('an amount that is refused is told as such', async () => {
  const told = await toldOfModel(RULE, {
    refuses: ({ amount = '' }) => (amount.includes('.1234567') ? 422 : undefined),
  });
  expect(told).toMatchObject({
    status: 'fail',
    evidence: 'A web hook with an amount of 0.123456789012345678 is answered 422.',
  });
});

it('a state without amounts is not asked', async () => {
  const told = await toldOfShop(RULE, { view: ({ status }) => ({ status }) });
  expect(told).toMatchObject({
    status: 'skipped',
    evidence: 'No field of the state says the amount.',
  });
});
