import { expect, test } from 'vitest';
import { entriesOf, isGrown, isHistory } from '../../../src/conformance/state/history.js';

test.each([
  ['created', 'created > paid', true],
  ['created', 'created; paid', true],
  ['created', 'paid, created', true],
  ['paid', 'paid in full', false],
  ['paid', 'unpaid', false],
  ['1', '1, 2', false],
  ['created > paid', 'created', false],
])('%s that becomes %s has grown by an entry: %s', (earlier, later, isSo) => {
  expect(isGrown(earlier, later)).toBe(isSo);
});

test('one status, or other words, is no history', () => {
  expect(['SUCCESS', 'PARTIAL_SUCCESS', 'NEW customer', ''].map(isHistory)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(entriesOf('created > paid >')).toEqual(['created', 'paid']);
});
