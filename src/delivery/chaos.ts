import type { EventIndex, LocatedEvent } from './event-index.js';
import { decideFaults } from './fault-decisions.js';
import type { DeliveryRules, Faults, Window } from './plan.js';

const MINUTE_MS = 60_000;
const CHAOS_RATES = { duplicates: 0.25, lostAcks: 0.15, overlaps: 0.1 };

/**
 * Every fault but drops, each at least once. What the user set stays as it is.
 * Without retries nothing that costs an attempt is turned on.
 */
export function chaosFaults(
  rules: DeliveryRules,
  index: EventIndex,
  chosen: Partial<Faults>,
): Faults {
  const hasRetries = rules.waitsMs.length > 0;
  const faults: Faults = {
    ...rules.faults,
    ...CHAOS_RATES,
    ...(hasRetries ? {} : { lostAcks: 0, overlaps: 0 }),
    reorderMs: 2 * spacingOf(index),
    ...chosen,
    atLeastOnce: true,
  };
  if (!hasRetries || chosen.outages !== undefined || index.events === 0) return faults;
  return { ...faults, outages: [outageOf({ ...rules, faults }, index)] };
}

function spacingOf(index: EventIndex): number {
  const [first, second] = firstResource(index);
  return Math.max((second?.event.dueMs ?? 0) - (first?.event.dueMs ?? 0), MINUTE_MS);
}

/** Starts just as the last event of the first resource is due, and outlasts its first retry or two. */
function outageOf(rules: DeliveryRules, index: EventIndex): Window {
  const last = firstResource(index).at(-1) ?? index.locate(0);
  const fromMs = last.event.dueMs + decideFaults(rules, index).lateMs(last);
  const [firstWaitMs = MINUTE_MS] = rules.waitsMs;
  const share = rules.waitsMs.length > 2 ? 1.5 : 0.5;
  return { fromMs, toMs: fromMs + Math.max(1, Math.round(firstWaitMs * share)) };
}

function firstResource(index: EventIndex): readonly LocatedEvent[] {
  const events: LocatedEvent[] = [];
  let next = index.events === 0 ? undefined : index.locate(0);
  for (; next !== undefined; next = index.nextOfResource(next)) events.push(next);
  return events;
}
