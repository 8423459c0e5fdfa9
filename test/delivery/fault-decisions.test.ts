import { describe, expect, test } from 'vitest';
import { indexEvents, type LocatedEvent } from '../../src/delivery/event-index.js';
import { decideFaults, type FaultDecisions } from '../../src/delivery/faults/decisions.js';
import { countEvents, type Faults, type Plan } from '../../src/delivery/plan.js';
import { answer } from './in-memory-receiver.js';
import { batchOf, MINUTE_MS, planOf } from './plans.js';

const decisionsOf = (plan: Plan) => decideFaults(plan, indexEvents(plan));
const eventsOf = (plan: Plan) =>
  Array.from({ length: countEvents(plan) }, (_, at) => indexEvents(plan).locate(at));
const ANSWERED = { outcome: answer(200), overlap: undefined, startMs: undefined, endMs: undefined };
/** What hides the answer of an attempt. */
const hidden = (decide: FaultDecisions, at: LocatedEvent, attempt: number, turn: number) =>
  decide.befalls(at, attempt, turn)?.mark(ANSWERED)?.kind;
const share = (hits: readonly boolean[]) => hits.filter((hit) => hit).length / hits.length;

/** A plan of thousands of events with these faults. */
const large = (faults: Partial<Faults>) =>
  planOf({ faults, batches: [batchOf('payment', { count: 3_000 })] });

/** All that is decided about the first three attempts of an event. */
function everything(decide: FaultDecisions, located: LocatedEvent): unknown {
  return [1, 2, 3].map((attempt) => [
    decide.isDropped(located),
    decide.lateMs(located),
    hidden(decide, located, attempt, attempt),
    decide.duplicate(located, attempt, attempt),
    decide.jittered(1_000, located, attempt),
  ]);
}

describe('rates', () => {
  test.each([
    ['drops', (decide: FaultDecisions, at: LocatedEvent) => decide.isDropped(at)],
    [
      'lostAcks',
      (decide: FaultDecisions, at: LocatedEvent) => hidden(decide, at, 1, 1) === 'lost-ack',
    ],
    [
      'overlaps',
      (decide: FaultDecisions, at: LocatedEvent) => hidden(decide, at, 1, 1) === 'overlap',
    ],
    [
      'duplicates',
      (decide: FaultDecisions, at: LocatedEvent) => decide.duplicate(at, 1, 1) !== undefined,
    ],
  ] as const)('hit about that share: %s', (name, isHit) => {
    for (const rate of [0, 0.1, 0.5, 1]) {
      const plan = large({ [name]: rate });
      const decide = decisionsOf(plan);
      expect(share(eventsOf(plan).map((at) => isHit(decide, at)))).toBeCloseTo(rate, 1);
    }
  });

  test('duplicates come beside their original as often as later, within half an hour', () => {
    const plan = large({ duplicates: 1 });
    const duplicates = eventsOf(plan).map((at) => decisionsOf(plan).duplicate(at, 1, 1));
    const delays = duplicates.flatMap((one) => (one?.kind === 'later' ? [one.delayMs] : []));
    expect(delays.length / duplicates.length).toBeCloseTo(0.5, 1);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...delays)).toBeLessThanOrEqual(30 * MINUTE_MS);
  });

  test('one fault does not go with another', () => {
    const plan = large({ lostAcks: 0.5, duplicates: 0.5 });
    const decide = decisionsOf(plan);
    const both = eventsOf(plan).map(
      (at) => hidden(decide, at, 1, 1) !== undefined && decide.duplicate(at, 1, 1) !== undefined,
    );
    expect(share(both)).toBeCloseTo(0.25, 1);
  });

  test('an overlap takes the place of a lost acknowledgement', () => {
    const plan = planOf({ faults: { lostAcks: 1, overlaps: 1 } });
    expect(hidden(decisionsOf(plan), indexEvents(plan).locate(0), 1, 1)).toBe('overlap');
  });
});

describe('what is decided about an event', () => {
  const faults = { drops: 0.3, lostAcks: 0.3, overlaps: 0.3, duplicates: 0.5, reorderMs: 9_999 };

  test('is the same whenever it is asked', () => {
    const plan = planOf({ faults, jitter: 0.5 });
    const decide = decisionsOf(plan);
    const [first, ...others] = eventsOf(plan);
    if (first === undefined) throw new RangeError('no event');
    const before = everything(decide, first);
    for (const other of others) everything(decide, other);
    expect(everything(decide, first)).toEqual(before);
  });

  test('stays when resources, batches and events are added', () => {
    const small = planOf({ faults, jitter: 0.5, batches: [batchOf('payment', { count: 20 })] });
    const more = batchOf('payment', { count: 30 });
    const events = [...more.events, { status: 'cancelled', dueMs: 9 * MINUTE_MS }];
    const big = planOf({
      faults,
      jitter: 0.5,
      batches: [{ ...more, events }, batchOf('checkout', { count: 5 })],
    });
    const [inSmall, inBig] = [decisionsOf(small), decisionsOf(big)];
    for (const located of eventsOf(small)) {
      const { resource, eventNumber } = located;
      const sequence = resource * events.length + eventNumber;
      expect(everything(inBig, indexEvents(big).locate(sequence))).toEqual(
        everything(inSmall, located),
      );
    }
  });

  test('stays when another fault is turned on', () => {
    const [one, other] = [planOf({ faults }), planOf({ faults: { ...faults, duplicates: 0 } })];
    for (const located of eventsOf(one)) {
      expect(decisionsOf(other).lateMs(located)).toBe(decisionsOf(one).lateMs(located));
      expect(hidden(decisionsOf(other), located, 1, 1)).toBe(
        hidden(decisionsOf(one), located, 1, 1),
      );
    }
  });
});

describe('an outage', () => {
  const { keepsAway } = decisionsOf(
    planOf({
      faults: {
        outages: [
          { fromMs: 10, toMs: 20 },
          { fromMs: 15, toMs: 30 },
        ],
      },
    }),
  );

  test.each([
    [9, undefined],
    [10, 20],
    [19, 20],
    [20, 30],
    [29, 30],
    [30, undefined],
  ])('at %i', (planMs, toMs) => {
    const fault = keepsAway(planMs)?.mark(ANSWERED);
    expect(fault?.kind === 'outage' ? fault.untilMs : undefined).toBe(toMs);
  });
});

describe('jitter', () => {
  test('of nothing leaves a wait as it is', () => {
    const plan = planOf();
    expect(decisionsOf(plan).jittered(1_234.5, indexEvents(plan).locate(0), 1)).toBe(1_234.5);
  });

  test('shortens waits evenly by up to its share', () => {
    const plan = planOf({ jitter: 0.4, batches: [batchOf('payment', { count: 1_000 })] });
    const { jittered } = decisionsOf(plan);
    const waits = eventsOf(plan).map((at) => jittered(1_000, at, 1));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(600);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_000);
    expect(waits.reduce((sum, ms) => sum + ms, 0) / waits.length / 800).toBeCloseTo(1, 1);
  });
});
