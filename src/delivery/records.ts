import type { Outcome } from '../ports.js';
import type { AnyShape } from './faults/shapes.js';
import type { LatencySummary } from './latencies.js';

/** What happens to an event after one of its attempts. Times are plan milliseconds. */
export type Next =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly dueMs: number; readonly waitMs: number }
  /** The next attempt is already on its way. */
  | { readonly kind: 'overlapped' }
  /** No attempt is left, and the receiver's own answers are why. */
  | { readonly kind: 'lost' }
  /** No attempt is left, and our own faults are why. */
  | { readonly kind: 'withheld' }
  /** A duplicate changes nothing for its event. */
  | { readonly kind: 'none' }
  | { readonly kind: 'cancelled' };

/** What was done wrong on purpose to one attempt. */
export type AttemptFault = AnyShape['mark'];

/** A number of what the faults of a run came to. */
export type FaultCountName = AnyShape['count'];

/** Identifies an event to a reader. */
export interface EventLabel {
  /** E.g. `checkout.success`. */
  readonly event: string;
  /** The resource's id, e.g. `CCO-…`. */
  readonly resource: string;
}

export interface AttemptRecord extends EventLabel {
  readonly kind: 'attempt';
  /** When it was due, in plan milliseconds. */
  readonly planMs: number;
  readonly attempt: number;
  /** Attempts the event has in all. */
  readonly attempts: number;
  readonly duplicate?: 'concurrent' | 'later';
  /** How much later than its event the first attempt was due, in milliseconds. */
  readonly lateMs?: number;
  readonly fault?: AttemptFault;
  /** A later event of the same resource had already reached the receiver. */
  readonly outOfOrder?: true;
  readonly outcome: Outcome;
  readonly next: Next;
}

/** An event that is never sent. */
export interface DroppedRecord extends EventLabel {
  readonly kind: 'dropped';
  readonly planMs: number;
}

export type RunRecord = AttemptRecord | DroppedRecord;

/** An event that used up its attempts: what its last answer was. */
export interface LostEvent extends EventLabel {
  readonly attempts: number;
  readonly lastOutcome: Outcome;
}

/** The record of a whole run. The exit code is a function of this alone. */
export interface RunSummary {
  readonly kind: 'summary';
  readonly events: {
    readonly total: number;
    readonly delivered: number;
    readonly lost: number;
    readonly withheld: number;
    /** Not settled when the run was interrupted. */
    readonly open: number;
  };
  /** Entry k counts the events delivered on attempt k + 1. */
  readonly deliveredOnAttempt: readonly number[];
  readonly attempts: {
    readonly sent: number;
    readonly retries: number;
    /** Answers by status. */
    readonly statuses: Readonly<Record<string, number>>;
    readonly timedOut: number;
    readonly broken: number;
    readonly unreachable: number;
  };
  readonly faults: Readonly<Record<FaultCountName, number>>;
  readonly outOfOrder: number;
  /** Times to an answer; undefined when there was none. */
  readonly acknowledgement: LatencySummary | undefined;
  /** Answers other than 200 that the receiver may have meant as success: 201, 202, 204 and other 2xx. */
  readonly almostDelivered: number;
  readonly redirects: number;
  readonly timeoutMs: number;
  /** Plan time of the last attempt. */
  readonly lastPlanMs: number;
  /** The first hundred of them. */
  readonly lostEvents: readonly LostEvent[];
  /** The first hundred events that faults kept away for good: no fault of the receiver's. */
  readonly withheldEvents: readonly EventLabel[];
  readonly interrupted: boolean;
}
