import { describe, expect, test } from 'vitest';
import { findLimit, type LimitOptions } from '../../src/load/find-limit.js';
import type { LimitStep, LimitSummary } from '../../src/load/records.js';
import { SimulatedClock } from '../simulated-clock.js';
import { type LoadReaction, loadTransport, OK, portsOf } from './loads.js';

/** First in, first out, so many at once, each for so long. */
function queue(atOnce: number, serviceMs: number): LoadReaction {
  const freeAtMs = Array.from({ length: atOnce }, () => 0);
  return async (_number, clock) => {
    const nowMs = clock.monotonic();
    const soonest = freeAtMs.indexOf(Math.min(...freeAtMs));
    const endMs = Math.max(nowMs, freeAtMs[soonest] ?? 0) + serviceMs;
    freeAtMs[soonest] = endMs;
    await clock.sleep(endMs - nowMs);
    return OK;
  };
}

async function limitOf(react: LoadReaction, options: Partial<LimitOptions> = {}) {
  const clock = new SimulatedClock();
  const all: LimitOptions = {
    connections: 1_000,
    forMs: 10_000,
    p99LimitMs: 10_000,
    timeoutMs: 10_000,
    allowedShare: 0,
    keptShare: 0.99,
    ...options,
  };
  const run = findLimit(portsOf(loadTransport(clock, react, all.timeoutMs), clock), all);
  const steps: LimitStep[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) return { steps, summary: step.value satisfies LimitSummary };
    steps.push(step.value);
  }
}

describe('the highest rate that holds', () => {
  test.each([
    ['one at a time', queue(1, 10), 100],
    ['eight at a time', queue(8, 40), 200],
  ])('is just below what a receiver can take, %s', async (_name, react, perSecond) => {
    const { summary } = await limitOf(react);
    expect(summary.ceilingPerSecond).toBeGreaterThan(perSecond * 0.95);
    expect(summary.limitPerSecond).toBeGreaterThanOrEqual(perSecond * 0.92);
    expect(summary.limitPerSecond).toBeLessThanOrEqual(perSecond);
  });

  test('is none where one in ten takes too long at any rate', async () => {
    const moody: LoadReaction = async (number, clock) => {
      await clock.sleep(number % 10 === 0 ? 200 : 10);
      return OK;
    };
    const { summary } = await limitOf(moody, { p99LimitMs: 100, connections: 4, forMs: 4_000 });
    expect(summary).toMatchObject({ limitPerSecond: undefined, limitedBy: 'slow' });
  });

  test('is that at which none is refused', async () => {
    let underWay = 0;
    const limiting: LoadReaction = async (_number, clock) => {
      if (underWay >= 3) return { kind: 'responded', status: 429, ms: 0 };
      underWay += 1;
      await clock.sleep(20);
      underWay -= 1;
      return OK;
    };
    const { summary, steps } = await limitOf(limiting);
    expect(summary.limitPerSecond).toBeLessThanOrEqual(150);
    expect(steps.at(1)).toMatchObject({ loop: 'closed', connections: 4, verdict: 'failed' });
  });
});

test('where nothing is answered 200 no rate holds', async () => {
  const { summary, steps } = await limitOf(() => ({ kind: 'responded', status: 500, ms: 0 }));
  expect(summary).toMatchObject({ limitPerSecond: undefined, isConnected: true });
  expect(steps).toHaveLength(1);
});

test('where nobody is there nothing is known', async () => {
  const { summary } = await limitOf(() => ({ kind: 'unreachable', reason: 'Nobody.', ms: 0 }));
  expect(summary).toMatchObject({ limitPerSecond: undefined, isConnected: false });
});

test('a receiver that goes down ends the search', async () => {
  let came = 0;
  const { summary, steps } = await limitOf(async (_number, clock) => {
    came += 1;
    await clock.sleep(10);
    return came > 1_200 ? { kind: 'unreachable', reason: 'Nobody.', ms: 0 } : OK;
  });
  expect(summary).toMatchObject({ isConnected: true, isDown: true });
  expect(steps.at(-1)?.unreachable).toBe(steps.at(-1)?.sent);
});

test('an interruption ends the search, and what was found is kept', async () => {
  const interruption = new AbortController();
  const react = queue(1, 10);
  const { summary } = await limitOf(
    (number, clock) => {
      if (clock.monotonic() > 20_000) interruption.abort();
      return react(number, clock);
    },
    { signal: interruption.signal },
  );
  expect(summary).toMatchObject({ interrupted: true, limitPerSecond: expect.any(Number) });
});
