import type { EventIndex } from '../event-index.js';
import type { DeliveryRules, Faults } from '../plan.js';
import { FaultChance } from './chance.js';
import { FAULTS } from './registry.js';

const MINUTE_MS = 60_000;

/**
 * What every fault finds sensible, each at least once. What the user set stays as it is.
 * Without retries nothing that costs an attempt is turned on.
 */
export function chaosFaults(
  rules: DeliveryRules,
  index: EventIndex,
  chosen: Partial<Faults>,
): Faults {
  let faults: Faults = { ...rules.faults, ...chosen, atLeastOnce: true };
  const situation = {
    hasRetries: rules.waitsMs.length > 0,
    spacingMs: spacingOf(index),
    waitsMs: rules.waitsMs,
    chance: () => new FaultChance({ ...rules, faults }, index, FAULTS),
  };
  for (const { key, chaos } of FAULTS) {
    if (chaos === undefined || chosen[key] !== undefined) continue;
    faults = { ...faults, [key]: chaos(situation) };
  }
  return faults;
}

function spacingOf(index: EventIndex): number {
  if (index.events === 0) return MINUTE_MS;
  const first = index.locate(0);
  const second = index.nextOfResource(first);
  return Math.max((second?.event.dueMs ?? 0) - first.event.dueMs, MINUTE_MS);
}
