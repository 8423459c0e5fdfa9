import { expect, test } from 'vitest';
import {
  addDecimals,
  decimalText,
  parseDecimal,
  timesWhole,
  ZERO,
} from '../../src/mock-api/decimal.js';

const decimal = (text: string) => parseDecimal(text) ?? ZERO;
const sum = (...texts: readonly string[]) =>
  decimalText(texts.map(decimal).reduce(addDecimals, ZERO));

test('sums are exact', () => {
  expect(sum('0.1', '0.2')).toBe('0.3');
  expect(sum('99.46291', '0.00000000000000000001')).toBe('99.46291000000000000001');
  expect(sum('12345678901234567890', '1')).toBe('12345678901234567891');
  expect(sum('1', '-1.50')).toBe('-0.5');
  expect(sum()).toBe('0');
});

test.each([
  ['1.0', '1'],
  ['-0.50', '-0.5'],
  ['1e3', '1000'],
  ['1.25E-2', '0.0125'],
  ['0e5', '0'],
])('%s is %s', (text, expected) => {
  expect(decimalText(decimal(text))).toBe(expected);
});

test.each(['', 'x', '1e9999', '.5', '1.', 'NaN'])('%j is no number', (text) => {
  expect(parseDecimal(text)).toBeUndefined();
});

test('a sum of many is a product', () => {
  expect(decimalText(timesWhole(decimal('146.62593'), 1_000_000))).toBe('146625930');
  expect(decimalText(timesWhole(decimal('0.07'), -3))).toBe('-0.21');
});
