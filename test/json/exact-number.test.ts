import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ExactNumber,
  fullText,
  isSame,
  minus,
  NOTHING,
  parseAmount,
  parseExact,
  plus,
  roughly,
  rounded,
  shortText,
  times,
} from '../../src/json/exact-number.js';

function read(text: string): ExactNumber {
  const number = parseAmount(text);
  if (number === undefined) throw new Error(`${text} is no number`);
  return number;
}

const sum = (...texts: readonly string[]) => shortText(texts.map(read).reduce(plus, NOTHING));
const exact = fc.record({ units: fc.bigInt(), scale: fc.integer({ min: -12, max: 12 }) });

describe('the exact number', () => {
  it.each([
    ['1.50', '1.5', '1.50'],
    ['15e-1', '1.5', '1.5'],
    ['1.25E-2', '0.0125', '0.0125'],
    ['1e2', '100', '100'],
    ['1.0', '1', '1.0'],
    ['1200', '1200', '1200'],
    ['-0', '0', '0'],
    ['-0.00', '0', '0.00'],
    ['-0.50', '-0.5', '-0.50'],
    ['0e5', '0', '0'],
    ['0.123456789012345678', '0.123456789012345678', '0.123456789012345678'],
    ['9007199254740993', '9007199254740993', '9007199254740993'],
  ])('%s is %s, with every digit %s', (text, short, full) => {
    expect(shortText(read(text))).toBe(short);
    expect(fullText(read(text))).toBe(full);
  });

  it.each(['', 'x', 'one', '1,5', '0x10', '.5', '1.', 'NaN'])('%j is no number', (text) => {
    expect(parseExact(text)).toBeUndefined();
    expect(parseAmount(text)).toBeUndefined();
  });

  it('reads exponents of any size, but takes none of them for an amount', () => {
    expect(parseExact('1e-9999')).toEqual({ units: 1n, scale: 9999 });
    expect(parseAmount('1e9999')).toBeUndefined();
    expect(parseAmount('1e-9999')).toBeUndefined();
  });

  it('adds exactly', () => {
    expect(sum('0.1', '0.2')).toBe('0.3');
    expect(sum('99.46291', '0.00000000000000000001')).toBe('99.46291000000000000001');
    expect(sum('12345678901234567890', '1')).toBe('12345678901234567891');
    expect(sum('1', '-1.50')).toBe('-0.5');
    expect(sum('1e3', '1e-3')).toBe('1000.001');
    expect(sum()).toBe('0');
  });

  it('takes a sum of many for a product', () => {
    expect(shortText(times(read('146.62593'), 1_000_000))).toBe('146625930');
    expect(shortText(times(read('0.07'), -3))).toBe('-0.21');
  });

  it('rounds half away from nothing', () => {
    expect(['0.125', '-0.125', '0.124', '7', '1e3'].map((text) => rounded(read(text), 2))).toEqual(
      ['0.13', '-0.13', '0.12', '7', '1e3'].map(read),
    );
  });

  it('is the same number however it is written', () => {
    fc.assert(
      fc.property(exact, (number) => {
        expect(isSame(read(shortText(number)), number)).toBe(true);
        expect(isSame(read(fullText(number)), number)).toBe(true);
      }),
    );
  });

  it('takes away what was added', () => {
    fc.assert(
      fc.property(exact, exact, (one, other) => {
        expect(isSame(minus(plus(one, other), other), one)).toBe(true);
      }),
    );
  });

  it('is near the number that a computer counts with', () => {
    expect(roughly(read('149.72034'))).toBe(149.72034);
  });
});
