import { describe, expect, test } from 'vitest';
import { attemptBudget, countEvents, countResources } from '../../src/delivery/plan.js';
import { makePlan } from '../../src/delivery/plan-request.js';
import { HookError } from '../../src/errors.js';

const payment = { kind: 'payment', statuses: ['new', 'pending', 'success'] };
const granted = { kind: 'authorization', statuses: ['granted'] };

describe('a plan', () => {
  test('is what Inqud does, without faults, unless asked otherwise', () => {
    expect(makePlan({ lives: [payment] })).toEqual({
      seed: '1',
      salt: '',
      epochMs: Date.UTC(2026, 0, 1, 17, 6, 49),
      timeoutMs: 10_000,
      schedule: 'exponential',
      waitsMs: [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].map((minutes) => minutes * 60_000),
      jitter: 0,
      faults: expect.objectContaining({
        duplicates: 0,
        reorderMs: 0,
        lostAcks: 0,
        overlaps: 0,
        drops: 0,
        outages: [],
        atLeastOnce: false,
      }),
      batches: [
        {
          kind: 'payment',
          count: 1,
          events: [
            { status: 'new', dueMs: 0 },
            { status: 'pending', dueMs: 60_000 },
            { status: 'success', dueMs: 120_000 },
          ],
          set: [],
        },
      ],
    });
  });

  test('takes what it is asked for', () => {
    const plan = makePlan({
      lives: [payment, granted],
      resources: 7,
      spacingMs: 10,
      backoff: { kind: 'list', waitsMs: [5, 900] },
      maxWaitMs: 100,
      jitter: 0.5,
      timeoutMs: 3,
      faults: { drops: 0.25 },
      seed: 'a',
      salt: 'b',
      epochMs: 86_400_000,
      set: ['amount=1'],
    });
    expect(plan).toMatchObject({
      seed: 'a',
      salt: 'b',
      epochMs: 86_400_000,
      timeoutMs: 3,
      schedule: 'list',
      waitsMs: [5, 100],
      jitter: 0.5,
      faults: { drops: 0.25, duplicates: 0 },
    });
    expect(plan.batches.map(({ count, set }) => [count, set])).toEqual([
      [7, ['amount=1']],
      [7, ['amount=1']],
    ]);
    expect(plan.batches[0]?.events.map(({ dueMs }) => dueMs)).toEqual([0, 10, 20]);
    expect(countResources(plan)).toBe(14);
    expect(countEvents(plan)).toBe(28);
    expect(attemptBudget(plan)).toBe(3);
  });

  test('is the same for the same request', () => {
    const request = { lives: [payment], chaos: true, seed: 'x' };
    expect(makePlan(request)).toEqual(makePlan(request));
  });

  test('starts on a whole second of the first ten months of 2026, drawn from the seed', () => {
    const epochs = Array.from(
      { length: 100 },
      (_, seed) => makePlan({ lives: [payment], seed: String(seed) }).epochMs,
    );
    expect(Math.min(...epochs)).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1));
    expect(Math.max(...epochs)).toBeLessThan(Date.UTC(2026, 10, 1));
    expect(epochs.filter((ms) => ms % 1_000 !== 0)).toEqual([]);
    expect(new Set(epochs).size).toBe(100);
  });
});

describe('a plan that no run can hold is refused', () => {
  const list = (retries: number) =>
    ({ kind: 'list', waitsMs: new Array<number>(retries).fill(1) }) as const;
  const never = 8e15;

  test.each([
    ['it has more than 100 retries', { lives: [payment], backoff: list(101) }],
    ['it has more than 100 million resources', { lives: [payment], resources: 100_000_001 }],
    [
      'a resource has more than 10,000 events',
      { lives: [{ kind: 'payment', statuses: new Array<string>(10_001).fill('new') }] },
    ],
    [
      'it has more than 1,000 million events',
      {
        lives: [{ kind: 'payment', statuses: new Array<string>(101).fill('new') }],
        resources: 10_000_000,
      },
    ],
    ['it starts before 1970', { lives: [payment], epochMs: -1 }],
    ['its last event is after the year 9998', { lives: [payment], spacingMs: never }],
    [
      'an outage ends before it begins',
      { lives: [payment], faults: { outages: [{ fromMs: 2, toMs: 2 }] } },
    ],
  ] as const)('%s', (reason, request) => {
    expect(() => makePlan(request)).toThrow(
      new HookError(
        'bad-plan',
        `This plan cannot be carried out: ${reason}.`,
        'Use fewer retries, resources or events, or a shorter spacing.',
      ),
    );
  });

  test('but not at the limit', () => {
    expect(makePlan({ lives: [payment], backoff: list(100) }).waitsMs).toHaveLength(100);
    expect(makePlan({ lives: [granted], spacingMs: never }).batches).toHaveLength(1);
  });
});
