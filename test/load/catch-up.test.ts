import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { waitsOf } from '../../src/delivery/schedule.js';
import { catchUpArrivals } from '../../src/load/catch-up.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PUBLISHED = waitsOf({ kind: 'published', retries: 10 });
const DOUBLING = waitsOf({ kind: 'exponential', baseMs: 2 * MINUTE_MS, factor: 2, retries: 10 });

/** What comes in the first minute after the recovery. */
function rightAfter(waitsMs: readonly number[], outageMs: number): number {
  const request = { perSecond: 20 / 60, outageMs, waitsMs, forMs: MINUTE_MS };
  return catchUpArrivals(request).timesMs.length;
}

describe('the rate right after recovery is what the formula says', () => {
  test.each([
    ['published', PUBLISHED, 0.5 * HOUR_MS, 100],
    ['published', PUBLISHED, 3 * HOUR_MS, 140],
    ['published', PUBLISHED, 12 * HOUR_MS, 180],
    ['published', PUBLISHED, 48 * HOUR_MS, 220],
    ['doubling', DOUBLING, 0.5 * HOUR_MS, 100],
    ['doubling', DOUBLING, 3 * HOUR_MS, 140],
    ['doubling', DOUBLING, 36 * HOUR_MS, 220],
  ])('%s %#', (_name, waitsMs, outageMs, perMinute) => {
    expect(rightAfter(waitsMs, outageMs)).toBe(perMinute);
  });
});

test('without an outage only what is new comes', () => {
  const plan = catchUpArrivals({ perSecond: 1, outageMs: 0, waitsMs: PUBLISHED, forMs: 3_000 });
  expect([...plan.timesMs]).toEqual([0, 1_000, 2_000]);
  expect([...(plan.sequences ?? [])]).toEqual([0, 1, 2]);
});

test('each is due when its schedule says: a simulation step by step finds the same', () => {
  const request = fc.record({
    perSecond: fc.constantFrom(0.05, 0.2, 1),
    outageMs: fc.integer({ min: 0, max: 200 }).map((seconds) => seconds * 1_000),
    waitsMs: fc.array(
      fc.integer({ min: 1, max: 100 }).map((seconds) => seconds * 1_000),
      { maxLength: 6 },
    ),
    forMs: fc.integer({ min: 1, max: 100 }).map((seconds) => seconds * 1_000),
  });
  fc.assert(
    fc.property(request, (asked) => {
      const plan = catchUpArrivals(asked);
      const found = [...plan.timesMs].map((timeMs, place) => [
        Math.round(timeMs),
        plan.sequences?.[place],
      ]);
      expect(found).toEqual(stepByStep(asked));
    }),
  );
});

/** Every event, attempt by attempt, until one comes after the recovery. */
function stepByStep({
  perSecond,
  outageMs,
  waitsMs,
  forMs,
}: Parameters<typeof catchUpArrivals>[0]): readonly (readonly [number, number])[] {
  const came: (readonly [number, number])[] = [];
  for (let event = 0; (event * 1_000) / perSecond < outageMs + forMs; event += 1) {
    let atMs = Math.round((event * 1_000) / perSecond);
    const waits = [...waitsMs];
    let wait = atMs < outageMs ? waits.shift() : undefined;
    let isLost = atMs < outageMs && wait === undefined;
    while (wait !== undefined && atMs < outageMs) {
      atMs += wait;
      wait = waits.shift();
      isLost = atMs < outageMs && wait === undefined;
    }
    if (!isLost && atMs < outageMs + forMs) came.push([atMs - outageMs, event]);
  }
  return came.sort(([one, first], [other, second]) => one - other || first - second);
}
