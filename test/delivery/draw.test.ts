import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDraw, type EventKey, type Purpose } from '../../src/delivery/draw.js';

const FIRST: EventKey = { batch: 0, resource: 0, event: 0 };
const PURPOSES: readonly Purpose[] = ['late', 'lost-ack', 'overlap', 'duplicate', 'drop', 'jitter'];

const keys = fc.record({
  batch: fc.nat(3),
  resource: fc.nat(100_000),
  event: fc.nat(9),
});

/** Chi-squared of 16 equally wide bins: 15 degrees of freedom, and 45 is beyond one in 13,000. */
function unevenness(draws: readonly number[]): number {
  const bins = new Array<number>(16).fill(0);
  for (const draw of draws) bins[Math.floor(draw * 16)] = (bins[Math.floor(draw * 16)] ?? 0) + 1;
  const expected = draws.length / 16;
  return bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const terms = one.map((draw, index) => (draw - 0.5) * ((other[index] ?? 0.5) - 0.5) * 12);
  return terms.reduce((sum, term) => sum + term, 0) / terms.length;
}

const range = (length: number) => Array.from({ length }, (_, index) => index);

test('the same question has the same answer, whatever was asked before', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(keys), keys, (seed, earlier, key) => {
      const busy = createDraw(seed);
      for (const other of earlier) busy('late', other, 1);
      const draw = busy('drop', key, 3);
      expect(draw).toBe(createDraw(seed)('drop', key, 3));
      expect(draw).toBeGreaterThanOrEqual(0);
      expect(draw).toBeLessThan(1);
    }),
  );
});

test('draws never change between versions, so a seed in a bug report keeps its meaning', () => {
  const draw = createDraw('7');
  expect(draw('late', FIRST, 0)).toBe(0.05691773537546396);
  expect(draw('late', { ...FIRST, resource: 1 }, 0)).toBe(0.5519575292710215);
});

test.each(PURPOSES)('draws are even over the resources, events and attempts: %s', (purpose) => {
  const draw = createDraw('even');
  const overResources = range(8_000).map((resource) => draw(purpose, { ...FIRST, resource }, 1));
  const overEvents = range(8_000).map((event) => draw(purpose, { ...FIRST, event }, 1));
  const overAttempts = range(8_000).map((attempt) => draw(purpose, FIRST, attempt));
  for (const draws of [overResources, overEvents, overAttempts]) {
    expect(unevenness(draws)).toBeLessThan(45);
  }
});

test('draws are even over seeds', () => {
  const draws = range(8_000).map((seed) => createDraw(String(seed))('duplicate', FIRST, 1));
  expect(unevenness(draws)).toBeLessThan(45);
});

test('purposes, neighbours and attempts have nothing to do with each other', () => {
  const draw = createDraw('apart');
  const at = (purpose: Purpose, shift: number, attempt: number) =>
    range(8_000).map((resource) =>
      draw(purpose, { ...FIRST, resource: resource + shift }, attempt),
    );
  const base = at('late', 0, 1);
  for (const other of [at('drop', 0, 1), at('late', 1, 1), at('late', 0, 2)]) {
    expect(Math.abs(correlation(base, other))).toBeLessThan(0.05);
  }
});

test('another seed draws otherwise', () => {
  const one = range(100).map((resource) => createDraw('a')('late', { ...FIRST, resource }, 0));
  const other = range(100).map((resource) => createDraw('b')('late', { ...FIRST, resource }, 0));
  expect(one.filter((draw, index) => draw === other[index])).toEqual([]);
});
