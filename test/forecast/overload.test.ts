import { expect, test } from 'vitest';
import { rateOf } from '../../src/forecast/arrival-rate.js';
import { constantArrivals } from '../../src/forecast/arrival-times.js';
import type { ForecastStep } from '../../src/forecast/records.js';
import { type WaveResult, WaveSimulation } from '../../src/forecast/wave-simulation.js';

const SECOND_MS = 1_000;
const CAPACITY = 300;

interface Overload {
  readonly perSecond: number;
  readonly retries: number;
  readonly timeoutS: number;
  readonly outageS: number;
  readonly whileDown?: 'refuses' | 'queues';
}

/** A sender that tries again at once, and a receiver that has a quarter of an hour to recover. */
function simulate(overload: Overload): WaveResult & { readonly last: ForecastStep | undefined } {
  const { perSecond, retries, timeoutS, outageS, whileDown = 'queues' } = overload;
  const outage = { fromMs: 60 * SECOND_MS, toMs: (60 + outageS) * SECOND_MS };
  const simulation = new WaveSimulation({
    arrivals: constantArrivals(rateOf(String(perSecond), 's')),
    outage,
    waitsMs: Array.from({ length: retries }, () => 0),
    timeoutMs: timeoutS * SECOND_MS,
    whileDown,
    receiver: { serviceMs: SECOND_MS / CAPACITY, answerMs: SECOND_MS / CAPACITY },
    untilMs: outage.toMs + 900 * SECOND_MS,
    endsWhenCalm: true,
    stepMs: 60 * SECOND_MS,
  });
  while (simulation.advance(1_000_000));
  const result = simulation.result();
  return { ...result, last: simulation.tally.steps(result.endMs).at(-1) };
}

test.each([
  { perSecond: 140, retries: 1, timeoutS: 1, outageS: 10 },
  { perSecond: 20, retries: 10, timeoutS: 10, outageS: 220 },
])('$perSecond a second with $retries retries are served again after an outage', (overload) => {
  const { calmAfterMs, last } = simulate(overload);
  expect(calmAfterMs).toBeDefined();
  expect(last).toMatchObject({ late: 0, perSecond: overload.perSecond });
});

test.each([
  { perSecond: 160, retries: 1, timeoutS: 1, outageS: 10, offered: 320 },
  { perSecond: 280, retries: 1, timeoutS: 1, outageS: 10, offered: 560 },
  { perSecond: 30, retries: 10, timeoutS: 10, outageS: 220, offered: 330 },
  { perSecond: 60, retries: 10, timeoutS: 10, outageS: 220, offered: 660 },
])(
  '$perSecond a second with $retries retries stay at $offered, and none is served in time',
  (overload) => {
    const { calmAfterMs, last, again } = simulate(overload);
    expect(calmAfterMs).toBeUndefined();
    expect(last?.perSecond).toBe(overload.offered);
    expect(last?.late).toBe(last?.attempts);
    expect(again).toBeGreaterThan(0);
  },
);

test.each([
  { perSecond: 280, retries: 1, timeoutS: 1, outageS: 10 },
  { perSecond: 60, retries: 10, timeoutS: 10, outageS: 220 },
])('with refusals instead, $perSecond a second recover', (overload) => {
  expect(simulate({ ...overload, whileDown: 'refuses' }).calmAfterMs).toBeDefined();
});
