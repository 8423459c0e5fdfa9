import { expect, test } from 'vitest';
import { ASSUMED_BASE_MS, ASSUMED_FACTOR, waitsOf } from '../../src/delivery/schedule.js';

const MINUTE_MS = 60_000;
const inMinutes = (waitsMs: readonly number[]) => waitsMs.map((ms) => ms / MINUTE_MS);

test('exponential waits start at two minutes and double, by assumption', () => {
  const backoff = {
    kind: 'exponential',
    baseMs: ASSUMED_BASE_MS,
    factor: ASSUMED_FACTOR,
    retries: 10,
  } as const;
  expect(inMinutes(waitsOf(backoff))).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]);
});

test('exponential waits are whole milliseconds', () => {
  const backoff = { kind: 'exponential', baseMs: 1_000, factor: 1.3, retries: 4 } as const;
  expect(waitsOf(backoff)).toEqual([1_000, 1_300, 1_690, 2_197]);
});

test("published waits are those of Inqud's retired docs", () => {
  const waitsMs = waitsOf({ kind: 'published', retries: 10 });
  expect(inMinutes(waitsMs)).toEqual([1, 2, 5, 15, 30, 60, 120, 360, 720, 1440]);
});

test('fewer retries take the first of the published waits', () => {
  expect(inMinutes(waitsOf({ kind: 'published', retries: 3 }))).toEqual([1, 2, 5]);
});

test('a list is taken as it is', () => {
  expect(waitsOf({ kind: 'list', waitsMs: [5, 0, 7] })).toEqual([5, 0, 7]);
});

test.each([
  ['exponential', { kind: 'exponential', baseMs: 1, factor: 2, retries: 4 }, [1, 2, 3, 3]],
  ['published', { kind: 'published', retries: 2 }, [3, 3]],
  ['list', { kind: 'list', waitsMs: [1, 9, 2] }, [1, 3, 2]],
] as const)('the longest wait caps each wait of a schedule: %s', (_, backoff, capped) => {
  expect(waitsOf(backoff, 3)).toEqual(capped);
});

test('no retries are no waits', () => {
  expect(waitsOf({ kind: 'exponential', baseMs: 1, factor: 2, retries: 0 })).toEqual([]);
});

test('however fast waits grow, each stays a number that a plan file can hold', () => {
  const waitsMs = waitsOf({ kind: 'exponential', baseMs: 1, factor: 1e300, retries: 3 });
  expect(waitsMs).toEqual([1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
});

test('a base of nothing stays nothing, however fast it grows', () => {
  expect(waitsOf({ kind: 'exponential', baseMs: 0, factor: 1e300, retries: 3 })).toEqual([0, 0, 0]);
});
