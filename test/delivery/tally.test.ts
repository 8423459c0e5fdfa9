import { describe, expect, test } from 'vitest';
import { indexEvents } from '../../src/delivery/event-index.js';
import type { AttemptRecord, RunRecord } from '../../src/delivery/records.js';
import { Tally } from '../../src/delivery/tally.js';
import { answer } from './in-memory-receiver.js';
import { batchOf, planOf } from './plans.js';

const EVENT = { event: 'payment.new', resource: 'PMT-1' } as const;
const plan = planOf({ batches: [batchOf('payment', { count: 100 })] });

const attempt = (changes: Partial<AttemptRecord> = {}): AttemptRecord => ({
  kind: 'attempt',
  ...EVENT,
  planMs: 0,
  attempt: 1,
  attempts: 3,
  outcome: answer(200),
  next: { kind: 'delivered' },
  ...changes,
});
const retry = { kind: 'retry', dueMs: 60_000, waitMs: 60_000 } as const;
const summaryOf = (records: readonly RunRecord[], interrupted = false) => {
  const tally = new Tally(plan, indexEvents(plan));
  for (const record of records) tally.add(record);
  return tally.summary({ interrupted });
};

describe('the summary of a run', () => {
  test('of nothing is all open', () => {
    expect(summaryOf([], true)).toEqual({
      kind: 'summary',
      events: { total: 300, delivered: 0, lost: 0, withheld: 0, open: 300 },
      deliveredOnAttempt: [],
      attempts: { sent: 0, retries: 0, statuses: {}, timedOut: 0, broken: 0, unreachable: 0 },
      faults: expect.objectContaining({
        late: 0,
        lostAcks: 0,
        overlaps: 0,
        overlapsMissed: 0,
        blocked: 0,
        dropped: 0,
        duplicates: 0,
        duplicatesRefused: 0,
      }),
      outOfOrder: 0,
      acknowledgement: undefined,
      almostDelivered: 0,
      redirects: 0,
      timeoutMs: 10_000,
      lastPlanMs: 0,
      lostEvents: [],
      withheldEvents: [],
      interrupted: true,
    });
  });

  test('counts on which attempt events were delivered', () => {
    const { events, deliveredOnAttempt } = summaryOf([
      attempt(),
      attempt({ attempt: 3 }),
      attempt({ attempt: 3 }),
    ]);
    expect(deliveredOnAttempt).toEqual([1, 0, 2]);
    expect(events).toEqual({ total: 300, delivered: 3, lost: 0, withheld: 0, open: 297 });
  });

  test('counts what was sent by what came of it', () => {
    const { attempts, faults } = summaryOf([
      attempt({ outcome: answer(500), next: retry }),
      attempt({ outcome: answer(500), next: retry, attempt: 2 }),
      attempt({ outcome: { kind: 'timed-out', ms: 10_000 }, next: retry }),
      attempt({ outcome: { kind: 'broken', reason: 'Half.', ms: 1 }, next: retry }),
      attempt({ outcome: { kind: 'unreachable', reason: 'No.', ms: 1 }, next: retry }),
      attempt({ outcome: { kind: 'blocked', by: 'outage' }, next: retry, attempt: 2 }),
      attempt({ outcome: { kind: 'cancelled' }, next: { kind: 'cancelled' }, attempt: 2 }),
    ]);
    expect(attempts).toEqual({
      sent: 5,
      retries: 1,
      statuses: { 500: 2 },
      timedOut: 1,
      broken: 1,
      unreachable: 1,
    });
    expect(faults.blocked).toBe(1);
  });

  test('counts answers that Inqud takes for failures though a receiver may not', () => {
    const statuses = [200, 201, 202, 204, 299, 301, 302, 307, 404, 500];
    const summary = summaryOf(statuses.map((status) => attempt({ outcome: answer(status) })));
    expect(summary.almostDelivered).toBe(4);
    expect(summary.redirects).toBe(3);
  });

  test('counts faults, and those of a duplicate only as a duplicate', () => {
    const { faults, outOfOrder, events } = summaryOf([
      attempt({ lateMs: 5, outOfOrder: true, fault: { kind: 'lost-ack' }, next: retry }),
      attempt({ fault: { kind: 'overlap', missed: false }, next: { kind: 'overlapped' } }),
      attempt({ fault: { kind: 'overlap', missed: true }, next: { kind: 'overlapped' } }),
      attempt({ duplicate: 'concurrent', lateMs: 5, next: { kind: 'none' } }),
      attempt({ duplicate: 'later', outcome: answer(409), next: { kind: 'none' } }),
      attempt({
        duplicate: 'later',
        outcome: { kind: 'blocked', by: 'outage' },
        fault: { kind: 'outage', untilMs: 9 },
        next: { kind: 'none' },
      }),
      { kind: 'dropped', ...EVENT, planMs: 0 },
    ]);
    expect(faults).toMatchObject({
      late: 1,
      lostAcks: 1,
      overlaps: 1,
      overlapsMissed: 1,
      blocked: 1,
      dropped: 1,
      duplicates: 2,
      duplicatesRefused: 1,
    });
    expect(outOfOrder).toBe(1);
    expect(events).toMatchObject({ delivered: 0, lost: 0, withheld: 1 });
  });

  test('lists the first hundred lost events, and counts them all', () => {
    const lost = Array.from({ length: 150 }, (_, number) =>
      attempt({
        resource: `PMT-${number}`,
        attempt: 3,
        outcome: answer(500),
        next: { kind: 'lost' },
      }),
    );
    const { events, lostEvents } = summaryOf(lost);
    expect(events.lost).toBe(150);
    expect(lostEvents).toHaveLength(100);
    expect(lostEvents[99]).toEqual({
      event: 'payment.new',
      resource: 'PMT-99',
      attempts: 3,
      lastOutcome: answer(500),
    });
  });

  test('lists withheld events by name, dropped ones among them', () => {
    const { withheldEvents, events } = summaryOf([
      { kind: 'dropped', planMs: 0, event: 'payment.new', resource: 'PMT-1' },
      attempt({ resource: 'PMT-2', next: { kind: 'withheld' } }),
    ]);
    expect(withheldEvents).toEqual([
      { event: 'payment.new', resource: 'PMT-1' },
      { event: 'payment.new', resource: 'PMT-2' },
    ]);
    expect(events.withheld).toBe(2);
  });

  test('says when plan time ended and how long answers took', () => {
    const { lastPlanMs, acknowledgement } = summaryOf([
      attempt({ planMs: 7, outcome: answer(200, 10) }),
      attempt({ planMs: 5, outcome: answer(500, 30) }),
    ]);
    expect(lastPlanMs).toBe(7);
    expect(acknowledgement).toMatchObject({ count: 2, maxMs: 30 });
  });

  test('stays as it was when more is added', () => {
    const tally = new Tally(plan, indexEvents(plan));
    const before = tally.summary({ interrupted: false });
    const copy = structuredClone(before);
    tally.add(attempt());
    tally.add(attempt({ next: { kind: 'lost' } }));
    expect(before).toEqual(copy);
  });
});
