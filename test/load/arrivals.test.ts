import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SteadyRequest, steadyArrivals } from '../../src/load/arrivals.js';

function arrivals(request: Partial<SteadyRequest>): readonly number[] {
  const usual = { fromPerSecond: 10, toPerSecond: 10, forMs: 1_000, spread: 'constant', seed: '1' };
  return [...steadyArrivals({ ...usual, ...request } as SteadyRequest).timesMs];
}

describe('constant arrivals', () => {
  test('are as far apart as the rate says, and the first is at once', () => {
    expect(arrivals({})).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
  });

  test.each([
    [200, 30_000, 6_000],
    [10_000, 4_000, 40_000],
    [1 / 3, 10_000, 4],
    [20 / 60, 60_000, 20],
    [0.5, 1_000, 1],
  ])('at %f a second for %i ms are %i', (perSecond, forMs, count) => {
    const rate = { fromPerSecond: perSecond, toPerSecond: perSecond, forMs };
    expect(arrivals(rate)).toHaveLength(count);
  });

  test('of a ramp come denser and denser, as many as its average says', () => {
    const times = arrivals({ fromPerSecond: 0, toPerSecond: 100, forMs: 10_000 });
    expect(times).toHaveLength(500);
    expect(times.filter((timeMs) => timeMs < 4_999.9)).toHaveLength(125);
  });

  test('of a falling ramp come thinner and thinner', () => {
    const times = arrivals({ fromPerSecond: 100, toPerSecond: 0, forMs: 10_000 });
    expect(times).toHaveLength(500);
    expect(times.filter((timeMs) => timeMs < 4_999.9)).toHaveLength(375);
  });
});

describe('arrivals of Poisson', () => {
  const poisson = { spread: 'poisson', fromPerSecond: 1_000, toPerSecond: 1_000 } as const;

  test('are about as many as the rate says, and their gaps are exponential', () => {
    const times = arrivals({ ...poisson, forMs: 60_000 });
    expect(Math.abs(times.length - 60_000)).toBeLessThan(4 * Math.sqrt(60_000));
    const gaps = times.slice(1).map((timeMs, index) => timeMs - (times[index] ?? 0));
    const longer = gaps.filter((gapMs) => gapMs > 1).length / gaps.length;
    expect(Math.abs(longer - Math.exp(-1))).toBeLessThan(0.01);
  });

  test('are the same for one seed, and others for another', () => {
    expect(arrivals(poisson)).toEqual(arrivals(poisson));
    expect(arrivals({ ...poisson, seed: '2' })).not.toEqual(arrivals(poisson));
  });
});

test('arrivals are in order and within their time, whatever the rates', () => {
  const rate = fc.double({ min: 0, max: 2_000, noNaN: true });
  const request = fc.record({
    fromPerSecond: rate,
    toPerSecond: rate,
    forMs: fc.integer({ min: 1, max: 3_000 }),
    spread: fc.constantFrom('constant' as const, 'poisson' as const),
    seed: fc.string(),
  });
  fc.assert(
    fc.property(request, (asked) => {
      if (asked.fromPerSecond + asked.toPerSecond < 1e-6) return;
      const times = arrivals(asked);
      for (const [place, timeMs] of times.entries()) {
        expect(timeMs).toBeGreaterThanOrEqual(times[place - 1] ?? 0);
        expect(timeMs).toBeLessThan(asked.forMs + 1e-6);
      }
    }),
  );
});
