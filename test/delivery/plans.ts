import fc from 'fast-check';
import { NO_FAULTS } from '../../src/delivery/faults/registry.js';
import type { Batch, Faults, Plan } from '../../src/delivery/plan.js';
import { parseLifecycle } from '../../src/webhook/kinds/lifecycle.js';

export const MINUTE_MS = 60_000;

export interface BatchShape {
  readonly count?: number;
  readonly spacingMs?: number;
}

/** Resources that live a life of the catalogue, by default one, its events a minute apart. */
export function batchOf(life: string, shape: BatchShape = {}): Batch {
  const { count = 1, spacingMs = MINUTE_MS } = shape;
  const { kind, events } = parseLifecycle(life);
  return {
    kind: kind.kind,
    count,
    events: events.map(({ status }, place) => ({ status: status.name, dueMs: place * spacingMs })),
    set: [],
  };
}

/** One payment's life, two retries, no faults; what is given replaces that. */
export function planOf(
  changes: Partial<Omit<Plan, 'faults'>> & { readonly faults?: Partial<Faults> } = {},
): Plan {
  return {
    seed: 'seed',
    salt: '',
    epochMs: Date.UTC(2030, 0, 1),
    timeoutMs: 10_000,
    schedule: 'list',
    waitsMs: [MINUTE_MS, 2 * MINUTE_MS],
    jitter: 0,
    batches: [batchOf('payment')],
    ...changes,
    faults: { ...NO_FAULTS, ...changes.faults },
  };
}

const rates = fc.constantFrom(0, 0, 0.1, 0.5, 1);
const waits = fc.constantFrom(0, 0, 1, 1_000, MINUTE_MS, 3 * MINUTE_MS, 1e15);
const windows = fc.record({ fromMs: fc.nat(10 * MINUTE_MS), lengthMs: fc.nat(20 * MINUTE_MS) });

/** What is not named here is off. */
const faultSettings: fc.Arbitrary<Faults> = fc
  .record({
    duplicates: rates,
    reorderMs: fc.constantFrom(0, 0, 1, MINUTE_MS, 5 * MINUTE_MS),
    lostAcks: rates,
    overlaps: rates,
    drops: fc.constantFrom(0, 0, 0, 0.2),
    outages: fc
      .array(windows, { maxLength: 2 })
      .map((list) => list.map(({ fromMs, lengthMs }) => ({ fromMs, toMs: fromMs + lengthMs + 1 }))),
    atLeastOnce: fc.boolean(),
  })
  .map((some) => ({ ...NO_FAULTS, ...some }));

const batches: fc.Arbitrary<Batch> = fc
  .record({
    life: fc.constantFrom('payment', 'checkout', 'invoice', 'on-ramp-checkout'),
    count: fc.integer({ min: 1, max: 5 }),
    spacingMs: fc.constantFrom(0, 0, 1_000, MINUTE_MS),
  })
  .map(({ life, ...shape }) => batchOf(life, shape));

/** Small plans of every sort: zero and huge waits, simultaneous events, any mix of faults. */
export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  seed: fc.string({ maxLength: 4 }),
  salt: fc.constant(''),
  epochMs: fc.constant(Date.UTC(2030, 0, 1)),
  timeoutMs: fc.constant(10_000),
  schedule: fc.constant('list' as const),
  waitsMs: fc.array(waits, { maxLength: 5 }),
  jitter: fc.constantFrom(0, 0, 0.5, 1),
  faults: faultSettings,
  batches: fc.array(batches, { minLength: 1, maxLength: 2 }),
});
