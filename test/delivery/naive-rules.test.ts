import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock.js';
import { connect } from '../../src/adapters/connect.js';
import { parseDuration } from '../../src/cli/duration.js';
import { deliver } from '../../src/delivery/deliver.js';
import { countEvents, type Plan } from '../../src/delivery/plan.js';
import { makePlan, type PlanRequest } from '../../src/delivery/plan-request.js';
import type { RunRecord, RunSummary } from '../../src/delivery/records.js';
import { parseBehaviour } from '../../src/servers/behaviour.js';
import { startBuiltInReceiver } from '../../src/servers/built-in.js';
import { Secret } from '../../src/webhook/secret.js';
import { auditRun } from './inqud-rules.js';
import { composerOf } from './runs.js';

/** The demo receiver hangs: short enough to wait for. The others answer however busy the machine is. */
const limitOf = (behaviour: string) => (behaviour === 'demo' ? 400 : 10_000);

interface CapturedRun {
  readonly records: readonly RunRecord[];
  readonly summary: RunSummary;
  /** Requests that the receiver got. */
  readonly arrivals: number;
}

/** Delivers over loopback HTTP to a built-in receiver, and keeps all that was recorded. */
async function capture(plan: Plan, behaviour: string): Promise<CapturedRun> {
  let planMs = 0;
  let arrivals = 0;
  const react = parseBehaviour(behaviour, parseDuration);
  const target = await startBuiltInReceiver({
    behaviour: (arrival) => {
      arrivals = arrival.number;
      return react(arrival);
    },
    secret: Secret.fromText('whsec_test'),
    planNow: () => planMs,
    timeoutMs: plan.timeoutMs,
  });
  const { transport } = await connect(target.url, { allowRemote: false, insecure: false });
  const records: RunRecord[] = [];
  const run = deliver(
    plan,
    { transport, clock: systemClock, composer: composerOf(plan) },
    {
      concurrency: 8,
      pace: { kind: 'stepping' },
      onInstant: (instantMs) => {
        planMs = instantMs;
      },
    },
  );
  try {
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done === true) return { records, summary: step.value, arrivals };
      records.push(step.value);
    }
  } finally {
    await transport.close();
    await target.close();
  }
}

const checkout = { kind: 'checkout', statuses: ['new', 'request-created', 'success'] };
const payment = { kind: 'payment', statuses: ['new', 'pending', 'success'] };
const everyFault = {
  duplicates: 0.3,
  lostAcks: 0.3,
  overlaps: 0.3,
  reorderMs: 200_000,
  drops: 0.1,
  outages: [
    { fromMs: 60_000, toMs: 90_000 },
    { fromMs: 200_000, toMs: 3_000_000 },
  ],
};

const requests: readonly (readonly [string, Omit<PlanRequest, 'lives'>])[] = [
  ['no faults', {}],
  ['chaos', { chaos: true }],
  ['every fault', { faults: everyFault }],
  ['jitter', { jitter: 0.8, faults: { reorderMs: 500_000 } }],
  ['all at once', { spacingMs: 0, backoff: { kind: 'list', waitsMs: [0, 0, 60_000, 0] } }],
  ['an endless outage', { faults: { outages: [{ fromMs: 0, toMs: 1e12 }] } }],
  ['published waits', { backoff: { kind: 'published', retries: 4 }, chaos: true }],
];
const behaviours = ['healthy', 'flaky:1', 'flaky:3', 'status:204', 'down:20m', 'demo'];

describe.each(behaviours)('against the receiver %s', (behaviour) => {
  test.concurrent.each(requests)('a run keeps to the rules: %s', async (name, request) => {
    for (const seed of behaviour === 'demo' ? ['1'] : ['1', '2', '3']) {
      const plan = makePlan({
        lives: [checkout, payment],
        resources: 4,
        timeoutMs: limitOf(behaviour),
        seed: `${name} ${seed}`,
        ...request,
      });
      const { records, summary, arrivals } = await capture(plan, behaviour);
      const { objections, ...verdicts } = auditRun(plan, records);
      expect(objections).toEqual([]);
      expect(summary.events).toEqual({ total: countEvents(plan), open: 0, ...verdicts });
      expect(arrivals).toBe(records.filter(hasArrived).length);
      if (behaviour === 'healthy') expect(verdicts.lost).toBe(0);
    }
  });
});

test('a receiver that never answers is waited for as long as the limit, and loses the event', async () => {
  const plan = makePlan({
    lives: [{ kind: 'payment', statuses: ['success'] }],
    timeoutMs: 100,
    backoff: { kind: 'list', waitsMs: [60_000, 120_000] },
  });
  const { records, summary } = await capture(plan, 'silent');
  expect(auditRun(plan, records)).toEqual({ delivered: 0, lost: 1, withheld: 0, objections: [] });
  expect(records.map(({ planMs }) => planMs)).toEqual([0, 60_100, 180_200]);
  expect(summary.attempts.timedOut).toBe(3);
});

describe('the second implementation of the rules', () => {
  const plan = makePlan({ lives: [payment], chaos: true, seed: 'x' });
  const altered = async (change: (record: RunRecord, index: number) => RunRecord) => {
    const { records } = await capture(plan, 'flaky:1');
    return auditRun(plan, records.map(change)).objections;
  };

  test('objects to a wrong due time', async () => {
    const objections = await altered((record, index) =>
      index === 3 ? { ...record, planMs: record.planMs + 1 } : record,
    );
    expect(objections).not.toEqual([]);
  });

  test('objects to a 200 that is retried', async () => {
    const objections = await altered((record) =>
      record.kind === 'attempt' && record.next.kind === 'retry'
        ? { ...record, outcome: { kind: 'responded', status: 200, ms: 1 } }
        : record,
    );
    expect(objections.join()).toContain('a 200 is followed by retry');
  });
});

function hasArrived(record: RunRecord): boolean {
  if (record.kind === 'dropped') return false;
  return ['responded', 'timed-out', 'broken'].includes(record.outcome.kind);
}
