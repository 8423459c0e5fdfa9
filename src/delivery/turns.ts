import type { LocatedEvent } from './event-index.js';
import type { FaultDecisions } from './faults/decisions.js';

/** Counts the attempts of an event that were answered, or overlapped by the next one. */
export interface Turns {
  count(located: LocatedEvent): void;
  /** Which turn the next attempt to be answered is, from 1. */
  nextOf(located: LocatedEvent): number;
  forget(sequence: number): void;
}

/** Only for the few events that a fault is owed to: nobody asks for the others' turns. */
export function countTurns(faults: FaultDecisions): Turns {
  const answered = new Map<number, number>();
  return {
    count: (located) => {
      if (!faults.dependsOnTurn(located)) return;
      answered.set(located.sequence, (answered.get(located.sequence) ?? 0) + 1);
    },
    nextOf: ({ sequence }) => 1 + (answered.get(sequence) ?? 0),
    forget: (sequence) => {
      answered.delete(sequence);
    },
  };
}
