import type { EventIndex, LocatedEvent } from '../event-index.js';
import type { DeliveryRules } from '../plan.js';
import type { AttemptFault } from '../records.js';
import { FaultChance } from './chance.js';
import type { Copying, Duplicate, Mishap, Striking } from './fault.js';
import { jittered } from './jitter.js';
import { FAULTS } from './registry.js';

/** What goes wrong with which attempt: pure functions of seed, fault, event and attempt number. */
export interface FaultDecisions {
  isDropped(located: LocatedEvent): boolean;
  /** How late the first attempt is, in plan milliseconds. */
  lateMs(located: LocatedEvent): number;
  /** What keeps away the attempts that are due at a time. */
  keepsAway(planMs: number): Mishap<AttemptFault> | undefined;
  /** Whether the turns of this event's attempts have to be counted. */
  dependsOnTurn(located: LocatedEvent): boolean;
  /**
   * What befalls an attempt on its way. `turn` counts this event's answered attempts, this one
   * included.
   */
  befalls(located: LocatedEvent, attempt: number, turn: number): Mishap<AttemptFault> | undefined;
  duplicate(located: LocatedEvent, attempt: number, turn: number): Duplicate | undefined;
  /** The wait shortened by the plan's jitter. */
  jittered(waitMs: number, located: LocatedEvent, attempt: number): number;
}

/** Asks each fault once what it does in this plan: an attempt costs what is turned on, and no more. */
export function decideFaults(rules: DeliveryRules, index: EventIndex): FaultDecisions {
  const chance = new FaultChance(rules, index, FAULTS);
  const delays = FAULTS.flatMap((fault) => fault.delaying?.(chance) ?? []);
  const blocks = FAULTS.flatMap((fault) => fault.blocking?.(chance) ?? []);
  const strikes: readonly Striking<AttemptFault>[] = FAULTS.flatMap(
    (fault) => fault.striking?.(chance) ?? [],
  ).reverse();
  const copyings = FAULTS.flatMap((fault) => fault.copying?.(chance) ?? []);
  const sureSequences = [...strikes, ...copyings].flatMap(({ sure }) => sure?.sequence ?? []);
  const isSureEvent = ({ sequence }: LocatedEvent) => sureSequences.includes(sequence);

  return {
    isDropped: chance.isDropped,
    lateMs: (located) => {
      let lateMs = 0;
      for (const delay of delays) lateMs += delay(located);
      return lateMs;
    },
    keepsAway: (planMs) => {
      for (const block of blocks) {
        const mishap = block(planMs);
        if (mishap !== undefined) return mishap;
      }
      return undefined;
    },
    dependsOnTurn: isSureEvent,
    befalls: (located, attempt, turn) => {
      if (isSureEvent(located)) {
        const sure = strikes.find((strike) => isSure(strike, located, turn));
        if (sure !== undefined) return sure.mishap(located, attempt);
        if (copyings.some((copying) => isSure(copying, located, turn))) return undefined;
      }
      for (const strike of strikes) {
        if (strike.hits(located, attempt)) return strike.mishap(located, attempt);
      }
      return undefined;
    },
    duplicate: (located, attempt, turn) => {
      for (const copying of copyings) {
        if (isSure(copying, located, turn)) return { kind: 'concurrent' };
        if (copying.hits(located, attempt)) return copying.copy(located, attempt);
      }
      return undefined;
    },
    jittered: (waitMs, located, attempt) => jittered(chance, waitMs, located, attempt),
  };
}

/** The `turn`-th attempt of an event to be answered is the one that a fault is sure to hit. */
function isSure({ sure }: Striking | Copying, { sequence }: LocatedEvent, turn: number): boolean {
  return sure !== undefined && sure.sequence === sequence && sure.turn === turn;
}
