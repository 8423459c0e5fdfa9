import { describe, expect, test } from 'vitest';
import { waitsOf } from '../../src/delivery/schedule.js';
import { rateOf } from '../../src/forecast/arrival-rate.js';
import { Forecast } from '../../src/forecast/forecast.js';

const MINUTE_MS = 60_000;
const SCHEDULES = {
  published: waitsOf({ kind: 'published', retries: 10 }),
  doubling: waitsOf({ kind: 'exponential', baseMs: 2 * MINUTE_MS, factor: 2, retries: 10 }),
};

/** What was counted by brute force, in steps of three seconds, for 20 web hooks a minute. */
describe.each([
  ['published', 30, 2_300, 100, 30, 0],
  ['published', 180, 21_180, 140, 120, 0],
  ['published', 720, 109_060, 180, 720, 0],
  ['published', 2_880, 531_740, 220, 1_440, 2_540],
  ['doubling', 30, 1_960, 100, 16, 0],
  ['doubling', 180, 20_400, 140, 128, 0],
  ['doubling', 2_160, 393_760, 220, 1_024, 2_280],
  ['doubling', 2_880, 552_160, 220, 1_024, 16_680],
] as const)(
  '%s waits and an outage of %i minutes',
  (schedule, minutes, inVain, after, last, lost) => {
    const outage = { fromMs: 0, toMs: minutes * MINUTE_MS };
    const { summary, steps } = new Forecast({
      arrivals: { kind: 'constant', rate: rateOf('20', 'min') },
      outage,
      waitsMs: SCHEDULES[schedule],
      whileDown: 'refuses',
      receiver: undefined,
    }).result({ interrupted: false });

    test('are in the whole counts', () => {
      expect(summary).toMatchObject({
        backlog: 20 * minutes,
        attemptsInVain: inVain,
        lost: { webHooks: lost },
        wave: { rightAfter: { perMinute: after }, lastDeliveryMs: last * MINUTE_MS },
      });
      expect(summary.wave.highest.perMinute).toBeGreaterThanOrEqual(after);
      expect(summary.wave.highest.perMinute).toBeLessThanOrEqual(20 * 11);
    });

    test('and in the series', () => {
      const sum = (of: (step: (typeof steps)[number]) => number) =>
        steps.reduce((total, step) => total + of(step), 0);
      const lastMs = steps.at(-1)?.toMs ?? 0;
      expect(sum((step) => step.inVain)).toBe(inVain);
      expect(sum((step) => step.attempts)).toBe(
        inVain + summary.wave.retries + (20 * lastMs) / MINUTE_MS,
      );
      expect(steps.some((step) => step.fromMs < 0 && step.toMs > 0)).toBe(false);
    });
  },
);
