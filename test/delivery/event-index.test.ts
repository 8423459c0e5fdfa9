import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexEvents } from '../../src/delivery/event-index.js';
import { countEvents, countResources } from '../../src/delivery/plan.js';
import { batchOf, planOf } from './plans.js';

test('numbers the events resource by resource, batch by batch', () => {
  const index = indexEvents(
    planOf({ batches: [batchOf('payment', { count: 2 }), batchOf('authorization')] }),
  );
  const places = [0, 2, 3, 5, 6].map((sequence) => {
    const { batchNumber, resource, planResource, eventNumber, event } = index.locate(sequence);
    return [batchNumber, resource, planResource, eventNumber, event.status];
  });
  expect(places).toEqual([
    [0, 0, 0, 0, 'new'],
    [0, 0, 0, 2, 'success'],
    [0, 1, 1, 0, 'new'],
    [0, 1, 1, 2, 'success'],
    [1, 0, 2, 0, 'granted'],
  ]);
});

test('heads each line of like events once', () => {
  const index = indexEvents(
    planOf({ batches: [batchOf('payment', { count: 1_000 }), batchOf('authorization')] }),
  );
  expect(index.lineHeads().map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3_000, 3_001]);
});

test('passes over batches of no resources', () => {
  const empty = batchOf('payment', { count: 0 });
  const index = indexEvents(planOf({ batches: [empty, batchOf('authorization'), empty] }));
  expect(index.lineHeads().map(({ batchNumber }) => batchNumber)).toEqual([1, 1]);
  expect(index.locate(0).batchNumber).toBe(1);
});

test('knows no event beyond the last one', () => {
  expect(() => indexEvents(planOf()).locate(3)).toThrow(RangeError);
  expect(() => indexEvents(planOf({ batches: [] })).locate(0)).toThrow(RangeError);
});

test('finds each event of any plan exactly once, in plan order', () => {
  const batches = fc.array(
    fc.record({
      life: fc.constantFrom('payment', 'checkout', 'authorization'),
      count: fc.nat(4),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(batches, (shapes) => {
      const plan = planOf({ batches: shapes.map(({ life, count }) => batchOf(life, { count })) });
      const index = indexEvents(plan);
      const located = Array.from({ length: countEvents(plan) }, (_, at) => index.locate(at));
      const keys = located.map((at) => [at.batchNumber, at.resource, at.eventNumber].join(' '));
      expect(new Set(keys).size).toBe(countEvents(plan));
      expect(new Set(located.map(({ planResource }) => planResource)).size).toBe(
        countResources(plan),
      );
      for (const [sequence, place] of located.entries()) {
        expect(place.sequence).toBe(sequence);
        expect(place.event).toBe(plan.batches[place.batchNumber]?.events[place.eventNumber]);
        expect(place.resource).toBeLessThan(plan.batches[place.batchNumber]?.count ?? 0);
      }
    }),
  );
});
