import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateAxis, instantText, orderAxis, planAxis } from '../../../src/report/html/axis.js';

const MINUTE = 60_000;
const texts = (axis: ReturnType<typeof planAxis>) => axis.ticks.map(({ text }) => text);

describe('an axis', () => {
  test('of plan time has round marks', () => {
    expect(texts(planAxis(32 * MINUTE, false))).toEqual([
      '0',
      '5m',
      '10m',
      '15m',
      '20m',
      '25m',
      '30m',
    ]);
    expect(planAxis(30 * MINUTE, false).at(15 * MINUTE)).toBe(50);
  });

  test('that is stretched gives the beginning more room', () => {
    const axis = planAxis(34 * 60 * MINUTE, true);
    expect(axis.at(60 * MINUTE)).toBeGreaterThan(40);
    expect(axis.at(34 * 60 * MINUTE)).toBeCloseTo(100);
    expect(texts(axis)).toEqual(['0', '1m', '5m', '15m', '30m', '1h', '2h', '4h', '8h', '1d']);
  });

  test('of real time says what tells its marks apart', () => {
    const from = Date.UTC(2026, 0, 1, 12, 0, 0);
    expect(texts(dateAxis(from, from + 7 * MINUTE))[1]).toBe('12:01');
    expect(texts(dateAxis(from, from + 5_000))[1]).toBe('12:00:01');
    expect(texts(dateAxis(from, from + 5 * 86_400_000))[0]).toBe('2 Jan');
    expect(instantText(from)).toBe('1 Jan 2026, 12:00 UTC');
  });

  test('of one thing has it in the middle', () => {
    expect(orderAxis(1).at(1)).toBe(50);
    expect(dateAxis(5, 5).at(5)).toBe(50);
    expect(planAxis(0, false).at(0)).toBe(0);
  });

  test('never leaves its picture, and its marks stand apart', () => {
    const last = fc.integer({ min: 0, max: 100 * 365 * 86_400_000 });
    fc.assert(
      fc.property(last, fc.boolean(), (ms, isStretched) => {
        for (const axis of [planAxis(ms, isStretched), dateAxis(0, ms), orderAxis(ms + 1)]) {
          const places = axis.ticks.map(({ x }) => x);
          expect(places.every((x) => x >= 0 && x <= 100.001)).toBe(true);
          expect(places).toEqual(places.toSorted((one, other) => one - other));
          expect(places.length).toBeLessThanOrEqual(15);
        }
      }),
    );
  });
});
