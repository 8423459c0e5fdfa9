import { indexEvents } from './event-index.js';
import { decideFaults } from './fault-decisions.js';
import type { Faults, Plan, Window } from './plan.js';

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
  if (!hasRetries || chosen.outages !== undefined) return withRates;
  return { ...withRates, faults: { ...faults, outages: outagesOf(withRates) } };
}

function spacingOf(plan: Plan): number {
  const [first, second] = plan.batches[0]?.events ?? [];
  return Math.max((second?.dueMs ?? 0) - (first?.dueMs ?? 0), MINUTE_MS);
}

/**
 * Starts just as the late event is due, so that it is still to come when the outage is over, and
 * lasts long enough to block its first retry too if there are enough of them.
 */
function outagesOf(plan: Plan): readonly Window[] {
  const faults = decideFaults(plan, indexEvents(plan));
  const late = faults.surelyLate;
  if (late === undefined) return [];
  const waitsMs = plan.waitsMs.map((waitMs, number) => faults.jittered(waitMs, late, number + 1));
  if (waitsMs.every((waitMs) => waitMs === 0)) return [];
  const [firstMs = 0, secondMs = 0] = waitsMs;
  const lengthMs = Math.round(waitsMs.length > 2 ? firstMs + secondMs / 2 : firstMs / 2);
  const fromMs = late.event.dueMs + faults.lateMs(late);
  return [{ fromMs, toMs: fromMs + Math.max(1, lengthMs) }];
}
