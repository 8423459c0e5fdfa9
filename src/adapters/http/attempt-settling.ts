import type { Outcome } from '../../ports.js';

/** How an attempt ends: with what came of it, or with a bug of ours. */
export interface AttemptSettling {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (bug: unknown) => void;
}
