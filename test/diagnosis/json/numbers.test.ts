import { describe, expect, it } from 'vitest';
import {
  goNumbers,
  javaDoubles,
  javaNumbers,
  javascriptNumbers,
  phpNumbers,
  phpNumbersWithFraction,
  pythonNumbers,
  rubyNumbers,
} from '../../../src/diagnosis/json/numbers.js';

/** What node 20, Python 3.11, PHP 8.2, Ruby 3.1, Go 1.19 and Java 17 with Jackson 2.17 write. */
const written = [
  ['1.0', '1', '1.0', '1', '1.0', '1', '1.0'],
  ['100.50', '100.5', '100.5', '100.5', '100.5', '100.5', '100.5'],
  ['0.00001', '0.00001', '1e-05', '1.0e-5', '1.0e-05', '0.00001', '1.0E-5'],
  ['0.0001', '0.0001', '0.0001', '0.0001', '0.0001', '0.0001', '1.0E-4'],
  ['0.00000015', '1.5e-7', '1.5e-07', '1.5e-7', '1.5e-07', '1.5e-7', '1.5E-7'],
  [
    '1e15',
    '1000000000000000',
    '1000000000000000.0',
    '1000000000000000',
    '1.0e+15',
    '1000000000000000',
    '1.0E15',
  ],
  ['1e21', '1e+21', '1e+21', '1.0e+21', '1.0e+21', '1e+21', '1.0E21'],
  [
    '12345678.5',
    '12345678.5',
    '12345678.5',
    '12345678.5',
    '12345678.5',
    '12345678.5',
    '1.23456785E7',
  ],
  [
    '9007199254740993',
    '9007199254740992',
    '9007199254740993',
    '9007199254740993',
    '9007199254740993',
    '9007199254740992',
    '9007199254740993',
  ],
  [
    '9223372036854775808',
    '9223372036854776000',
    '9223372036854775808',
    '9.223372036854776e+18',
    '9223372036854775808',
    '9223372036854776000',
    '9223372036854775808',
  ],
  ['-0', '0', '0', '0', '0', '-0', '0'],
  ['-0.0', '0', '-0.0', '-0', '-0.0', '-0', '-0.0'],
] as const;

describe('numbers are written as each language writes them', () => {
  it.each(written)('%s', (text, javascript, python, php, ruby, go, java) => {
    expect(javascriptNumbers.write(text)).toBe(javascript);
    expect(pythonNumbers.write(text)).toBe(python);
    expect(phpNumbers.write(text)).toBe(php);
    expect(rubyNumbers.write(text)).toBe(ruby);
    expect(goNumbers.write(text)).toBe(go);
    expect(javaNumbers.write(text)).toBe(java);
  });

  it('keeps zero fractions in PHP when told to', () => {
    expect(phpNumbersWithFraction.write('12.0')).toBe('12.0');
    expect(phpNumbersWithFraction.write('12')).toBe('12');
  });

  it('makes floats of all numbers where a language knows no others', () => {
    expect(javaDoubles.write('100')).toBe('100.0');
    expect(javaDoubles.write('10000000')).toBe('1.0E7');
  });
});
