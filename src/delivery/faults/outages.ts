import type { PlanWindow } from '../plan-window.js';
import type { ChaosSituation, Fault, Mishap } from './fault.js';
import { jittered } from './jitter.js';
import { surelyLate } from './reorder.js';
import type { Outage, OutagesShape } from './shapes.js';

/** Nothing gets through for a while. */
export const outages: Fault<OutagesShape> = {
  key: 'outages',
  off: [],
  flag: {
    name: 'outage',
    usage: '--outage <from..to>',
    help: 'nothing gets through, repeatable',
    takes: 'windows',
  },
  problem: (faults) =>
    faults.outages.some(({ fromMs, toMs }) => toMs <= fromMs)
      ? 'an outage ends before it begins'
      : undefined,
  chaos: (situation) => (situation.hasRetries ? chaosOutages(situation) : []),
  blocking: ({ faults }) => {
    if (faults.outages.length === 0) return undefined;
    const blocked = faults.outages.map((window) => ({ ...window, mishap: keptAway(window) }));
    return (planMs) =>
      blocked.find(({ fromMs, toMs }) => planMs >= fromMs && planMs < toMs)?.mishap;
  },
  counts: [
    {
      name: 'blocked',
      of: 'blocked',
      words: { one: 'blocked', many: 'blocked' },
    },
  ],
};

function keptAway({ toMs }: PlanWindow): Mishap<Outage> {
  return {
    instead: { kind: 'blocked', by: 'outage' },
    hidesAnswer: false,
    bringsNext: false,
    mark: () => ({ kind: 'outage', untilMs: toMs }),
  };
}

/**
 * Starts just as the late event is due, so that it is still to come when the outage is over, and
 * lasts long enough to block its first retry too if there are enough of them.
 */
function chaosOutages(situation: ChaosSituation): readonly PlanWindow[] {
  const chance = situation.chance();
  const { late } = surelyLate(chance);
  if (late === undefined) return [];
  const waitsMs = situation.waitsMs.map((waitMs, number) =>
    jittered(chance, waitMs, late, number + 1),
  );
  if (waitsMs.every((waitMs) => waitMs === 0)) return [];
  const [firstMs = 0, secondMs = 0] = waitsMs;
  const lengthMs = Math.round(waitsMs.length > 2 ? firstMs + secondMs / 2 : firstMs / 2);
  const fromMs = late.event.dueMs + chance.faults.reorderMs;
  return [{ fromMs, toMs: fromMs + Math.max(1, lengthMs) }];
}
