import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseArrivalRate } from '../../src/cli/arrival-rate.js';
import { type ArrivalRate, rateOf } from '../../src/forecast/arrival-rate.js';
import { constantArrivals } from '../../src/forecast/arrival-times.js';
import { Forecast } from '../../src/forecast/forecast.js';
import type { ForecastRequest } from '../../src/forecast/forecast-request.js';
import { retryOffsets } from '../../src/forecast/retry-offsets.js';
import { waveLevels } from '../../src/forecast/wave.js';
import { WaveSimulation } from '../../src/forecast/wave-simulation.js';
import { rateOfAtLeast } from '../../src/report/forecast/rate-text.js';

const TIMEOUT_MS = 10_000;
const SEED = 20_260_101;
const RUNS = 150;

/** Some hundreds of web hooks at most, of any rate, schedule and outage. */
const cases = fc
  .record({
    tenths: fc.integer({ min: 1, max: 999 }),
    unit: fc.constantFrom('s', 'min', 'h'),
    waitsMs: fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 12 }),
    fromMs: fc.integer({ min: 0, max: 100_000 }),
    lengthMs: fc.integer({ min: 0, max: 200_000 }).map((ms) => Math.round(ms ** 1.2)),
    hangs: fc.boolean(),
  })
  .map(({ tenths, unit, waitsMs, fromMs, lengthMs, hangs }) => {
    const perHour = { s: 3_600, min: 60, h: 1 }[unit] * (tenths / 10);
    const shortened = Math.min(lengthMs, Math.round((500 * 3_600_000) / perHour));
    return {
      rate: rateOf(String(tenths / 10), unit),
      request: {
        arrivals: { kind: 'constant', rate: rateOf(String(tenths / 10), unit) },
        outage: { fromMs, toMs: fromMs + shortened },
        waitsMs,
        whileDown: hangs ? 'hangs' : 'refuses',
        receiver: undefined,
      } as const satisfies ForecastRequest,
    };
  });

interface Given {
  readonly rate: ArrivalRate;
  readonly request: ForecastRequest;
}

/** Follows every web hook that comes in the outage, attempt by attempt, in whole numbers. */
function counted({ rate, request }: Given) {
  const { outage, waitsMs, whileDown } = request;
  const failure = whileDown === 'hangs' ? BigInt(TIMEOUT_MS) : 0n;
  const [from, to] = [BigInt(outage.fromMs) * rate.count, BigInt(outage.toMs) * rate.count];
  const found = { backlog: 0, attemptsInVain: 0, lost: 0, retries: 0, lastMs: 0 };
  for (let at = 0n; at < to; at += rate.perMs) {
    if (at < from) continue;
    found.backlog += 1;
    let time = at;
    let failed = 0;
    while (time < to && failed <= waitsMs.length) {
      time += (failure + BigInt(waitsMs[failed] ?? 0)) * rate.count;
      failed += 1;
    }
    found.attemptsInVain += failed;
    if (failed > waitsMs.length) found.lost += 1;
    else {
      found.retries += 1;
      found.lastMs = Math.max(found.lastMs, Number(time - to) / Number(rate.count));
    }
  }
  return found;
}

function holds(check: (given: Given) => void): void {
  fc.assert(fc.property(cases, check), { seed: SEED, numRuns: RUNS });
}

test('whole counts are those of following every web hook', () => {
  holds((given) => {
    const { summary } = new Forecast(given.request).result({ interrupted: false });
    const { backlog, attemptsInVain, lost, wave } = summary;
    const { lastMs, ...counts } = counted(given);
    expect({ backlog, attemptsInVain, lost: lost.webHooks, retries: wave.retries }).toEqual(counts);
    expect(wave.lastDeliveryMs).toBeGreaterThanOrEqual(lastMs);
    expect(lost.firstAfterMs === undefined).toBe(counts.lost === 0);
  });
});

test('the series holds every attempt once', () => {
  holds((given) => {
    const { summary, steps } = new Forecast(given.request).result({ interrupted: false });
    const { attemptsInVain, retries } = counted(given);
    const inVain = steps.reduce((sum, step) => sum + step.inVain, 0);
    const after = steps.filter(({ toMs }) => toMs > 0);
    const attempts = after.reduce((sum, step) => sum + step.attempts, 0);
    const { outage } = given.request;
    const arrivals = constantArrivals(given.rate);
    const endMs = outage.toMs + Math.max(0, after.at(-1)?.toMs ?? 0);
    const usual = arrivals.countBefore(endMs) - arrivals.countBefore(outage.toMs);
    expect(inVain).toBe(attemptsInVain);
    expect(attempts - usual).toBe(retries);
    expect(steps.every(({ fromMs, toMs }) => toMs <= 0 || fromMs >= 0)).toBe(true);
    expect(summary.wave.lastDeliveryMs).toBeLessThanOrEqual(Math.max(0, after.at(-1)?.toMs ?? 0));
  });
});

