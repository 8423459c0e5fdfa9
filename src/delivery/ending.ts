import type { Outcome } from '../ports.js';

/** How an attempt ended, as the driver saw it. */
export interface Ending {
  readonly outcome: Outcome;
  /** The next attempt left without waiting; `missed` when this one was answered before that. */
  readonly overlap: { readonly missed: boolean } | undefined;
  /** Plan time it left and ended, when that is measured; else both follow from the plan. */
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
}
