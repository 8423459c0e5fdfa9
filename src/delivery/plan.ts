import type { FaultSettings } from './faults/shapes.js';

/** What the network or the sender does wrong on purpose. Rates are per attempt (drops: per event), 0 to 1. */
export interface Faults extends FaultSettings {
  /** Each fault with a rate, and reordering, happens at least once. */
  readonly atLeastOnce: boolean;
}

export interface PlannedEvent {
  /** The status in its event-name form, e.g. `request-created`. */
  readonly status: string;
  /** When it happens and its first attempt is due, in plan milliseconds. */
  readonly dueMs: number;
}

/** Resources that live the same life: `count` of them. */
export interface Batch {
  /** As the catalogue names it, e.g. `checkout`. */
  readonly kind: string;
  readonly count: number;
  readonly events: readonly PlannedEvent[];
  /** `path=value` changes to every body. */
  readonly set: readonly string[];
}

/** How a run delivers, whatever its events are: retries and faults. */
export interface DeliveryRules {
  /** What every fault is drawn from. */
  readonly seed: string;
  /** Real time a receiver has to answer, in milliseconds. */
  readonly timeoutMs: number;
  readonly schedule: 'exponential' | 'published' | 'list';
  /** Entry k is the wait after failed attempt k + 1; its length is the number of retries. */
  readonly waitsMs: readonly number[];
  /** Each wait is shortened by a random share of up to this, 0 to 1. */
  readonly jitter: number;
  readonly faults: Faults;
}

/**
 * What is delivered, when, and what goes wrong on the way. Everything but the receiver's answers:
 * retry times are not in it, because they depend on those.
 */
export interface Plan extends DeliveryRules {
  /** Makes ids fresh: the same seed with another salt repeats the run on new resources. */
  readonly salt: string;
  /** Plan time zero, in milliseconds since the Unix epoch. */
  readonly epochMs: number;
  readonly batches: readonly Batch[];
}

/** Events of the whole plan. */
export function countEvents(plan: Plan): number {
  return plan.batches.reduce((sum, batch) => sum + batch.count * batch.events.length, 0);
}

/** Resources of the whole plan. */
export function countResources(plan: Plan): number {
  return plan.batches.reduce((sum, batch) => sum + batch.count, 0);
}

/** Attempts an event has: the first one and its retries. */
export function attemptBudget({ waitsMs }: DeliveryRules): number {
  return waitsMs.length + 1;
}
