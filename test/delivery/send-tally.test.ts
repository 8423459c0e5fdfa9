import { expect, test } from 'vitest';
import type { SentRecord } from '../../src/delivery/send-records.js';
import { createSendTally } from '../../src/delivery/send-tally.js';
import type { Outcome } from '../../src/ports.js';
import { answer } from './in-memory-receiver.js';

const sent = (outcome: Outcome, asExpected: boolean): SentRecord => ({
  kind: 'sent',
  event: 'payment.new',
  resource: 'PMT-1',
  bodyBytes: 10,
  digests: [],
  tamper: undefined,
  outcome,
  asExpected,
  because: { code: 'forgery-refused' },
});

const summaryOf = (records: readonly SentRecord[]) => {
  const tally = createSendTally();
  for (const record of records) tally.add(record);
  return tally.summary({ interrupted: false });
};

test('counts what was expected and what was not', () => {
  expect(summaryOf([sent(answer(200, 4), true), sent(answer(500, 8), false)])).toEqual({
    kind: 'summary',
    sent: 2,
    asExpected: 1,
    unexpected: 1,
    connected: true,
    acknowledgement: { count: 2, p50Ms: expect.closeTo(4, 1), p95Ms: 8, maxMs: 8 },
    interrupted: false,
  });
});

test.each<[string, Outcome, boolean]>([
  ['an answer', answer(404), true],
  ['a timeout', { kind: 'timed-out', ms: 10_000 }, true],
  ['a broken answer', { kind: 'broken', reason: 'Half.', ms: 1 }, true],
  ['no connection', { kind: 'unreachable', reason: 'Refused.', ms: 1 }, false],
  ['an interruption', { kind: 'cancelled' }, false],
])('tells whether anything connected: %s', (_, outcome, connected) => {
  expect(summaryOf([sent(outcome, false)]).connected).toBe(connected);
});
