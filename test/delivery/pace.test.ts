import { describe, expect, test } from 'vitest';
import { createPacer } from '../../src/delivery/pace.js';
import { SimulatedClock } from '../simulated-clock.js';

describe('stepping', () => {
  test('goes from one due time to the next in no time', async () => {
    const clock = new SimulatedClock();
    const pacer = createPacer({ kind: 'stepping' }, clock);
    await pacer.advanceTo(1e12);
    expect(pacer.horizonMs()).toBe(1e12);
    expect(clock.monotonic()).toBe(0);
  });

  test('has nothing due before its first step, and measures nothing', () => {
    const pacer = createPacer({ kind: 'stepping' }, new SimulatedClock());
    expect(pacer.horizonMs()).toBe(Number.NEGATIVE_INFINITY);
    expect(pacer.measuredMs()).toBeUndefined();
  });
});

describe('scaled time', () => {
  test('sleeps the scaled time between the start and each due time', async () => {
    const clock = new SimulatedClock();
    const pacer = createPacer({ kind: 'scaled', scale: 1 / 3_600 }, clock);
    await pacer.advanceTo(3_600_000);
    expect(clock.monotonic()).toBe(1_000);
    await clock.sleep(250);
    await pacer.advanceTo(7_200_000);
    expect(clock.monotonic()).toBe(2_000);
    expect(pacer.horizonMs()).toBe(7_200_000);
  });

  test('does not sleep when it is late already', async () => {
    const clock = new SimulatedClock();
    const pacer = createPacer({ kind: 'scaled', scale: 1 }, clock);
    await clock.sleep(5_000);
    await pacer.advanceTo(3_000);
    expect(clock.monotonic()).toBe(5_000);
    expect(pacer.horizonMs()).toBe(3_000);
  });

  test('with nothing for everything is stepping', async () => {
    const clock = new SimulatedClock();
    await createPacer({ kind: 'scaled', scale: 0 }, clock).advanceTo(1e12);
    expect(clock.monotonic()).toBe(0);
  });
});

describe('real time', () => {
  test('is the time that has passed since the start', async () => {
    const clock = new SimulatedClock();
    await clock.sleep(500);
    const pacer = createPacer({ kind: 'real' }, clock);
    await pacer.advanceTo(2_000);
    expect(clock.monotonic()).toBe(2_500);
    expect(pacer.horizonMs()).toBe(2_000);
    expect(pacer.measuredMs()).toBe(2_000);
  });

  test('does not go back to what has passed', async () => {
    const clock = new SimulatedClock();
    const pacer = createPacer({ kind: 'real' }, clock);
    await clock.sleep(3_000);
    await pacer.advanceTo(2_000);
    expect(pacer.horizonMs()).toBe(3_000);
  });
});

test.each(['scaled', 'real'] as const)('an abort ends the sleep: %s', async (kind) => {
  const clock = new SimulatedClock();
  const pacer = createPacer(kind === 'real' ? { kind } : { kind, scale: 1 }, clock);
  const controller = new AbortController();
  const advanced = pacer.advanceTo(10_000, controller.signal);
  controller.abort();
  await advanced;
  expect(clock.monotonic()).toBe(0);
});
