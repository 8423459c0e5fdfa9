import { HookError } from '../errors.js';
import { makeRules, type RulesRequest } from './delivery-rules.js';
import { createDraw } from './draw.js';
import { indexEvents } from './event-index.js';
import { chaosFaults } from './faults/chaos.js';
import type { Batch, Plan } from './plan.js';
import { PLAN_DEFAULTS } from './plan-defaults.js';
import { limitExceeded } from './plan-limits.js';

/** One life that resources live: its events in the order they happen. */
export interface Life {
  readonly kind: string;
  /** Statuses in their event-name form, e.g. `request-created`. */
  readonly statuses: readonly string[];
}

/** What a user asks a plan to be. Everything but the lives has a default. */
export interface PlanRequest extends RulesRequest {
  readonly lives: readonly Life[];
  /** How many resources live each life; 1 by default. */
  readonly resources?: number | undefined;
  /** Time between the events of one resource, in plan milliseconds; a minute by default. */
  readonly spacingMs?: number | undefined;
  /** A sensible mix of every fault but drops, each at least once. */
  readonly chaos?: boolean | undefined;
  readonly salt?: string | undefined;
  /** Plan time zero, in milliseconds since the Unix epoch; drawn from the seed by default. */
  readonly epochMs?: number | undefined;
  /** `path=value` changes to every body. */
  readonly set?: readonly string[] | undefined;
}

const EARLIEST_EPOCH_MS = Date.UTC(2026, 0, 1);
const EPOCH_RANGE_S = 300 * 24 * 3_600;

/**
 * Turns what a user asks for into a plan. The same request gives the same plan.
 * @throws HookError `bad-plan` when there is more of something than a run can hold
 */
export function makePlan(request: PlanRequest): Plan {
  const { seed, timeoutMs, ...rules } = makeRules(request);
  const spacingMs = request.spacingMs ?? PLAN_DEFAULTS.spacingMs;
  const plan: Plan = {
    seed,
    salt: request.salt ?? '',
    epochMs: request.epochMs ?? epochFrom(seed),
    timeoutMs,
    ...rules,
    batches: request.lives.map((life) => batchOf(life, spacingMs, request)),
  };
  refuseTooMuch(plan);
  if (request.chaos !== true) return plan;
  return { ...plan, faults: chaosFaults(plan, indexEvents(plan), request.faults ?? {}) };
}

function refuseTooMuch(plan: Plan): void {
  const problem = limitExceeded(plan);
  if (problem === undefined) return;
  throw new HookError(
    'bad-plan',
    `This plan cannot be carried out: ${problem}.`,
    'Use fewer retries, resources or events, or a shorter spacing.',
  );
}

function batchOf(life: Life, spacingMs: number, request: PlanRequest): Batch {
  return {
    kind: life.kind,
    count: request.resources ?? PLAN_DEFAULTS.resources,
    events: life.statuses.map((status, place) => ({ status, dueMs: place * spacingMs })),
    set: request.set ?? [],
  };
}

/** A second of the first ten months of 2026. */
function epochFrom(seed: string): number {
  const draw = createDraw(seed)('epoch', { batch: 0, resource: 0, event: 0 }, 0);
  return EARLIEST_EPOCH_MS + Math.floor(draw * EPOCH_RANGE_S) * 1_000;
}
