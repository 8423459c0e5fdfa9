import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/delivery/plan.js';
import { makePlan, type PlanRequest } from '../../src/delivery/plan-request.js';
import { CATALOGUE } from '../../src/webhook/catalogue.js';
import { parseLifecycle } from '../../src/webhook/kinds/lifecycle.js';
import { eventNames } from '../../src/webhook/kinds/names.js';
import { afterTurns, answer, receiver, statuses } from './in-memory-receiver.js';
import { type Run, runOf } from './runs.js';

const lifeOf = (text: string) => {
  const { kind, events } = parseLifecycle(text);
  return { kind: kind.kind, statuses: events.map(({ status }) => status.name) };
};
const lives = CATALOGUE.kinds.flatMap(({ kind, statuses: ends }) =>
  ends.map(({ name }) => `${kind}:${name}`),
);
const singles = eventNames().map(({ kind, status }) => ({
  kind: kind.kind,
  statuses: [status.name],
}));
const requests: fc.Arbitrary<PlanRequest> = fc.record({
  lives: fc.array(fc.oneof(fc.constantFrom(...lives).map(lifeOf), fc.constantFrom(...singles)), {
    minLength: 1,
    maxLength: 2,
  }),
  resources: fc.integer({ min: 1, max: 3 }),
  seed: fc.string({ maxLength: 5 }),
  chaos: fc.constant(true),
});

const healthy = () => receiver(() => afterTurns(1, answer(200)));
const flaky = () => receiver(statuses(503, 503, 503, 200));

function kindsOfFault({ attempts }: Run): ReadonlySet<string> {
  return new Set(
    attempts.flatMap(({ fault, duplicate, lateMs }) => [
      ...(fault === undefined ? [] : [fault.kind]),
      ...(duplicate === undefined ? [] : ['duplicate']),
      ...(lateMs === undefined ? [] : ['late']),
    ]),
  );
}

function expectChaos(plan: Plan, run: Run): void {
  expect([...kindsOfFault(run)].sort()).toEqual([
    'duplicate',
    'late',
    'lost-ack',
    'outage',
    'overlap',
  ]);
  const isOneEventEach = plan.batches.every(({ events }) => events.length === 1);
  if (!isOneEventEach) expect(run.summary.outOfOrder).toBeGreaterThan(0);
  expect(run.summary.events).toMatchObject({ lost: 0, withheld: 0, open: 0 });
}

describe('chaos', () => {
  test.each([...lives.map(lifeOf), ...singles])(
    'applies each of its faults to $kind $statuses, healthy or flaky receiver',
    async (life) => {
      const plan = makePlan({ lives: [life], chaos: true, seed: life.statuses.join() });
      expectChaos(plan, await runOf(plan, healthy()));
      expectChaos(plan, await runOf(plan, flaky()));
    },
  );

  test('applies each of its faults with any seed', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const plan = makePlan(request);
        expectChaos(plan, await runOf(plan, healthy()));
        expectChaos(plan, await runOf(plan, flaky()));
      }),
      { numRuns: 200 },
    );
  });

  test('turns a healthy receiver red with no schedule whatsoever', async () => {
    const waits = fc.array(fc.constantFrom(0, 1, 60_000, 1e9), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        requests,
        waits,
        fc.constantFrom(0, 0.5, 1),
        async (request, waitsMs, jitter) => {
          const plan = makePlan({ ...request, jitter, backoff: { kind: 'list', waitsMs } });
          const { summary } = await runOf(plan, healthy());
          expect(summary.events.lost).toBe(0);
          expect(summary.events.delivered).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('leaves alone what the user set', () => {
    const outages = [{ fromMs: 5, toMs: 6 }];
    const faults = { duplicates: 0, lostAcks: 1, drops: 0.5, outages };
    const plan = makePlan({ lives: [lifeOf('payment')], chaos: true, faults });
    expect(plan.faults).toEqual({
      ...faults,
      overlaps: 0.1,
      reorderMs: 120_000,
      atLeastOnce: true,
    });
  });

  test('costs no attempt where there are no retries', async () => {
    const plan = makePlan({
      lives: [lifeOf('payment')],
      chaos: true,
      backoff: { kind: 'list', waitsMs: [] },
    });
    expect(plan.faults).toMatchObject({ lostAcks: 0, overlaps: 0, outages: [] });
    const { summary } = await runOf(plan, healthy());
    expect(summary.events.delivered).toBe(3);
  });

  test('delays first attempts by up to twice the spacing, so that events overtake each other', () => {
    const plan = makePlan({ lives: [lifeOf('payment')], chaos: true, spacingMs: 3_600_000 });
    expect(plan.faults.reorderMs).toBe(7_200_000);
  });

  test('hits something that is not dropped', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const plan = makePlan({
        lives: [lifeOf('checkout')],
        resources: 4,
        chaos: true,
        seed: String(seed),
        faults: { drops: 0.5, duplicates: 1e-9, lostAcks: 1e-9, overlaps: 1e-9 },
      });
      const { summary } = await runOf(plan, healthy());
      expect(summary.faults).toMatchObject({ duplicates: 1, lostAcks: 1, overlaps: 1 });
    }
  });

  test('of a plan without events is no mistake', () => {
    expect(makePlan({ lives: [], chaos: true }).faults.outages).toEqual([]);
    const plan = makePlan({ lives: [lifeOf('payment')], resources: 0, chaos: true });
    expect(plan.faults.outages).toEqual([]);
  });
});
