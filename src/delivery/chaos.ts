import type { EventIndex } from './event-index.js';
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
  if (!hasRetries || chosen.outages !== undefined) return faults;
  return { ...faults, outages: outagesOf({ ...rules, faults }, index) };
}

function spacingOf(index: EventIndex): number {
  if (index.events === 0) return MINUTE_MS;
  const first = index.locate(0);
  const second = index.nextOfResource(first);
  return Math.max((second?.event.dueMs ?? 0) - first.event.dueMs, MINUTE_MS);
}

/**
 * Starts just as the late event is due, so that it is still to come when the outage is over, and
 * lasts long enough to block its first retry too if there are enough of them.
 */
function outagesOf(rules: DeliveryRules, index: EventIndex): readonly Window[] {
  const faults = decideFaults(rules, index);
  const late = faults.surelyLate;
  if (late === undefined) return [];
  const waitsMs = rules.waitsMs.map((waitMs, number) => faults.jittered(waitMs, late, number + 1));
  if (waitsMs.every((waitMs) => waitMs === 0)) return [];
  const [firstMs = 0, secondMs = 0] = waitsMs;
  const lengthMs = Math.round(waitsMs.length > 2 ? firstMs + secondMs / 2 : firstMs / 2);
  const fromMs = late.event.dueMs + faults.lateMs(late);
  return [{ fromMs, toMs: fromMs + Math.max(1, lengthMs) }];
}
