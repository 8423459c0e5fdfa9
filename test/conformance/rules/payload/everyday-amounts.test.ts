import { describe, expect, it } from 'vitest';
import { payloadAmountPrecision } from '../../../../src/conformance/rules/payload/amount-precision.js';
import { payloadEverydayAmounts } from '../../../../src/conformance/rules/payload/everyday-amounts.js';
import { saysAmount } from '../../../../src/conformance/rules/payload/everyday-sizes.js';
import { judge } from '../../../proving-ground/judge.js';
import { modelWith } from '../../../proving-ground/model-with.js';
import { toldOfShop } from '../../told.js';

async function statusesOf(...ways: readonly string[]) {
  const rules = [payloadEverydayAmounts, payloadAmountPrecision];
  const { results } = await judge(modelWith('kinds: requests and payments', ...ways), '1', {
    rules,
  });
  return results.map(({ verdict }) => verdict.status);
}

describe('amounts of everyday size', () => {
  it.each([
    'credit: in hundred-millionths',
    'credit: of checkouts alone, in cents',
    'state: a word and an amount in thousands',
    'state: a word, an amount as a number, and what Inqud says was paid',
    'state: text',
  ])('are kept: %s', async (way) => {
    expect(await statusesOf(way)).toEqual(['pass', 'pass']);
  });

  it.each(['credit: to eight decimals', 'credit: in 64-bit floats'])(
    'are kept, though finer ones are not: %s',
    async (way) => {
      expect(await statusesOf(way)).toEqual(['pass', 'fail']);
    },
  );

  it.each([
    ['credit: in 32-bit floats'],
    ['credit: in whole units'],
    ['credit: in cents cut off in floating point'],
    ['credit: in 32-bit floats', 'state: a word and an amount in thousands'],
    [
      'credit: in whole units',
      'kinds: checkouts alone',
      'state: a word, an amount as a number, and what Inqud says was paid',
    ],
  ])('are not kept: %s %s %s', async (...ways) => {
    const [everyday] = await statusesOf(...ways);
    expect(everyday).toBe('fail');
  });
});

/** The amount of an order in two fields, as decimals and money are written in several languages. */
const inTwo = (text: string) => {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  return {
    'digits and a scale': { unscaledValue: digits, scale: fraction.length },
    'digits and an exponent': { coefficient: Number(digits), exponent: -fraction.length },
    'units and nanos': {
      currencyCode: 'USD',
      units: whole,
      nanos: Number(fraction.padEnd(9, '0')),
    },
    'euros and cents': { euros: Number(whole), cents: Number(fraction.padEnd(2, '0')) },
    'units and digits behind the point': { int: whole, frac: fraction.padEnd(2, '0') },
    // A whole number of cents, and how many decimals it has.
    'cents and their decimals': {
      value: Number(`${whole}${fraction.padEnd(2, '0')}`),
      decimals: 2,
    },
    // The currency has decimals: the amount is written out.
    'an amount and the decimals of its currency': { amount: text, decimals: 2 },
  };
};
type InTwo = keyof ReturnType<typeof inTwo>;
const IN_TWO: readonly InTwo[] = [
  'digits and a scale',
  'digits and an exponent',
  'units and nanos',
  'euros and cents',
  'units and digits behind the point',
  'cents and their decimals',
  'an amount and the decimals of its currency',
];

describe('an amount in two fields', () => {
  const told = (how: InTwo, kept: (amount: number) => string) =>
    toldOfShop('payload/everyday-amounts', {
      view: ({ status, credited }) => ({ status, received: inTwo(kept(credited))[how] }),
    });

  it.each(IN_TWO)('is read: %s', async (how) => {
    expect((await told(how, String)).status).toBe('pass');
  });

  it.each(IN_TWO)('and found to be lost: %s', async (how) => {
    expect((await told(how, (amount) => String(Math.trunc(amount)))).status).toBe('fail');
  });

  it('is told by the names of both', async () => {
    const { evidence, story } = await told('digits and a scale', (amount) =>
      String(Math.fround(amount)),
    );
    expect(evidence).toMatch(/^An amount of 1234567\.12 .* is recorded as 1234567\.125\.$/);
    expect(story?.state.join()).toMatch(
      /^received\.unscaledValue with received\.scale +expected 1234567\.12/,
    );
  });
});

