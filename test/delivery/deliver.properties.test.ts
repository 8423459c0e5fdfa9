import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countEvents, type Plan } from '../../src/delivery/plan.js';
import type { AttemptRecord, RunRecord } from '../../src/delivery/records.js';
import type { Outcome } from '../../src/ports.js';
import { SimulatedClock } from '../simulated-clock.js';
import {
  type Arrival,
  afterTurns,
  answer,
  type InMemoryReceiver,
  receiver,
} from './in-memory-receiver.js';
import { anyPlan } from './plans.js';
import { byEvent, type Run, runOf } from './runs.js';

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(answer(200)) },
  { weight: 3, arbitrary: fc.constantFrom(204, 302, 404, 500).map((status) => answer(status)) },
  { weight: 1, arbitrary: fc.constant<Outcome>({ kind: 'timed-out', ms: 10_000 }) },
  { weight: 1, arbitrary: fc.constant<Outcome>({ kind: 'broken', reason: 'Half.', ms: 2 }) },
  { weight: 1, arbitrary: fc.constant<Outcome>({ kind: 'unreachable', reason: 'No.', ms: 1 }) },
);

/** A receiver that decides by event and arrival alone, in whatever order they come. */
interface Habit {
  readonly outcomes: readonly Outcome[];
  /** How many turns of the event loop each answer takes. */
  readonly turns: readonly number[];
}

const outcomeLists = fc.array(outcomes, { minLength: 1, maxLength: 8 });
const delays = fc.array(fc.nat(3), { minLength: 1, maxLength: 8 });
const concurrencies = fc.integer({ min: 1, max: 5 });
const habits: fc.Arbitrary<Habit> = fc.record({ outcomes: outcomeLists, turns: delays });

function habitual({ outcomes: list, turns }: Habit): InMemoryReceiver {
  return receiver((arrival) => {
    const outcome = list[(sumOf(arrival.event) + arrival.nth) % list.length] ?? answer(200);
    return afterTurns(turns[arrival.number % turns.length] ?? 0, outcome);
  });
}

function sumOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
}

const originals = (attempts: readonly AttemptRecord[]) =>
  attempts.filter(({ duplicate }) => duplicate === undefined);
const endings = ['delivered', 'lost', 'withheld'];
const isEnd = (record: RunRecord) =>
  record.kind === 'dropped' || endings.includes(record.next.kind);

/** What is true of every run that was not interrupted. */
function expectLawful(plan: Plan, { records, attempts, summary }: Run): void {
  const times = records.map(({ planMs }) => planMs);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(records.filter(isEnd)).toHaveLength(countEvents(plan));
  const { delivered, lost, withheld, open, total } = summary.events;
  expect(open).toBe(0);
  expect(delivered + lost + withheld).toBe(total);
  for (const event of byEvent(attempts)) expectLawfulEvent(plan, event);
}

function expectLawfulEvent(plan: Plan, all: readonly AttemptRecord[]): void {
  const attempts = originals(all);
  const budget = plan.waitsMs.length + 1;
  expect(attempts.map(({ attempt }) => attempt)).toEqual(attempts.map((_, index) => index + 1));
  expect(attempts.length).toBeLessThanOrEqual(budget);
  expect(attempts.filter(isEnd)).toEqual(attempts.slice(-1));
  for (const { next } of all.filter(({ duplicate }) => duplicate !== undefined)) {
    expect(next).toEqual({ kind: 'none' });
  }
  for (const { fault, attempt, attempts: most, outcome, planMs } of attempts) {
    const isHidden = fault?.kind === 'lost-ack' || fault?.kind === 'overlap';
    if (isHidden) expect(attempt).toBeLessThan(most);
    const isInOutage = plan.faults.outages.some(
      ({ fromMs, toMs }) => fromMs <= planMs && planMs < toMs,
    );
    expect(outcome.kind === 'blocked').toBe(isInOutage);
  }
}

/** Each event sends the same bytes and headers every time. */
function expectSameBytes(arrivals: readonly Arrival[]): void {
  const sent = new Map<string, Arrival>();
  for (const arrival of arrivals) {
    const { request } = sent.get(arrival.event) ?? arrival;
    sent.set(arrival.event, arrival);
    expect(Buffer.compare(arrival.request.body, request.body)).toBe(0);
    expect(arrival.request.headers).toEqual(request.headers);
  }
}

