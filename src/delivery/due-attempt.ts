import type { LocatedEvent } from './event-index.js';
import type { Mishap } from './faults/fault.js';
import type { AttemptFault, Next } from './records.js';

/** One attempt that is due, with what our own faults will do to it. */
export interface DueAttempt {
  readonly located: LocatedEvent;
  /** Which of the event's attempts this is, from 1; a duplicate has the number of its original. */
  readonly number: number;
  readonly dueMs: number;
  /** Counts, from 0, the retries without a wait that led to it at this instant. */
  readonly round: number;
  readonly lateMs: number;
  readonly duplicate: 'concurrent' | 'later' | undefined;
  /** What befalls it on its way, or keeps it from leaving. */
  readonly mishap: Mishap<AttemptFault> | undefined;
  /** A copy leaves together with it. */
  readonly hasTwin: boolean;
}

export type Task =
  | { readonly kind: 'drop'; readonly located: LocatedEvent; readonly planMs: number }
  | { readonly kind: 'attempt'; readonly attempt: DueAttempt };

export interface Settled {
  readonly next: Next;
  readonly fault: AttemptFault | undefined;
  readonly outOfOrder: boolean;
}
