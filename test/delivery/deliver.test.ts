import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/ports.js';
import { SimulatedClock } from '../simulated-clock.js';
import {
  afterTurns,
  answer,
  nextTurn,
  type Reaction,
  receiver,
  silence,
  statuses,
} from './in-memory-receiver.js';
import { batchOf, MINUTE_MS, planOf } from './plans.js';
import { type RunOptions, runOf, start } from './runs.js';

/** One resource with one event. */
const single = () => [{ ...batchOf('authorization'), events: [{ status: 'granted', dueMs: 0 }] }];

describe('an event', () => {
  test('that is answered 200 is delivered on its first attempt', async () => {
    const { attempts, summary } = await runOf(
      planOf({ batches: single() }),
      receiver(statuses(200)),
    );
    expect(attempts).toEqual([
      {
        kind: 'attempt',
        planMs: 0,
        event: 'authorization.granted',
        resource: expect.stringMatching(/^AGR-/),
        attempt: 1,
        attempts: 3,
        outcome: { kind: 'responded', status: 200, ms: 1 },
        next: { kind: 'delivered' },
      },
    ]);
    expect(summary.events).toEqual({ total: 1, delivered: 1, lost: 0, withheld: 0, open: 0 });
  });

  test.each([201, 202, 204, 301, 302, 400, 404, 500])('is retried after a %i', async (status) => {
    const { attempts } = await runOf(
      planOf({ batches: single() }),
      receiver(statuses(status, status, 200)),
    );
    expect(attempts.map(({ planMs, next }) => [planMs, next.kind])).toEqual([
      [0, 'retry'],
      [MINUTE_MS, 'retry'],
      [3 * MINUTE_MS, 'delivered'],
    ]);
  });

  test('is lost after its last attempt', async () => {
    const { attempts, summary } = await runOf(
      planOf({ batches: single() }),
      receiver(statuses(500)),
    );
    expect(attempts.map(({ next }) => next.kind)).toEqual(['retry', 'retry', 'lost']);
    expect(summary.events.lost).toBe(1);
    expect(summary.lostEvents).toEqual([
      {
        event: 'authorization.granted',
        resource: expect.stringMatching(/^AGR-/),
        attempts: 3,
        lastOutcome: answer(500),
      },
    ]);
  });

  test('without retries has one attempt', async () => {
    const plan = planOf({ waitsMs: [], batches: single() });
    const { attempts } = await runOf(plan, receiver(statuses(500)));
    expect(attempts.map(({ next }) => next.kind)).toEqual(['lost']);
  });
});

describe('plan time', () => {
  const dueTimes = async (outcome: Outcome, options: RunOptions = {}) => {
    const { attempts } = await runOf(
      planOf({ batches: single() }),
      receiver(() => outcome),
      options,
    );
    return attempts.map(({ planMs }) => planMs);
  };

  test.each<Outcome>([
    answer(500, 9_999),
    { kind: 'broken', reason: 'Half a line.', ms: 9_000 },
    { kind: 'unreachable', reason: 'Refused.', ms: 9_000 },
  ])('stands still during an attempt that is answered or breaks: $kind', async (outcome) => {
    expect(await dueTimes(outcome)).toEqual([0, 60_000, 180_000]);
  });

  test('moves by exactly the limit during an attempt that times out', async () => {
    expect(await dueTimes({ kind: 'timed-out', ms: 10_042 })).toEqual([0, 70_000, 200_000]);
  });

  test('is the same when it is scaled', async () => {
    const clock = new SimulatedClock();
    const pace = { kind: 'scaled', scale: 1 / 60 } as const;
    expect(await dueTimes(answer(500), { pace, clock })).toEqual([0, 60_000, 180_000]);
    expect(clock.monotonic()).toBe(3_000);
  });

  test('does not wait for hours unless asked to', async () => {
    const clock = new SimulatedClock();
    const plan = planOf({ waitsMs: [1e15, Number.MAX_SAFE_INTEGER], batches: single() });
    const { attempts } = await runOf(plan, receiver(statuses(500)), { clock });
    expect(attempts.map(({ planMs }) => planMs)).toEqual([0, 1e15, 1e15 + Number.MAX_SAFE_INTEGER]);
    expect(clock.monotonic()).toBe(0);
  });

  test('is told before the first attempt of each instant leaves', async () => {
    const told: number[] = [];
    const target = receiver(({ nth }) => {
      seen.push(told.at(-1));
      return answer(nth === 1 ? 500 : 200);
    });
    const seen: (number | undefined)[] = [];
    await runOf(planOf(), target, { onInstant: (planMs) => told.push(planMs) });
    expect(told).toEqual([0, 60_000, 120_000, 180_000]);
    expect(seen).toEqual([0, 60_000, 60_000, 120_000, 120_000, 180_000]);
  });
});

