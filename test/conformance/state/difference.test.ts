import { describe, expect, test } from 'vitest';
import { chanceFrom } from '../../../src/conformance/search/chance.js';
import {
  type Difference,
  differences,
  isEqual,
  isEqualBut,
  isOfTimes,
  pathsThatDiffer,
  single,
} from '../../../src/conformance/state/difference.js';
import { leavesOf } from '../plain.js';

test('a difference says what is there and what is not', () => {
  const expected = leavesOf({ status: '"paid"', sum: '5', list: ['1', '2'] });
  const actual = leavesOf({ list: ['1', '3'], status: '"paid"', more: 'null' });
  expect(differences(expected, actual)).toEqual([
    { path: 'sum', expected: '5', actual: undefined },
    { path: 'list', expected: '[1, 2]', actual: '[1, 3]' },
    { path: 'more', expected: undefined, actual: 'null' },
  ]);
});

describe('of any two states', () => {
  const chance = chanceFrom('differences');
  const drawn = () =>
    leavesOf(
      Object.fromEntries(
        ['a', 'b', 'c'].flatMap((path) => {
          const texts = Array.from({ length: Math.floor(chance() * 3) }, () =>
            String(Math.floor(chance() * 2)),
          );
          return texts.length === 0 ? [] : [[path, texts]];
        }),
      ),
    );
  const pairs = Array.from({ length: 300 }, () => [drawn(), drawn()] as const);

  test('equality is that nothing differs, either way', () => {
    const equal = pairs.filter(([one, other]) => isEqual(one, other));
    expect(equal.length).toBeGreaterThan(3);
    for (const [one, other] of pairs) {
      expect(isEqual(one, other)).toBe(pathsThatDiffer(one, other).length === 0);
      expect(isEqual(one, other)).toBe(isEqual(other, one));
      expect([...pathsThatDiffer(one, other)].sort()).toEqual(
        [...pathsThatDiffer(other, one)].sort(),
      );
    }
  });

  test('what is masked is all that may differ', () => {
    for (const [one, other] of pairs) {
      const paths = pathsThatDiffer(one, other);
      expect(isEqualBut(one, other, new Set(paths))).toBe(true);
      expect(isEqualBut(one, other, new Set(paths.slice(1)))).toBe(paths.length === 0);
    }
  });
});

test('a single value is one that has no other beside it', () => {
  const leaves = leavesOf({ one: '1', several: ['1', '2'] });
  expect(['one', 'several', 'none'].map((path) => single(leaves, path))).toEqual([
    '1',
    undefined,
    undefined,
  ]);
});

test.each([
  ['"2024-01-02T03:04:05Z"', '"2024-01-02 03:05"', true],
  ['"2024-01-02T03:04:05Z"', undefined, false],
  ['"2024-01-02T03:04:05Z"', 'null', false],
  ['"2024-01-02"', '"2024-01-03"', false],
  ['"paid at 2024-01-02T03:04"', '"paid at 2024-01-02T03:05"', false],
])('%s beside %s is of times: %s', (expected, actual, isTimes) => {
  const difference: Difference = { path: 'at', expected, actual };
  expect(isOfTimes(difference)).toBe(isTimes);
});
