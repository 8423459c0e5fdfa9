import { describe, expect, test } from 'vitest';
import { findMiscount, miscounts } from '../../src/conformance/balance.js';
import { changeOf, isSameChange } from '../../src/conformance/balance-change.js';
import type { Case } from '../../src/conformance/confirm.js';
import {
  deliver,
  deliverTogether,
  type ScriptStep,
  scriptOf,
} from '../../src/conformance/script.js';
import { knownLaboratory } from './open-lab.js';
import { openShop } from './shop.js';
import { type Counting, countedOnce, shopWithBalance } from './shop-with-balance.js';

function caseOf(end: string, ...steps: readonly ScriptStep[]): Case {
  return { script: scriptOf({ kind: 'checkout', end }, steps), measure: { kind: 'same' } };
}

const IN_ORDER = caseOf('success', deliver('new'), deliver('success'));
const AGAIN = caseOf('success', deliver('success'), deliver('success'));
const LONG = caseOf('success', deliver('new'), deliver('success'), deliver('success'));
const RACE = caseOf('success', deliverTogether(['success', 'success']));
const FAILED = caseOf('expired', deliver('expired'));

const twice: Counting = (amount) => amount;

function known(counting: Counting, lateMs?: number) {
  return knownLaboratory(shopWithBalance(counting, lateMs));
}

/** A receiver of which some second success is counted again, by its number. */
function countingNth(isCounted: (nth: number) => boolean) {
  let nth = 0;
  return known((amount, times) => {
    if (times === 1) return amount;
    nth += 1;
    return isCounted(nth) ? amount : 0;
  });
}

describe('a miscount', () => {
  test('is there where the sums differ, and is told by the smallest plan', async () => {
    const laboratory = await known(twice);
    const story = await findMiscount(laboratory, [LONG, IN_ORDER, AGAIN, FAILED]);
    expect(story?.script).toBe(AGAIN.script);
    expect(story?.times).toEqual({ failed: 3, of: 3 });
    expect(story?.exchanges).toHaveLength(2);
    expect(story?.wrong).toEqual([
      {
        resource: 0,
        differences: [{ path: 'shop.balance', expected: '+149.9', actual: '+299.8' }],
      },
    ]);
  });

  test.each<[string, Counting, readonly Case[]]>([
    ['what comes twice is counted once', countedOnce, [AGAIN, RACE, LONG]],
    ['nothing came twice', twice, [IN_ORDER, FAILED]],
  ])('is not there where %s', async (_what, counting, cases) => {
    expect(await findMiscount(await known(counting), cases)).toBeUndefined();
  });

  test('of what is taken away has its sign', async () => {
    const laboratory = await known((amount, times) => (times === 1 ? amount : -2 * amount));
    const story = await findMiscount(laboratory, [AGAIN]);
    expect(story?.wrong[0]?.differences[0]).toMatchObject({ expected: '+149.9', actual: '-149.9' });
  });

  test('that comes late is seen, and one that is only late is none', async () => {
    expect(await findMiscount(await known(twice, 90), [AGAIN])).toBeDefined();
    for (const lateMs of [90, 400])
      expect(await findMiscount(await known(countedOnce, lateMs), [AGAIN])).toBeUndefined();
  });

  test('of a race need not show each time', async () => {
    const laboratory = await countingNth((nth) => nth === 1 || nth === 2 || nth === 12);
    const story = await findMiscount(laboratory, [RACE]);
    expect(story?.times).toEqual({ failed: 1, of: 15 });
  });

  test('of what is no race has to show again', async () => {
    const laboratory = await countingNth((nth) => nth <= 2);
    expect(await findMiscount(laboratory, [AGAIN])).toBeUndefined();
  });

  test('needs a balance to be seen in', async () => {
    const laboratory = await knownLaboratory(openShop());
    const requests = laboratory.lab.log.length;
    expect(await findMiscount(laboratory, [AGAIN])).toBeUndefined();
    expect(await miscounts(laboratory, AGAIN)).toBe(false);
    expect(laboratory.lab.log).toHaveLength(requests);
  });
});

test('rules that ask at the same time are counted together, and each is told of its own', async () => {
  const laboratory = await known(twice);
  const asked = [[IN_ORDER], [AGAIN], [FAILED]].map((cases) => findMiscount(laboratory, cases));
  const [right, wrong, failed] = await Promise.all(asked);
  expect([right, failed]).toEqual([undefined, undefined]);
  expect(wrong?.script).toBe(AGAIN.script);
});

test('a plan by itself is miscounted where it is each time', async () => {
  expect(await miscounts(await known(twice), AGAIN)).toBe(true);
  expect(await miscounts(await known(countedOnce), AGAIN)).toBe(false);
});

test('a miscount of one moment is counted again before it is believed', async () => {
  const laboratory = await countingNth((nth) => nth === 1);
  expect(await miscounts(laboratory, AGAIN)).toBe(false);
});

test('a change is the sum of all that is done, some at once', async () => {
  const laboratory = await known(countedOnce, 30);
  const scripts = Array.from({ length: 7 }, () => IN_ORDER.script);
  const { changes, exchanges } = await changeOf(laboratory, scripts, { atOnce: 3 });
  expect([...changes]).toEqual([['shop.balance', '1049.3']]);
  expect(exchanges).toHaveLength(14);
  const nothing = await changeOf({ ...laboratory, witness: undefined }, scripts, { atOnce: 3 });
  expect(nothing).toEqual({ changes: new Map(), exchanges: [] });
});

test('changes are the same where every number is', () => {
  const [one, other, more] = [
    new Map([['a', '1']]),
    new Map([['a', '2']]),
    new Map([
      ['a', '1'],
      ['b', '1'],
    ]),
  ];
  expect([one, other, more].map((found) => isSameChange(one, found))).toEqual([true, false, false]);
  expect(isSameChange(more, one)).toBe(false);
});
