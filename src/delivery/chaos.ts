import { indexEvents } from './event-index.js';
import { decideFaults } from './fault-decisions.js';
import { countEvents, type Faults, type Plan, type Window } from './plan.js';

const MINUTE_MS = 60_000;
const CHAOS_RATES = { duplicates: 0.25, lostAcks: 0.15, overlaps: 0.1 };

/**
 * Every fault but drops, each at least once. What the user set stays as it is.
 * Without retries nothing that costs an attempt is turned on.
 */
export function expandChaos(plan: Plan, chosen: Partial<Faults>): Plan {
  const hasRetries = plan.waitsMs.length > 0;
  const faults: Faults = {
    ...plan.faults,
    ...CHAOS_RATES,
    ...(hasRetries ? {} : { lostAcks: 0, overlaps: 0 }),
    reorderMs: 2 * spacingOf(plan),
    ...chosen,
    atLeastOnce: true,
  };
  const withRates = { ...plan, faults };
  if (!hasRetries || chosen.outages !== undefined || countEvents(plan) === 0) return withRates;
  return { ...withRates, faults: { ...faults, outages: [outageOf(withRates)] } };
}

function spacingOf(plan: Plan): number {
  const [first, second] = plan.batches[0]?.events ?? [];
  return Math.max((second?.dueMs ?? 0) - (first?.dueMs ?? 0), MINUTE_MS);
}

/** Starts just as the last event of the first resource is due, and outlasts its first retry or two. */
function outageOf(plan: Plan): Window {
  const index = indexEvents(plan);
  const last = index.locate((plan.batches[0]?.events.length ?? 1) - 1);
  const fromMs = last.event.dueMs + decideFaults(plan, index).lateMs(last);
  const [firstWaitMs = MINUTE_MS] = plan.waitsMs;
  const share = plan.waitsMs.length > 2 ? 1.5 : 0.5;
  return { fromMs, toMs: fromMs + Math.max(1, Math.round(firstWaitMs * share)) };
}