test('any plan against any receiver ends, in order, within its budget, each event once', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlan, habits, concurrencies, async (plan, habit, concurrency) => {
      const target = habitual(habit);
      expectLawful(plan, await runOf(plan, target, { concurrency }));
      expectSameBytes(target.arrivals);
      expect(target.underWay).toBe(0);
    }),
    { numRuns: 150 },
  );
});

test('the order in which answers come back changes nothing, nor does the concurrency', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyPlan,
      outcomeLists,
      fc.tuple(delays, delays),
      fc.tuple(concurrencies, concurrencies),
      async (plan, list, [turns, otherTurns], [concurrency, otherConcurrency]) => {
        const one = await runOf(plan, habitual({ outcomes: list, turns }), { concurrency });
        const other = await runOf(plan, habitual({ outcomes: list, turns: otherTurns }), {
          concurrency: otherConcurrency,
        });
        expect(other.records).toEqual(one.records);
        expect(other.summary).toEqual(one.summary);
      },
    ),
    { numRuns: 150 },
  );
});

test('no fault turns a healthy receiver red', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlan, delays, async (plan, turns) => {
      const { summary, attempts } = await runOf(plan, habitual({ outcomes: [answer(200)], turns }));
      expect(summary.events.lost).toBe(0);
      expect(attempts.every(({ outcome }) => ['responded', 'blocked'].includes(outcome.kind))).toBe(
        true,
      );
    }),
    { numRuns: 150 },
  );
});

test('no more is under way than the concurrency allows, and one attempt a resource', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlan, habits, concurrencies, async (any, habit, concurrency) => {
      const faults = { ...any.faults, duplicates: 0, overlaps: 0, atLeastOnce: false };
      const inner = habitual(habit);
      const resources = new Map<string, number>();
      let most = 0;
      const target = receiver(async ({ resource, request }) => {
        resources.set(resource, (resources.get(resource) ?? 0) + 1);
        expect(resources.get(resource)).toBe(1);
        most = Math.max(most, target.underWay);
        const outcome = await inner.send(request, { timeoutMs: 1 });
        resources.set(resource, 0);
        return outcome;
      });
      await runOf({ ...any, faults }, target, { concurrency });
      expect(most).toBeLessThanOrEqual(concurrency);
    }),
  );
});

test('an interrupted run ends at once, leaves nothing under way and still sums up', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyPlan,
      habits,
      concurrencies,
      fc.nat(20),
      async (plan, habit, concurrency, after) => {
        const controller = new AbortController();
        const inner = habitual(habit);
        const target = receiver(({ number, request }) => {
          if (number > after) controller.abort();
          return inner.send(request, { timeoutMs: 1 });
        });
        const { signal } = controller;
        const { records, summary } = await runOf(plan, target, { concurrency, signal });
        const { delivered, lost, withheld, open, total } = summary.events;
        expect(summary.interrupted).toBe(signal.aborted);
        expect(delivered + lost + withheld + open).toBe(total);
        expect(records.filter(isEnd)).toHaveLength(total - open);
        expect(target.underWay).toBe(0);
      },
    ),
    { numRuns: 100 },
  );
});

test('in real time too each event ends once, within its budget, and a healthy receiver stays green', async () => {
  const latencies = fc.array(fc.constantFrom(0, 1, 500, 9_999), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(
      anyPlan,
      outcomeLists,
      latencies,
      concurrencies,
      async (plan, list, sleeps, concurrency) => {
        const clock = new SimulatedClock();
        const slowly = async ({ event, number, nth }: Arrival, among: readonly Outcome[]) => {
          await clock.sleep(sleeps[number % sleeps.length] ?? 0);
          return among[(sumOf(event) + nth) % among.length] ?? answer(200);
        };
        const options = { clock, concurrency, pace: { kind: 'real' } } as const;
        const any = receiver((arrival) => slowly(arrival, list));
        const { attempts, records, summary } = await runOf(plan, any, options);
        expect(records.filter(isEnd)).toHaveLength(countEvents(plan));
        expect(summary.events.open).toBe(0);
        for (const event of byEvent(attempts)) expectLawfulEvent(plan, event);
        const healthy = receiver((arrival) => slowly(arrival, [answer(200)]));
        expect((await runOf(plan, healthy, options)).summary.events.lost).toBe(0);
      },
    ),
    { numRuns: 150 },
  );
});
