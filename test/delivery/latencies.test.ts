import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Latencies } from '../../src/delivery/latencies.js';

const summaryOf = (times: readonly number[]) => {
  const latencies = new Latencies();
  for (const ms of times) latencies.add(ms);
  return latencies.summary();
};

/** Nearest rank: the smallest time that this share of all times does not exceed. */
const percentile = (times: readonly number[], share: number) =>
  times.toSorted((one, other) => one - other)[Math.ceil(share * times.length) - 1] ?? Number.NaN;

test('nothing was measured, nothing is said', () => {
  expect(summaryOf([])).toBeUndefined();
});

test('one time is every percentile', () => {
  expect(summaryOf([12.34])).toEqual({ count: 1, p50Ms: 12.34, p95Ms: 12.34, maxMs: 12.34 });
});

test('percentiles are right to within one percent, from microseconds to a day', () => {
  const times = fc.array(fc.double({ min: 0.5, max: 86_400_000, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(times, (list) => {
      const summary = summaryOf(list);
      expect(summary?.count).toBe(list.length);
      expect(summary?.maxMs).toBeCloseTo(Math.max(...list), 1);
      for (const [given, share] of [
        [summary?.p50Ms, 0.5],
        [summary?.p95Ms, 0.95],
      ] as const) {
        const exact = percentile(list, share);
        expect(Math.abs((given ?? Number.NaN) - exact)).toBeLessThanOrEqual(exact * 0.01 + 0.005);
      }
    }),
  );
});

test('times of nothing, and longer than days, are counted too', () => {
  expect(summaryOf([0, 0, 0])).toEqual({ count: 3, p50Ms: 0, p95Ms: 0, maxMs: 0 });
  expect(summaryOf([1e12])?.maxMs).toBe(1e12);
});