describe('an amount of everyday size that is lost', () => {
  const RULE = 'payload/everyday-amounts';

  it.each<[string, (credited: number) => number, string]>([
    ['in a 32-bit float', Math.fround, '1234567.125'],
    ['in whole units', Math.trunc, '1234567'],
  ])('%s is told with what was sent', async (_, store, is) => {
    const told = await toldOfShop(RULE, {
      view: (order) => ({ ...order, credited: store(order.credited) }),
    });
    expect(told).toMatchObject({
      status: 'fail',
      severity: 'must',
      evidence: `An amount of 1234567.12 or 1234567.654321 is recorded as ${is}.`,
      story: { state: [`credited  expected 1234567.12 or 1234567.654321, is ${is}`] },
    });
  });

  it('is kept where it is shown rounded beside what is kept', async () => {
    const told = await toldOfShop(RULE, {
      view: (order) => ({ ...order, shown: order.credited.toFixed(1) }),
    });
    expect(told.status).toBe('pass');
  });

  it('is not looked for where the state says no amount', async () => {
    const told = await toldOfShop(RULE, { view: ({ status }) => ({ status }) });
    expect(told).toMatchObject({
      status: 'skipped',
      evidence: 'No field of the state says the amount.',
    });
  });
});

describe('an amount that is always credited more than once', () => {
  const RULE = 'payload/everyday-amounts';

  it.each<[string, (credited: number) => number, string]>([
    ['twice', (credited) => 2 * credited, 'An amount of 200 is recorded as 400: twice what came.'],
    [
      'three times, in cents',
      (credited) => 300 * credited,
      'An amount of 200 is recorded as 60000: three times what came.',
    ],
  ])('%s, is told', async (_, store, evidence) => {
    const told = await toldOfShop(RULE, {
      view: (order) => ({ ...order, credited: store(order.credited) }),
    });
    expect(told).toMatchObject({ status: 'fail', severity: 'must', evidence });
  });

  it.each<[string, (credited: number) => Readonly<Record<string, number>>]>([
    ['points are given two for one', (credited) => ({ points: 2 * credited })],
    ['it is said once as well', (credited) => ({ credited, totalWithBonus: 2 * credited })],
    ['it is another currency', (credited) => ({ amount: 2.5 * credited })],
  ])('is none where %s', async (_, view) => {
    const told = await toldOfShop(RULE, {
      view: ({ status, credited }) => ({ status, ...view(credited) }),
    });
    expect(told.status).not.toBe('fail');
  });
});

describe('a text says an amount', () => {
  it.each([
    ['"1234567.5"', 0],
    ['"1,234,567.50"', 0],
    ['"1.234.567,50 USD"', 0],
    ['1.2345675e6', 0],
    ['"1\'234\'567.50"', 0],
    ['123456750', 2],
  ])('%s', (text, places) => {
    expect(saysAmount(text, '1234567.5', places)).toBe(true);
  });

  it.each(['1234567', '"1,234,567"', '"1234567.5 of 1234567.5"', '"paid"', undefined])(
    'not %s',
    (text) => {
      expect(saysAmount(text, '1234567.5', 0)).toBe(false);
    },
  );
});

describe('what is given for money at a rate of the receiver', () => {
  it.each(['payload/everyday-amounts', 'payload/amount-precision'])(
    'may be whole: %s',
    async (rule) => {
      const told = await toldOfShop(rule, {
        view: ({ status, credited }) => ({ status, gems: Math.floor(10 * credited) }),
      });
      expect(told.status).toBe('skipped');
    },
  );
});