describe('real time', () => {
  const real: RunOptions = { pace: { kind: 'real' } };
  /** Answers after so many milliseconds of the clock. */
  const slow =
    (clock = new SimulatedClock()) =>
    async (ms: number, outcome: Outcome) => {
      await clock.sleep(ms);
      return outcome;
    };

  test('waits run from the measured end of the failed attempt', async () => {
    const clock = new SimulatedClock();
    const target = receiver(({ nth }) => slow(clock)(3_000, answer(nth === 3 ? 200 : 500)));
    const { attempts } = await runOf(planOf({ batches: single() }), target, { ...real, clock });
    expect(attempts.map(({ planMs }) => planMs)).toEqual([0, 63_000, 186_000]);
    expect(clock.monotonic()).toBe(189_000);
  });

  test('attempts leave when they are due, whatever is still unanswered', async () => {
    const clock = new SimulatedClock();
    const departures: number[] = [];
    const target = receiver(({ status }) => {
      departures.push(clock.monotonic());
      return slow(clock)(status === 'NEW' ? 100_000 : 10, answer(200));
    });
    const { attempts } = await runOf(planOf(), target, { ...real, clock });
    expect(departures).toEqual([0, 60_000, 120_000]);
    expect(attempts.map(({ event }) => event)).toEqual([
      'payment.pending',
      'payment.new',
      'payment.success',
    ]);
  });

  test('no more leave than the concurrency allows, and the rest leave late', async () => {
    const clock = new SimulatedClock();
    const departures: number[] = [];
    const target = receiver(() => {
      departures.push(clock.monotonic());
      return slow(clock)(5_000, answer(200));
    });
    const plan = planOf({ batches: [batchOf('authorization', { count: 2, spacingMs: 0 })] });
    await runOf(plan, target, { ...real, clock, concurrency: 1 });
    expect(departures).toEqual([0, 5_000, 10_000, 15_000]);
  });

  test('an acknowledgement is lost after the whole limit, counted from when the attempt left', async () => {
    const clock = new SimulatedClock();
    const target = receiver(() => slow(clock)(5_000, answer(200)));
    const plan = planOf({
      waitsMs: [MINUTE_MS],
      faults: { lostAcks: 1 },
      batches: [
        { ...batchOf('authorization', { count: 2 }), events: [{ status: 'granted', dueMs: 0 }] },
      ],
    });
    const { attempts } = await runOf(plan, target, { ...real, clock, concurrency: 1 });
    expect(attempts.map(({ planMs }) => planMs)).toEqual([0, 0, 70_000, 75_000]);
  });

  test('every instant is told before its first attempt leaves, also while others are under way', async () => {
    const clock = new SimulatedClock();
    const told: number[] = [];
    const target = receiver(({ status }) =>
      slow(clock)(status === 'NEW' ? 100_000 : 10, answer(200)),
    );
    await runOf(planOf(), target, { ...real, clock, onInstant: (planMs) => told.push(planMs) });
    expect(told).toEqual([0, 60_000, 120_000]);
  });

  test('an event is not lost while an overlapped attempt is still unanswered', async () => {
    const clock = new SimulatedClock();
    const target = receiver(({ nth }) =>
      nth === 1 ? slow(clock)(3_000, answer(200)) : answer(409),
    );
    const plan = planOf({ waitsMs: [0], faults: { overlaps: 1 }, batches: single() });
    const { attempts, summary } = await runOf(plan, target, { ...real, clock });
    expect(attempts.map(({ attempt, next }) => [attempt, next.kind])).toEqual([
      [1, 'overlapped'],
      [2, 'withheld'],
    ]);
    expect(summary.events.lost).toBe(0);
  });

  test('an interruption ends it, however long its transport takes to let go', async () => {
    const clock = new SimulatedClock();
    const controller = new AbortController();
    const inner = receiver(() => silence);
    const lazy = {
      ...inner,
      send: async (...sending: Parameters<typeof inner.send>) => {
        const outcome = await inner.send(...sending);
        await afterTurns(20, outcome);
        return outcome;
      },
    };
    const run = runOf(planOf({ waitsMs: [0] }), lazy, {
      ...real,
      clock,
      concurrency: 5,
      signal: controller.signal,
    });
    await clock.sleep(59_999);
    controller.abort();
    const { summary } = await run;
    expect(summary.interrupted).toBe(true);
    expect(summary.events.open).toBe(3);
  });
});

