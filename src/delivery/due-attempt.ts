import type { Outcome } from '../ports.js';
import type { LocatedEvent } from './event-index.js';
import type { Window } from './plan.js';
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
  /** What hides its answer from the sender. */
  readonly hidden: 'lost-ack' | 'overlap' | undefined;
  /** The outage that keeps it away. */
  readonly outage: Window | undefined;
  /** A copy leaves together with it. */
  readonly hasTwin: boolean;
}

export type Task =
  | { readonly kind: 'drop'; readonly located: LocatedEvent; readonly planMs: number }
  | { readonly kind: 'attempt'; readonly attempt: DueAttempt };

/** How an attempt ended, as the driver saw it. */
export interface Ending {
  readonly outcome: Outcome;
  /** The next attempt left without waiting; `missed` when this one was answered before that. */
  readonly overlap: { readonly missed: boolean } | undefined;
  /** Plan time it left and ended, when that is measured; else both follow from the plan. */
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
}

export interface Settled {
  readonly next: Next;
  readonly fault: AttemptFault | undefined;
  readonly outOfOrder: boolean;
}
