import type { Plan } from './plan.js';

export const PLAN_FORMAT = 'inqud-hook/plan';
export const PLAN_SCHEMA_VERSION = 1;

/** A plan as it is written to JSON: versioned, and without URL or secret. */
export type PlanDocument = Omit<Plan, 'epochMs'> & {
  readonly format: typeof PLAN_FORMAT;
  readonly schemaVersion: typeof PLAN_SCHEMA_VERSION;
  /** ISO 8601, UTC. */
  readonly epoch: string;
};

export function planDocument(plan: Plan): PlanDocument {
  const { epochMs, ...shape } = plan;
  const epoch = new Date(epochMs).toISOString();
  return { format: PLAN_FORMAT, schemaVersion: PLAN_SCHEMA_VERSION, epoch, ...shape };
}

/** The plan as JSON text, ending in a newline. */
export function formatPlan(plan: Plan): string {
  return `${JSON.stringify(planDocument(plan), undefined, 2)}\n`;
}
