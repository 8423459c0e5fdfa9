import { expect, test } from 'vitest';
import { createDraw } from '../../src/delivery/draw.js';
import { steadyGrowth } from '../../src/load/steady-growth.js';
import { burstAdvice } from '../../src/report/burst/words.js';
import { type LoadReaction, loaded, OK, perSecond } from './loads.js';

/** Numbers from 0 to 1 that a seed repeats. */
function noiseOf(seed: string): () => number {
  const draw = createDraw(seed);
  let number = 0;
  return () => {
    number += 1;
    return draw('late', { batch: 0, resource: number, event: 0 }, 0);
  };
}

/** One after the other, each taking so long, give or take. */
function queueing(perSecondTaken: number, noise: () => number, share = 0.6): LoadReaction {
  let freeMs = 0;
  return async (_number, clock) => {
    const nowMs = clock.monotonic();
    const workMs = (1_000 / perSecondTaken) * (1 + share * (noise() - 0.5));
    freeMs = Math.max(freeMs, nowMs) + workMs;
    await clock.sleep(freeMs - nowMs);
    return OK;
  };
}

/** All at the same time, each for as long as it says. */
function taking(msOf: (nowMs: number) => number): LoadReaction {
  return async (_number, clock) => {
    await clock.sleep(msOf(clock.monotonic()));
    return OK;
  };
}

const SEEDS = ['0', '1'];

test.each([
  { rate: 60, takes: 48, forS: 5 },
  { rate: 60, takes: 55, forS: 30 },
  { rate: 200, takes: 190, forS: 12 },
  { rate: 20, takes: 18, forS: 23 },
])('$rate a second for $forS s, of which $takes are taken, build up a queue', async (known) => {
  const { rate, takes, forS } = known;
  for (const seed of SEEDS) {
    const receiver = queueing(takes, noiseOf(seed));
    const { summary } = await loaded(perSecond(rate, forS * 1_000), receiver);
    const { fromMs, toMs } = steadyGrowth(summary) ?? { fromMs: 0, toMs: 0 };
    expect(toMs).toBeGreaterThan(2 * fromMs + 50);
  }
});

/** Receivers that keep up, whatever their answers look like. */
const STEADY: Readonly<Record<string, (noise: () => number) => LoadReaction>> = {
  'that has something left': (noise) => queueing(70, noise),
  'that takes very different times': (noise) => queueing(75, noise, 2),
  'with times from nothing to a second': (noise) => taking(() => 1_000 * noise()),
  'with a few very long answers': (noise) => taking(() => 10 + 2_000 * noise() ** 20),
  'that is slow at first': (noise) =>
    taking((nowMs) => Math.max(20, 800 - nowMs / 2) * (1 + noise())),
  'that stands still in the end': (noise) =>
    taking((nowMs) => (nowMs > 8_000 ? 900 : 20) * (1 + noise())),
  'that is slower from the middle on': (noise) =>
    taking((nowMs) => (nowMs > 5_000 ? 400 : 40) * (1 + noise())),
  'that stands still now and then': (noise) =>
    taking((nowMs) => (nowMs % 3_000 < 400 ? 400 - (nowMs % 3_000) : 5) + 20 * noise()),
  'that is a little slower each second': (noise) =>
    taking((nowMs) => 20 + nowMs / 500 + 20 * noise()),
};

test.each(Object.keys(STEADY))('a receiver %s builds up none', async (name) => {
  for (const forMs of [5_000, 12_000]) {
    for (const seed of SEEDS) {
      const receiver = STEADY[name]?.(noiseOf(seed)) ?? (() => OK);
      const { summary } = await loaded(perSecond(60, forMs), receiver);
      expect([forMs, seed, steadyGrowth(summary)]).toEqual([forMs, seed, undefined]);
    }
  }
});

test('a run of few web hooks, or of few seconds, says nothing of it', async () => {
  for (const plan of [perSecond(2, 8_000), perSecond(60, 3_000)]) {
    const { summary } = await loaded(
      plan,
      queueing(1.5, () => 0.5),
    );
    expect(steadyGrowth(summary)).toBeUndefined();
  }
});

test('the report says so in a line, of a steady rate alone', async () => {
  const { summary } = await loaded(
    perSecond(60, 5_000),
    queueing(48, () => 0.5),
  );
  const rate = { perSecond: 60, text: '60/s' };
  const asked = { from: rate, to: rate, forMs: 5_000, spread: 'constant' } as const;
  const text =
    /^! The receiver does not keep up with 60\/s for 5s: a queue builds up, and half of the answers took \d+ ms at first and \d+ ms in the end\. --find-limit finds the rate that it keeps up with\.$/;
  expect(summary.failed).toBe(0);
  expect(burstAdvice(asked, summary)).toEqual([expect.stringMatching(text)]);
  const ramp = { ...asked, to: { perSecond: 90, text: '90/s' } };
  const recovery = { outageMs: 1, schedule: 'list', waitsMs: [] } as const;
  for (const other of [ramp, { ...asked, recovery }]) {
    expect(burstAdvice(other, summary)).toEqual([]);
  }
  const late = { ...summary, kept: { ...summary.kept, share: 0.5, blocked: 0 } };
  expect(burstAdvice(asked, late).join()).not.toContain('a queue builds up');
});
