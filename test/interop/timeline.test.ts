import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inqudHook } from './inqud-hook.js';
import { brokenRules, type TimelineRecord } from './inqud-rules.js';
import { type MoodyReceiver, startMoodyReceiver } from './moody-receiver.js';

const SECRET = 'secret_value';
const TIMEOUT_MS = 250;

let receiver: MoodyReceiver;
let exitCode: number | null;
let timeline: readonly TimelineRecord[];

beforeAll(async () => {
  receiver = await startMoodyReceiver();
  const flags = ['--chaos', '--resources', '12', '--seed', '7', '--timeout', `${TIMEOUT_MS}ms`];
  const args = ['simulate-retries', String(receiver.port), ...flags, '--format', 'ndjson'];
  const run = await inqudHook(args, { secret: SECRET });
  exitCode = run.exitCode;
  const lines = run.stdout.toString().trimEnd().split('\n');
  timeline = lines.map((line): TimelineRecord => JSON.parse(line));
});

afterAll(() => receiver?.stop());

describe("A run against a moody receiver, judged by Inqud's rules written a second time", () => {
  test('breaks none of them', () => {
    expect(brokenRules(timeline, TIMEOUT_MS)).toEqual([]);
  });

  test('has everything in it that the rules are about', () => {
    const kinds = timeline.flatMap(({ outcome, fault, next, duplicate }) => [
      outcome?.kind,
      outcome?.status,
      fault?.kind,
      next?.kind,
      duplicate,
    ]);
    const expected = ['timed-out', 'blocked', 200, 204, 302, 404, 500, 'lost-ack', 'overlap'];
    const ends = ['retry', 'delivered', 'lost', 'overlapped', 'concurrent', 'later'];
    expect(kinds).toEqual(expect.arrayContaining([...expected, ...ends]));
    expect(exitCode).toBe(1);
  });

  test('sent what the receiver says it got: as often, the same bytes, rightly signed', () => {
    const reached = timeline.filter(({ outcome }) =>
      ['responded', 'timed-out', 'broken'].includes(outcome?.kind),
    );
    const sent = counted(reached.map(({ event, resource }) => `${event} ${resource}`));
    expect(counted(receiver.arrivals.map(({ body }) => nameOf(body)))).toEqual(sent);
    const bodies = new Set(receiver.arrivals.map(({ body }) => body.toString('hex')));
    expect(bodies.size).toBe(sent.size);
    for (const { body, digest } of receiver.arrivals) {
      expect(digest).toBe(createHmac('sha1', SECRET).update(body).digest('hex'));
    }
  });
});

describe('The second writing of the rules is no rubber stamp: it objects to', () => {
  const attempts = () => timeline.filter(({ kind }) => kind === 'attempt');

  test('an attempt left out', () => {
    const retry = attempts().findIndex(({ attempt }) => attempt === 2);
    expect(brokenRules(attempts().toSpliced(retry, 1), TIMEOUT_MS)).not.toEqual([]);
  });

  test('another attempt after the 200', () => {
    const last = attempts().findLast(({ next }) => next.kind === 'delivered');
    const extra = last === undefined ? [] : [{ ...last, attempt: last.attempt + 1 }];
    expect(brokenRules([...attempts(), ...extra], TIMEOUT_MS)).not.toEqual([]);
  });

  test('a wait that is a millisecond off', () => {
    const place = attempts().findIndex(({ attempt }) => attempt === 2);
    const shifted = attempts().map((record, index) =>
      index === place ? { ...record, planMs: record.planMs + 1 } : record,
    );
    expect(brokenRules(shifted, TIMEOUT_MS)).not.toEqual([]);
  });

  test('a 204 taken for a delivery', () => {
    const lenient = attempts().map(
      (record): TimelineRecord =>
        record.outcome.status === 204 ? { ...record, next: { kind: 'delivered' } } : record,
    );
    expect(brokenRules(lenient, TIMEOUT_MS)).not.toEqual([]);
  });
});

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function nameOf(body: Buffer): string {
  const { id, status } = JSON.parse(body.toString());
  return `checkout.${status.toLowerCase().replaceAll('_', '-')} ${id}`;
}