test('the levels of the wave hold as many retries as come, but for the ends of each', () => {
  holds(({ rate, request }) => {
    const { waitsMs, outage, whileDown } = request;
    const offsets = retryOffsets(waitsMs, whileDown === 'hangs' ? TIMEOUT_MS : 0);
    const levels = waveLevels({ outage, offsets });
    const perMs = Number(rate.count) / Number(rate.perMs);
    const inLevels = levels.reduce(
      (sum, { fromMs, toMs, times }) => sum + (times - 1) * perMs * (toMs - fromMs),
      0,
    );
    const { retries } = counted({ rate, request });
    expect(Math.abs(inLevels - retries)).toBeLessThanOrEqual(waitsMs.length + 1);
  });
});

/** Carries a forecast out with a receiver that works on one at a time. */
function withCapacity({ request }: Given, capacity: ArrivalRate) {
  const forecast = new Forecast({ ...request, receiver: { capacity, answerMs: undefined } });
  while (forecast.advance(100_000));
  return forecast.result({ interrupted: false }).summary;
}

test('a simulation counts the same', () => {
  holds((given) => {
    const { rate } = given;
    const { fromMs, toMs } = given.request.outage;
    const request = { ...given.request, outage: { fromMs: 0, toMs: toMs - fromMs } };
    const { summary } = new Forecast(request).result({ interrupted: false });
    const serviceMs = 60_000 / (summary.enoughCapacity?.perMinute ?? 0);
    const simulation = new WaveSimulation({
      ...request,
      arrivals: constantArrivals(rate),
      timeoutMs: TIMEOUT_MS,
      receiver: { serviceMs, answerMs: serviceMs },
      untilMs: toMs + 12 * 400_000,
      endsWhenCalm: true,
      stepMs: 10_000,
    });
    while (simulation.advance(100_000));
    const { attemptsInVain, lost } = counted({ rate, request });
    const result = simulation.result();
    expect(result).toMatchObject({ inVain: attemptsInVain, lost, late: 0, again: 0 });
  });
});

function shownAsEnough({ rate, request }: Given): string {
  const { summary } = new Forecast(request).result({ interrupted: false });
  if (summary.enoughCapacity === undefined) throw new Error('no capacity is enough');
  return rateOfAtLeast(summary.enoughCapacity, rate.unit).replaceAll(',', '');
}

test('what is said to be enough keeps up', () => {
  holds((given) => {
    const shown = shownAsEnough(given);
    expect(withCapacity(given, parseArrivalRate(shown)).receiver?.keepsUp).toBe(true);
  });
});

/** What was under way when a receiver went down comes on top, and depends on how fast it is. */
test('one less in the last digit than what is said to be enough does not keep up', () => {
  holds(({ rate, request }) => {
    const { fromMs, toMs } = request.outage;
    const given = { rate, request: { ...request, outage: { fromMs: 0, toMs: toMs - fromMs } } };
    const less = oneLess(shownAsEnough(given));
    if (less === undefined || counted(given).retries === 0) return;
    expect(withCapacity(given, parseArrivalRate(less)).receiver?.keepsUp).toBe(false);
  });
});

/** `18/min` of `19/min`, and `1.23/s` of `1.24/s`. */
function oneLess(shown: string): string | undefined {
  const [amount = '', unit = ''] = shown.split('/');
  const decimals = amount.split('.')[1]?.length ?? 0;
  const less = Number(amount) - 10 ** -decimals;
  return less > 0 ? `${less.toFixed(decimals)}/${unit}` : undefined;
}

test.each([
  { perMin: '1', outageM: 10, waitsM: [1, 5], enough: '18/min' },
  { perMin: '1', outageM: 20, waitsM: [1, 2, 3, 4, 5, 6], enough: '36/min' },
])('$perMin a minute after $outageM min with $waitsM need $enough', (known) => {
  const { perMin, outageM, waitsM, enough } = known;
  const rate = rateOf(perMin, 'min');
  const request: ForecastRequest = {
    arrivals: { kind: 'constant', rate },
    outage: { fromMs: 0, toMs: outageM * 60_000 },
    waitsMs: waitsM.map((minutes) => minutes * 60_000),
    whileDown: 'refuses',
    receiver: undefined,
  };
  const { summary } = new Forecast(request).result({ interrupted: false });
  expect(summary.enoughCapacity && rateOfAtLeast(summary.enoughCapacity, 'min')).toBe(enough);
  const { receiver } = withCapacity({ rate, request }, parseArrivalRate(enough));
  expect(receiver).toMatchObject({ keepsUp: true, lateAnswers: 0 });
});

test('with an answer time of its own, what is said to be enough keeps up', () => {
  const answers = fc.integer({ min: 0, max: 9_900 });
  fc.assert(
    fc.property(cases, answers, ({ request, rate }, answerMs) => {
      const known = (capacity: ArrivalRate) => {
        const forecast = new Forecast({ ...request, receiver: { capacity, answerMs } });
        while (forecast.advance(100_000));
        return forecast.result({ interrupted: false }).summary;
      };
      const { enoughCapacity } = known(rateOf('1000', 's'));
      if (enoughCapacity === undefined) throw new Error('no capacity is enough');
      const shown = rateOfAtLeast(enoughCapacity, rate.unit).replaceAll(',', '');
      expect(known(parseArrivalRate(shown)).receiver?.keepsUp).toBe(true);
    }),
    { seed: SEED, numRuns: RUNS },
  );
});
