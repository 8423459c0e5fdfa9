import type { ApiFinding } from './finding.js';
import type { Fidelity } from './routes.js';

/** One answer of the mock. */
export interface AnsweredRecord {
  readonly kind: 'request';
  /** Counted from 1. */
  readonly number: number;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  /** The answer is as sure as this; absent where no route was found. */
  readonly fidelity?: Fidelity;
  /** Why it was refused, or what is odd about it. */
  readonly note?: ApiFinding;
}

export interface MockApiSummary {
  readonly kind: 'summary';
  readonly requests: number;
  /** How many answers of each status. */
  readonly statuses: Readonly<Record<string, number>>;
}
