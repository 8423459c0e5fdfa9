import { expect, test } from 'vitest';
import { isWallTime } from '../../../src/conformance/state/wall-time.js';

const NOW = Date.UTC(2026, 4, 6, 7, 8, 9);

test.each([
  '"2026-05-06T07:08:09.123Z"',
  '"2026-05-06 07:08:09"',
  '"2026-05-06"',
  '1778051289',
  '1778051289123',
])('%s is a time of about now', (leaf) => {
  expect(isWallTime(leaf, NOW)).toBe(true);
});

test.each(['"2026-05-03T07:08:09Z"', '149.9', '"SUCCESS"', '42', '"2026"', 'null'])(
  '%s is none',
  (leaf) => {
    expect(isWallTime(leaf, NOW)).toBe(false);
  },
);
