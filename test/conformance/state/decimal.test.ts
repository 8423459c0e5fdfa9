import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changeText,
  decimalText,
  isSame,
  minus,
  parseDecimal,
} from '../../../src/conformance/state/decimal.js';

function read(text: string) {
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw new Error(`${text} is no number`);
  return decimal;
}

test.each([
  ['1.50', '1.5'],
  ['15e-1', '1.5'],
  ['1e2', '100'],
  ['-0', '0'],
  ['0.123456789012345678', '0.123456789012345678'],
  ['9007199254740993', '9007199254740993'],
])('%s is written %s', (text, shortest) => {
  expect(decimalText(read(text))).toBe(shortest);
});

test('what is no number is none', () => {
  expect(['', 'one', '1,5', '0x10', 'NaN'].map(parseDecimal)).toEqual(Array(5).fill(undefined));
});

test('a change is exact, but for the noise of floating point', () => {
  expect(changeText(minus(read('300.3'), read('100.1')))).toBe('200.2');
  expect(changeText(minus(read('449.70000000000005'), read('299.8')))).toBe('149.9');
});

test('numbers are the same however they are written', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat(12), (units, scale) => {
      const text = decimalText({ units, scale });
      expect(isSame(read(text), { units, scale })).toBe(true);
    }),
  );
});