describe('attempts of one resource that are due together', () => {
  test('go one after the other, in plan order', async () => {
    const plan = planOf({ batches: [batchOf('payment', { spacingMs: 0 })] });
    const log: string[] = [];
    const target = receiver(async ({ status }) => {
      log.push(`${status} begins`);
      await afterTurns(status === 'NEW' ? 3 : 1, answer(200));
      log.push(`${status} ends`);
      return answer(200);
    });
    await runOf(plan, target);
    expect(log).toEqual([
      'NEW begins',
      'NEW ends',
      'PENDING begins',
      'PENDING ends',
      'SUCCESS begins',
      'SUCCESS ends',
    ]);
  });

  test('do not keep other resources waiting', async () => {
    const plan = planOf({ batches: [batchOf('payment', { spacingMs: 0, count: 3 })] });
    let most = 0;
    const target = receiver(() => {
      most = Math.max(most, target.underWay);
      return afterTurns(2, answer(200));
    });
    await runOf(plan, target, { concurrency: 9 });
    expect(most).toBe(3);
  });

  test('may be ten thousand', async () => {
    const events = Array.from({ length: 10_000 }, () => ({ status: 'granted', dueMs: 0 }));
    const plan = planOf({ batches: [{ ...batchOf('authorization'), events }] });
    const { summary } = await runOf(plan, receiver(statuses(200)));
    expect(summary.events.delivered).toBe(10_000);
  });

  test.each(['stepping', 'real'] as const)(
    'may be ten thousand when the run is interrupted: %s',
    async (kind) => {
      const events = Array.from({ length: 10_000 }, () => ({ status: 'granted', dueMs: 0 }));
      const plan = planOf({ batches: [{ ...batchOf('authorization'), events }] });
      const controller = new AbortController();
      const target = receiver(() => {
        controller.abort();
        return silence;
      });
      const { summary } = await runOf(plan, target, { signal: controller.signal, pace: { kind } });
      expect(summary.events.open).toBe(10_000);
      expect(summary.attempts.retries).toBe(0);
    },
  );
});

describe('retries without a wait', () => {
  test('come after everything else that is due at that instant', async () => {
    const plan = planOf({ waitsMs: [0], batches: [batchOf('payment', { spacingMs: 0 })] });
    const { attempts } = await runOf(plan, receiver(statuses(500, 200)), { concurrency: 1 });
    expect(attempts.map(({ event, attempt }) => `${event} ${attempt}`)).toEqual([
      'payment.new 1',
      'payment.pending 1',
      'payment.success 1',
      'payment.new 2',
      'payment.pending 2',
      'payment.success 2',
    ]);
  });
});

