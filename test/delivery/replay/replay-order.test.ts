import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byArrival,
  type ReplayOrder,
  sendingOrder,
} from '../../../src/delivery/replay/replay-order.js';
import { capturedAt } from './captured.js';

function arrivals(times: readonly (number | undefined)[]) {
  const { numbers, offsetsMs, untimed } = byArrival(capturedAt(times.map((ms) => [ms])));
  return { numbers: [...numbers], offsetsMs: [...offsetsMs], untimed };
}

test('requests come in the order of their times, and equal times in that of the capture', () => {
  expect(arrivals([3_000, 1_000, 2_000, 1_000])).toEqual({
    numbers: [1, 3, 2, 0],
    offsetsMs: [0, 0, 1_000, 2_000],
    untimed: 0,
  });
});

test('a request without a time goes with the one before it', () => {
  expect(arrivals([undefined, 2_000, undefined, 1_000, undefined])).toEqual({
    numbers: [0, 3, 4, 1, 2],
    offsetsMs: [0, 0, 0, 1_000, 1_000],
    untimed: 3,
  });
});

test('a capture without times keeps its order', () => {
  expect(arrivals([undefined, undefined])).toEqual({
    numbers: [0, 1],
    offsetsMs: [0, 0],
    untimed: 2,
  });
  expect(arrivals([])).toEqual({ numbers: [], offsetsMs: [], untimed: 0 });
});

const orderOf = (order: ReplayOrder, count: number, seed: string) =>
  sendingOrder(
    order,
    Uint32Array.from({ length: count }, (_, place) => place),
    seed,
  );

test('reversed is reversed', () => {
  expect([...orderOf('reverse', 4, 's')]).toEqual([3, 2, 1, 0]);
});

test('a seed shuffles the same way every time, another one another way', () => {
  expect(orderOf('shuffle', 50, '7')).toEqual(orderOf('shuffle', 50, '7'));
  expect(orderOf('shuffle', 50, '7')).not.toEqual(orderOf('shuffle', 50, '8'));
});

test('a shuffle loses nothing and doubles nothing', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.string(), (count, seed) => {
      const places = [...orderOf('shuffle', count, seed)].sort((one, other) => one - other);
      expect(places).toEqual(Array.from({ length: count }, (_, place) => place));
    }),
  );
});

test('a shuffle brings everything anywhere', () => {
  const firsts = Array.from({ length: 400 }, (_, seed) => orderOf('shuffle', 4, String(seed))[0]);
  for (const place of [0, 1, 2, 3]) {
    const times = firsts.filter((first) => first === place).length;
    expect(times).toBeGreaterThan(60);
    expect(times).toBeLessThan(140);
  }
});
