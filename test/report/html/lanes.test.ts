import { describe, expect, test } from 'vitest';
import type { AttemptRecord } from '../../../src/delivery/records.js';
import { createLaneKeeper } from '../../../src/report/html/run/lanes.js';

const OK = { kind: 'responded', status: 200, ms: 1 } as const;
const FAILED = { kind: 'responded', status: 500, ms: 1 } as const;

function attempt(resource: string, changes: Partial<AttemptRecord> = {}): AttemptRecord {
  const next = { kind: 'delivered' } as const;
  const which = { kind: 'attempt', event: 'checkout.new', resource } as const;
  return { ...which, planMs: 0, attempt: 1, attempts: 3, outcome: OK, next, ...changes };
}

const lost = { outcome: FAILED, attempt: 3, next: { kind: 'lost' } } as const;
const retried = { outcome: FAILED, next: { kind: 'retry', dueMs: 9, waitMs: 9 } } as const;

describe('of the resources of a run', () => {
  test('those with trouble are shown first, and of those alike the earliest', () => {
    const keeper = createLaneKeeper();
    for (const [name, changes] of [
      ['well', {}],
      ['well too', {}],
      ['retried', retried],
      ['stale', { outOfOrder: true }],
      ['lost', lost],
    ] as const) {
      keeper.add(attempt(name, changes));
    }
    expect(keeper.lanes(4).map(({ resource }) => resource)).toEqual([
      'lost',
      'stale',
      'retried',
      'well',
    ]);
  });

  test('trouble takes the place of what is well, whenever it comes', () => {
    const keeper = createLaneKeeper({ lanes: 2, recordsOfALane: 10 });
    for (const name of ['a', 'b', 'c']) keeper.add(attempt(name));
    keeper.add(attempt('late trouble', lost));
    for (const name of ['d', 'e']) keeper.add(attempt(name));
    expect(keeper.lanes(5).map(({ resource }) => resource)).toEqual(['late trouble', 'a']);
  });

  test('a hundred thousand attempts keep no more than a few', () => {
    const keeper = createLaneKeeper({ lanes: 20, recordsOfALane: 5 });
    for (let index = 0; index < 100_000; index += 1) {
      keeper.add(attempt(`r${index % 5_000}`, index % 3 === 0 ? retried : {}));
    }
    expect(keeper.attemptsKept).toBeLessThanOrEqual(100);
    expect(keeper.lanes(24)).toHaveLength(20);
  });

  test('what is not kept of a resource is counted', () => {
    const keeper = createLaneKeeper({ lanes: 1, recordsOfALane: 2 });
    for (let number = 1; number <= 5; number += 1) keeper.add(attempt('a', { attempt: number }));
    expect(keeper.lanes(1)).toMatchObject([{ attempts: 5, unkept: 3 }]);
  });

  test('so is what was before it was kept, and whoever is known longer is shown first', () => {
    const keeper = createLaneKeeper();
    keeper.add(attempt('known late', lost));
    for (const number of [1, 2]) keeper.add(attempt('known', { ...retried, attempt: number }));
    keeper.add(attempt('known', lost));
    expect(keeper.lanes(2)).toMatchObject([
      { resource: 'known', attempts: 3, unkept: 0 },
      { resource: 'known late', attempts: 3, unkept: 2 },
    ]);
  });

  test('events stand in the order in which they happened, not in that of their arrival', () => {
    const keeper = createLaneKeeper();
    keeper.add(attempt('a', { event: 'checkout.success', planMs: 60 }));
    keeper.add(attempt('a', { event: 'checkout.new', planMs: 90, lateMs: 90 }));
    const [lane] = keeper.lanes(1);
    expect(lane?.rows.map(({ event }) => event)).toEqual(['checkout.new', 'checkout.success']);
  });
});
