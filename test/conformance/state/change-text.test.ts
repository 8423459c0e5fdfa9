import { expect, test } from 'vitest';
import { changeText } from '../../../src/conformance/state/change-text.js';
import { minus, NOTHING, parseAmount } from '../../../src/json/exact-number.js';

const read = (text: string) => parseAmount(text) ?? NOTHING;

test('a change is exact, but for the noise of floating point', () => {
  expect(changeText(minus(read('300.3'), read('100.1')))).toBe('200.2');
  expect(changeText(minus(read('449.70000000000005'), read('299.8')))).toBe('149.9');
  expect(changeText(minus(read('5'), read('5.00')))).toBe('0');
});
