import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordedArrivals } from '../../src/forecast/arrival-times.js';
import { type SimulatedOutage, WaveSimulation } from '../../src/forecast/wave-simulation.js';

const SEED = 20_260_102;
const RUNS = 500;

/** Some dozens of web hooks that a receiver of any speed gets too many of, before, in and after an outage. */
const outages: fc.Arbitrary<
  Omit<SimulatedOutage, 'arrivals'> & { readonly times: readonly number[] }
> = fc
  .record({
    times: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 60 }),
    fromMs: fc.integer({ min: 0, max: 150 }),
    lengthMs: fc.integer({ min: 0, max: 150 }),
    waitsMs: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }),
    timeoutMs: fc.integer({ min: 1, max: 60 }),
    whileDown: fc.constantFrom('refuses', 'hangs', 'queues'),
    serviceMs: fc.integer({ min: 0, max: 20 }),
    answerMs: fc.integer({ min: 0, max: 70 }),
  })
  .map(({ times, fromMs, lengthMs, serviceMs, answerMs, ...rest }) => ({
    ...rest,
    times: [...times].sort((one, other) => one - other),
    outage: { fromMs, toMs: fromMs + lengthMs },
    receiver: { serviceMs, answerMs },
    untilMs: Number.POSITIVE_INFINITY,
    endsWhenCalm: false,
    stepMs: 10,
  }));

interface Pending {
  readonly dueMs: number;
  readonly number: number;
  readonly wasServed: boolean;
}

/** A list that is sorted before each attempt, and a receiver that says when it is free. */
function naive({ times, outage, waitsMs, timeoutMs, whileDown, receiver }: NaiveCase) {
  const found = { attempts: 0, inVain: 0, late: 0, lost: 0, unacknowledged: 0, again: 0 };
  let pending: Pending[] = times.map((dueMs) => ({ dueMs, number: 0, wasServed: false }));
  let freeMs = 0;
  const fail = ({ number, wasServed }: Pending, failedMs: number) => {
    const waitMs = waitsMs[number];
    if (waitMs !== undefined) {
      pending.push({ dueMs: failedMs + waitMs, number: number + 1, wasServed });
    } else found[wasServed ? 'unacknowledged' : 'lost'] += 1;
  };
  const isDown = (ms: number) => ms >= outage.fromMs && ms < outage.toMs;
  while (pending.length > 0) {
    pending = pending.toSorted(
      (one, other) => one.dueMs - other.dueMs || one.number - other.number,
    );
    const [attempt, ...rest] = pending;
    if (attempt === undefined) break;
    pending = rest;
    const { dueMs, wasServed } = attempt;
    found.attempts += 1;
    if (wasServed) found.again += 1;
    if (isDown(dueMs) && whileDown !== 'queues') {
      found.inVain += 1;
      fail(attempt, dueMs + (whileDown === 'hangs' ? timeoutMs : 0));
      continue;
    }
    const readyMs = Math.max(dueMs, freeMs);
    const startMs = whileDown === 'queues' && isDown(readyMs) ? outage.toMs : readyMs;
    const doneMs = startMs + receiver.answerMs;
    const hasOutage = outage.toMs > outage.fromMs;
    if (whileDown !== 'queues' && hasOutage && dueMs < outage.fromMs && doneMs > outage.fromMs) {
      const brokenMs = whileDown === 'hangs' ? dueMs + timeoutMs : outage.fromMs;
      freeMs = outage.fromMs;
      fail(attempt, Math.min(brokenMs, dueMs + timeoutMs));
      continue;
    }
    freeMs = startMs + receiver.serviceMs;
    if (doneMs - dueMs <= timeoutMs) continue;
    found.late += 1;
    fail({ ...attempt, wasServed: true }, dueMs + timeoutMs);
  }
  return found;
}

type NaiveCase = Pick<
  SimulatedOutage,
  'outage' | 'waitsMs' | 'timeoutMs' | 'whileDown' | 'receiver'
> & {
  readonly times: readonly number[];
};

test('lines of retries give what a sorted list gives, whatever the receiver and the outage are', () => {
  fc.assert(
    fc.property(outages, ({ times, ...outage }) => {
      const arrivals = recordedArrivals(Float64Array.from(times));
      const made: number[] = [];
      const onAttempt = (atMs: number) => void made.push(atMs);
      const simulation = new WaveSimulation({ ...outage, arrivals, onAttempt });
      while (simulation.advance(7));
      expect(simulation.result()).toMatchObject(naive({ times, ...outage }));
      expect(made).toEqual(made.toSorted((one, other) => one - other));
    }),
    { seed: SEED, numRuns: RUNS },
  );
});
