import { describe, expect, test } from 'vitest';
import type { DueAttempt, Task } from '../../src/delivery/due-attempt.js';
import type { Ending } from '../../src/delivery/ending.js';
import { indexEvents } from '../../src/delivery/event-index.js';
import type { Plan } from '../../src/delivery/plan.js';
import { Simulation } from '../../src/delivery/simulation.js';
import type { Outcome } from '../../src/ports.js';
import { answer } from './in-memory-receiver.js';
import { batchOf, MINUTE_MS, planOf } from './plans.js';

const NEVER = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

const ending = (outcome: Outcome, changes: Partial<Ending> = {}): Ending => ({
  outcome,
  overlap: undefined,
  startMs: undefined,
  endMs: undefined,
  ...changes,
});

function attemptOf(task: Task | undefined): DueAttempt {
  if (task?.kind !== 'attempt') throw new RangeError('no attempt is due');
  return task.attempt;
}

const simulationOf = (plan: Plan) => new Simulation(plan, indexEvents(plan));

const nameOf = ({ located, number }: DueAttempt) =>
  `${located.resource} ${statusOf(located.event)} ${number}`;

function statusOf(event: object): string {
  return 'status' in event ? String(event.status) : '';
}

/** Takes all that is due by then, without settling any of it. */
function takeAll(simulation: Simulation, horizonMs: number): readonly DueAttempt[] {
  const taken: DueAttempt[] = [];
  for (let task = simulation.take(horizonMs); task; task = simulation.take(horizonMs)) {
    taken.push(attemptOf(task));
  }
  return taken;
}

const single = (changes: Partial<Plan> = {}) =>
  planOf({
    batches: [{ ...batchOf('authorization'), events: [{ status: 'granted', dueMs: 0 }] }],
    ...changes,
  });

describe('what is due', () => {
  test('comes in plan order: by time, then resource, then event', () => {
    const plan = planOf({ batches: [batchOf('payment', { count: 2 }), batchOf('authorization')] });
    const simulation = simulationOf(plan);
    expect(simulation.nextDueMs).toBe(0);
    expect(takeAll(simulation, 0).map(nameOf)).toEqual(['0 new 1', '1 new 1', '0 granted 1']);
    expect(simulation.nextDueMs).toBe(MINUTE_MS);
    expect(takeAll(simulation, ALWAYS).map(nameOf)).toEqual([
      '0 pending 1',
      '1 pending 1',
      '0 revoked-by-merchant 1',
      '0 success 1',
      '1 success 1',
    ]);
    expect(simulation.nextDueMs).toBeUndefined();
  });

  test('is nothing before its time', () => {
    expect(simulationOf(planOf()).take(NEVER)).toBeUndefined();
    expect(simulationOf(planOf()).take(-1)).toBeUndefined();
  });

  test('of a million resources, all at once, is not kept in memory beforehand', () => {
    const before = process.memoryUsage().arrayBuffers;
    const simulation = simulationOf(
      planOf({ batches: [batchOf('payment', { count: 1_000_000 })] }),
    );
    expect(nameOf(attemptOf(simulation.take(0)))).toBe('0 new 1');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
  });
});

describe('a retry', () => {
  test('is due when the wait after the failed attempt is over', () => {
    const simulation = simulationOf(single());
    const first = attemptOf(simulation.take(0));
    expect(simulation.settle(first, ending(answer(500)))).toEqual({
      next: { kind: 'retry', dueMs: MINUTE_MS, waitMs: MINUTE_MS },
      fault: undefined,
      outOfOrder: false,
    });
    expect(nameOf(attemptOf(simulation.take(MINUTE_MS)))).toBe('0 granted 2');
  });

  test('waits from the measured end where there is one', () => {
    const simulation = simulationOf(single());
    const first = attemptOf(simulation.take(0));
    const { next } = simulation.settle(first, ending(answer(500), { startMs: 7, endMs: 1_234 }));
    expect(next).toMatchObject({ dueMs: MINUTE_MS + 1_234 });
  });

  test('without a wait comes after what is due already, even of a later attempt', () => {
    const plan = planOf({
      waitsMs: [MINUTE_MS, 0, 0],
      batches: [batchOf('authorization', { count: 2 })],
    });
    const simulation = simulationOf(plan);
    for (const attempt of takeAll(simulation, 0)) simulation.settle(attempt, ending(answer(500)));
    const early = attemptOf(simulation.take(MINUTE_MS));
    expect(nameOf(early)).toBe('0 granted 2');
    simulation.settle(early, ending(answer(500)));
    expect(takeAll(simulation, MINUTE_MS).map(nameOf)).toEqual([
      '0 revoked-by-merchant 1',
      '1 granted 2',
      '1 revoked-by-merchant 1',
      '0 granted 3',
    ]);
  });

  test('of a hundred in a row is told apart from all others', () => {
    const simulation = simulationOf(single({ waitsMs: new Array<number>(100).fill(0) }));
    for (let number = 1; number <= 101; number += 1) {
      const attempt = attemptOf(simulation.take(0));
      expect(nameOf(attempt)).toBe(`0 granted ${number}`);
      const { next } = simulation.settle(attempt, ending(answer(500)));
      expect(next.kind).toBe(number === 101 ? 'lost' : 'retry');
    }
    expect(simulation.nextDueMs).toBeUndefined();
  });
});

describe('an arrival', () => {
  const arrive = (second: Outcome, first: Outcome = answer(500)) => {
    const simulation = simulationOf(planOf());
    const [created, pending] = takeAll(simulation, MINUTE_MS);
    if (created === undefined || pending === undefined) throw new RangeError('nothing is due');
    simulation.settle(pending, ending(first));
    return simulation.settle(created, ending(second)).outOfOrder;
  };

  test.each<Outcome>([
    answer(200),
    { kind: 'timed-out', ms: 10_000 },
    { kind: 'broken', reason: 'Half.', ms: 1 },
  ])('after a later event of its resource is out of order: $kind', (outcome) => {
    expect(arrive(outcome)).toBe(true);
  });

  test.each<Outcome>([{ kind: 'unreachable', reason: 'Refused.', ms: 1 }, { kind: 'cancelled' }])(
    'that never came is not: $kind',
    (outcome) => {
      expect(arrive(outcome)).toBe(false);
      expect(arrive(answer(200), outcome)).toBe(false);
    },
  );
});

describe('a twin', () => {
  test('is the same attempt, and changes nothing', () => {
    const plan = planOf({
      faults: { duplicates: 1 },
      batches: [batchOf('payment', { count: 20 })],
    });
    const simulation = simulationOf(plan);
    const original = takeAll(simulation, 0).find(({ hasTwin }) => hasTwin);
    if (original === undefined) throw new RangeError('no twin among twenty');
    const twin = simulation.twinOf(original);
    expect(twin).toMatchObject({ duplicate: 'concurrent', number: 1, hasTwin: false });
    expect(simulation.settle(twin, ending(answer(500))).next).toEqual({ kind: 'none' });
    expect(simulation.settle(original, ending(answer(200))).next).toEqual({ kind: 'delivered' });
  });
});
