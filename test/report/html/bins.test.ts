import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBins } from '../../../src/report/html/bins.js';

test('few things are counted where they are', () => {
  const bins = createBins();
  for (const place of [5, 5, 9]) bins.add(place, 'a');
  bins.add(9, 'b');
  expect(bins.entries()).toEqual([
    { place: 5, counts: new Map([['a', 2]]) },
    {
      place: 9,
      counts: new Map([
        ['a', 1],
        ['b', 1],
      ]),
    },
  ]);
  expect([bins.total, bins.first, bins.last]).toEqual([4, 5, 9]);
});

test('many are counted together: none is missed, the order stays, and memory is bounded', () => {
  const places = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000_000 }), {
    minLength: 1,
    maxLength: 300,
  });
  fc.assert(
    fc.property(places, (all) => {
      const bins = createBins(1, 16);
      for (const place of all) bins.add(place, place % 2 === 0 ? 'even' : 'odd');
      const entries = bins.entries();
      const counted = entries.flatMap(({ counts }) => [...counts.values()]);
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(all.length);
      expect(entries.length).toBeLessThanOrEqual(16);
      const found = entries.map(({ place }) => place);
      expect(found).toEqual(found.toSorted((one, other) => one - other));
      for (const place of found) {
        expect(place).toBeGreaterThanOrEqual(Math.min(...all));
        expect(place).toBeLessThanOrEqual(Math.max(...all));
      }
    }),
  );
});