describe('faults', () => {
  const always = { lostAcks: 0, overlaps: 0, duplicates: 0 };
  const healthy: Reaction = () => answer(200);

  test('a lost acknowledgement is a 200 that the sender takes for a timeout', async () => {
    const plan = planOf({ faults: { ...always, lostAcks: 1 }, batches: single() });
    const { attempts } = await runOf(plan, receiver(healthy));
    expect(
      attempts.map(({ planMs, outcome, fault, next }) => [planMs, outcome, fault, next.kind]),
    ).toEqual([
      [0, answer(200), { kind: 'lost-ack' }, 'retry'],
      [70_000, answer(200), { kind: 'lost-ack' }, 'retry'],
      [200_000, answer(200), undefined, 'delivered'],
    ]);
  });

  test('an acknowledgement that never came cannot be lost', async () => {
    const plan = planOf({ faults: { ...always, lostAcks: 1 }, batches: single() });
    const { attempts, summary } = await runOf(
      plan,
      receiver(() => ({ kind: 'timed-out', ms: 10_000 })),
    );
    expect(attempts.map(({ fault }) => fault)).toEqual([undefined, undefined, undefined]);
    expect(summary.events.lost).toBe(1);
  });

  test('a 200 that was hidden, and refusals after it, withhold the event', async () => {
    const plan = planOf({ faults: { ...always, lostAcks: 1 }, batches: single() });
    const { summary } = await runOf(plan, receiver(statuses(200, 409)));
    expect(summary.events).toEqual({ total: 1, delivered: 0, lost: 0, withheld: 1, open: 0 });
  });

  test('an overlap sends the next attempt before the first is answered', async () => {
    const plan = planOf({ waitsMs: [MINUTE_MS], faults: { overlaps: 1 }, batches: single() });
    let most = 0;
    const target = receiver(() => {
      most = Math.max(most, target.underWay);
      return afterTurns(2, answer(200));
    });
    const { attempts } = await runOf(plan, target, { concurrency: 1 });
    expect(most).toBe(2);
    expect(
      attempts.map(({ planMs, attempt, fault, next }) => [planMs, attempt, fault, next.kind]),
    ).toEqual([
      [0, 1, { kind: 'overlap', missed: false }, 'overlapped'],
      [0, 2, undefined, 'delivered'],
    ]);
  });

  test('an overlap is missed when the first is answered before the second has left', async () => {
    const plan = planOf({ waitsMs: [MINUTE_MS], faults: { overlaps: 1 }, batches: single() });
    const target = receiver(({ nth }) => afterTurns(nth === 1 ? 1 : 9, answer(200)), {
      turnsToWrite: ({ nth }) => (nth === 1 ? 0 : 5),
    });
    const { attempts } = await runOf(plan, target);
    expect(attempts.map(({ planMs, fault, next }) => [planMs, fault, next.kind])).toEqual([
      [0, { kind: 'overlap', missed: true }, 'overlapped'],
      [0, undefined, 'delivered'],
    ]);
  });

  test('an overlap is missed when the first is answered before it was written', async () => {
    const plan = planOf({ waitsMs: [MINUTE_MS], faults: { overlaps: 1 }, batches: single() });
    const target = receiver(healthy, { turnsToWrite: () => 3 });
    const { attempts } = await runOf(plan, target);
    expect(attempts.map(({ planMs, fault, next }) => [planMs, fault, next.kind])).toEqual([
      [0, { kind: 'overlap', missed: true }, 'retry'],
      [70_000, undefined, 'delivered'],
    ]);
  });

  test('what is never connected is not overlapped', async () => {
    const plan = planOf({ waitsMs: [MINUTE_MS], faults: { overlaps: 1 }, batches: single() });
    const target = receiver(() => ({ kind: 'unreachable', reason: 'Refused.', ms: 1 }), {
      turnsToWrite: () => Number.POSITIVE_INFINITY,
    });
    const { attempts } = await runOf(plan, target);
    expect(attempts.map(({ planMs, fault, next }) => [planMs, fault, next.kind])).toEqual([
      [0, undefined, 'retry'],
      [60_000, undefined, 'lost'],
    ]);
  });

  test('overlaps may follow one another up to the last attempt', async () => {
    const plan = planOf({ faults: { overlaps: 1 }, batches: single() });
    const target = receiver(() => afterTurns(3, answer(500)));
    const { attempts } = await runOf(plan, target);
    expect(attempts.map(({ planMs, next }) => [planMs, next.kind])).toEqual([
      [0, 'overlapped'],
      [0, 'overlapped'],
      [0, 'lost'],
    ]);
  });

  test('a duplicate beside its original, or some time later, is no attempt of the event', async () => {
    const plan = planOf({
      faults: { duplicates: 1 },
      batches: [batchOf('payment', { count: 20 })],
    });
    const { attempts, summary } = await runOf(plan, receiver(statuses(200, 500)));
    const copies = attempts.filter(({ duplicate }) => duplicate !== undefined);
    expect(copies.map(({ next }) => next.kind)).toEqual(copies.map(() => 'none'));
    expect(new Set(copies.map(({ duplicate }) => duplicate))).toEqual(
      new Set(['concurrent', 'later']),
    );
    expect(copies.every(({ lateMs }) => lateMs === undefined)).toBe(true);
    expect(summary.events).toMatchObject({ delivered: 60, lost: 0 });
    expect(summary.faults).toMatchObject({ duplicates: 60, duplicatesRefused: 60 });
    expect(summary.attempts.retries).toBe(0);
  });

  test('the attempt that overlaps another can have a copy beside it', async () => {
    const plan = planOf({
      waitsMs: [MINUTE_MS],
      faults: { overlaps: 1, duplicates: 1 },
      batches: [
        { ...batchOf('authorization', { count: 20 }), events: [{ status: 'granted', dueMs: 0 }] },
      ],
    });
    const { summary } = await runOf(
      plan,
      receiver(() => afterTurns(2, answer(200))),
    );
    expect(summary.faults).toMatchObject({ overlaps: 20, duplicates: 20 });
  });

  test('in an outage nothing is sent, and what piled up comes late', async () => {
    const plan = planOf({ faults: { outages: [{ fromMs: 0, toMs: 90_000 }] }, batches: single() });
    const target = receiver(healthy);
    const { attempts } = await runOf(plan, target);
    expect(
      attempts.map(({ planMs, outcome, fault, next }) => [planMs, outcome, fault, next.kind]),
    ).toEqual([
      [0, { kind: 'blocked', by: 'outage' }, { kind: 'outage', untilMs: 90_000 }, 'retry'],
      [60_000, { kind: 'blocked', by: 'outage' }, { kind: 'outage', untilMs: 90_000 }, 'retry'],
      [180_000, answer(200), undefined, 'delivered'],
    ]);
    expect(target.arrivals).toHaveLength(1);
  });

  test('an outage longer than the schedule withholds the event', async () => {
    const plan = planOf({ faults: { outages: [{ fromMs: 0, toMs: 1e12 }] } });
    const { summary } = await runOf(plan, receiver(healthy));
    expect(summary.events).toEqual({ total: 3, delivered: 0, lost: 0, withheld: 3, open: 0 });
    expect(summary.attempts.sent).toBe(0);
    expect(summary.faults.blocked).toBe(9);
  });

  test('a dropped event is withheld and never sent', async () => {
    const target = receiver(healthy);
    const { records, summary } = await runOf(planOf({ faults: { drops: 1 } }), target);
    expect(records.map(({ kind, planMs }) => [kind, planMs])).toEqual([
      ['dropped', 0],
      ['dropped', 60_000],
      ['dropped', 120_000],
    ]);
    expect(target.arrivals).toEqual([]);
    expect(summary.events.withheld).toBe(3);
  });

  test('a first attempt is late by up to the delay, and says so', async () => {
    const plan = planOf({
      faults: { reorderMs: 2 * MINUTE_MS },
      batches: [batchOf('payment', { count: 200 })],
    });
    const { attempts, summary } = await runOf(plan, receiver(healthy));
    const delays = attempts.map(({ lateMs = 0 }) => lateMs);
    expect(Math.max(...delays)).toBeLessThan(2 * MINUTE_MS);
    expect(Math.max(...delays)).toBeGreaterThan(1.9 * MINUTE_MS);
    expect(delays.reduce((sum, ms) => sum + ms, 0) / delays.length / MINUTE_MS).toBeCloseTo(1, 0);
    expect(summary.outOfOrder).toBeGreaterThan(50);
    expect(summary.faults.late).toBe(delays.filter((ms) => ms > 0).length);
  });

  test('jitter shortens waits, never lengthens them', async () => {
    const plan = planOf({ jitter: 0.5, batches: [batchOf('payment', { count: 50 })] });
    const { attempts } = await runOf(plan, receiver(statuses(500)));
    const waits = attempts.flatMap(({ next }) => (next.kind === 'retry' ? [next.waitMs] : []));
    expect(Math.max(...waits)).toBeLessThanOrEqual(2 * MINUTE_MS);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(MINUTE_MS / 2);
    expect(new Set(waits).size).toBeGreaterThan(250);
  });
});

