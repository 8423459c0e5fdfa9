import { expect, it } from 'vitest';
import { isCountedMore } from '../../src/conformance/counted-more.js';

it.each<[string, string | undefined, string | undefined, boolean]>([
  ['a larger number', '149.9', '299.8', true],
  ['a smaller number', '149.9', '0', false],
  ['something where nothing was', undefined, '"SUCCESS"', true],
  ['nothing where something was', '"SUCCESS"', undefined, false],
  ['a state that is not there', undefined, '(answered 404)', false],
  ['an object without members', undefined, '{}', false],
  ['no rows as a client of a database prints them', undefined, '""', false],
])('%s: %s, then %s', (_, expected, actual, isMore) => {
  expect(isCountedMore([{ path: 'credited', expected, actual }])).toBe(isMore);
});
