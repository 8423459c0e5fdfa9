import { expect, test } from 'vitest';
import type { ForecastStep } from '../../src/forecast/records.js';
import { plotLines } from '../../src/report/forecast/plot.js';
import { PLAIN } from '../../src/report/palette.js';

const MINUTE_MS = 60_000;

function steps(rates: readonly number[], downSteps: number): readonly ForecastStep[] {
  return rates.map((perMinute, index) => ({
    kind: 'step',
    fromMs: (index - downSteps) * MINUTE_MS,
    toMs: (index - downSteps + 1) * MINUTE_MS,
    attempts: perMinute,
    perSecond: perMinute / 60,
    inVain: index < downSteps ? perMinute : 0,
  }));
}

test('attempts in vain are shaded, the wave is drawn, and the capacity is a line', () => {
  const plot = {
    steps: steps([10, 20, 30, 40, 60, 45, 30, 10], 4),
    unit: 'min',
    capacityPerSecond: 50 / 60,
  } as const;
  expect(plotLines(plot, PLAIN)).toEqual([
    '         60/min ┤    █',
    'capacity 50/min ┤╌╌╌╌█▄╌╌',
    '                ┤   ░██',
    '                ┤  ░░███',
    '                ┤ ░░░███',
    '                ┤░░░░████',
    '                └────┬───',
    '                 -4m back',
  ]);
});

test('a capacity far above the wave does not press it flat', () => {
  const plot = { steps: steps([10, 10, 10, 10, 10, 10, 10, 10], 0), unit: 'min' } as const;
  const [top, ...rest] = plotLines({ ...plot, capacityPerSecond: 100 }, PLAIN);
  expect(top).toBe('10/min ┤████████');
  expect(rest.join('')).not.toContain('capacity');
});

test('a wave is drawn though it is short against the outage', () => {
  const rates = Array.from({ length: 200 }, (_, index) => (index === 199 ? 20 : 10));
  const plot = { steps: steps(rates, 199), unit: 'min', capacityPerSecond: undefined } as const;
  expect(plotLines(plot, PLAIN)[0]).toBe(`20/min ┤${' '.repeat(55)}█`);
});

test('what never happens, or in a few steps, is not drawn', () => {
  const plot = { unit: 'min', capacityPerSecond: undefined } as const;
  expect(plotLines({ ...plot, steps: steps([0, 0, 0, 0, 0, 0, 0, 0], 4) }, PLAIN)).toEqual([]);
  expect(plotLines({ ...plot, steps: steps([9, 9], 1) }, PLAIN)).toEqual([]);
});