describe('a consumer', () => {
  test('that stops early leaves nothing under way', async () => {
    const target = receiver(({ number }) => (number === 1 ? answer(200) : silence));
    const plan = planOf({ batches: [batchOf('payment', { count: 50 })] });
    for await (const record of start(plan, target)) {
      expect(record.planMs).toBe(0);
      expect(target.underWay).toBeGreaterThan(0);
      break;
    }
    expect(target.underWay).toBe(0);
    const sent = target.arrivals.length;
    await nextTurn();
    expect(target.arrivals).toHaveLength(sent);
  });

  test('that is slow does not make memory grow with the plan', async () => {
    const target = receiver(statuses(200));
    const plan = planOf({ batches: [batchOf('payment', { count: 100_000, spacingMs: 0 })] });
    for await (const record of start(plan, target)) {
      expect(record.planMs).toBe(0);
      for (let turn = 0; turn < 2_000; turn += 1) await nextTurn();
      expect(target.arrivals.length).toBeLessThan(5_000);
      break;
    }
  });
});

test('a bug in the transport ends the run with it, and cancels the rest', async () => {
  const target = receiver(({ number }) => {
    if (number === 2) throw new TypeError('a bug');
    return silence;
  });
  const plan = planOf({ batches: [batchOf('payment', { count: 5 })] });
  await expect(runOf(plan, target)).rejects.toThrow('a bug');
  expect(target.underWay).toBe(1);
});

test('an interruption before the start sends nothing', async () => {
  const target = receiver(statuses(200));
  const { records, summary } = await runOf(planOf(), target, { signal: AbortSignal.abort() });
  expect(records).toEqual([]);
  expect(target.arrivals).toEqual([]);
  expect(summary).toMatchObject({ interrupted: true, events: { total: 3, open: 3 } });
});

test('an interruption between two instants ends the wait', async () => {
  const clock = new SimulatedClock();
  const controller = new AbortController();
  const pace = { kind: 'scaled', scale: 1 } as const;
  const run = runOf(planOf(), receiver(statuses(200)), {
    clock,
    pace,
    signal: controller.signal,
  });
  await clock.sleep(30_000);
  controller.abort();
  const { summary } = await run;
  expect(clock.monotonic()).toBe(30_000);
  expect(summary).toMatchObject({ interrupted: true, events: { delivered: 1, open: 2 } });
});

test('a plan of nothing ends at once', async () => {
  const { records, summary } = await runOf(planOf({ batches: [] }), receiver(statuses(200)));
  expect(records).toEqual([]);
  expect(summary.events.total).toBe(0);
});
