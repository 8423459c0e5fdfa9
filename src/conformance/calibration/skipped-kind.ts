import type { Outcome } from '../../ports.js';

/** A kind that is not taken, and what came instead of a 200. */
export interface SkippedKind extends SkippedAnswer {
  readonly kind: string;
  /** The whole of the answer; undefined when nothing came at all. */
  readonly outcome: Outcome | undefined;
  /** Some of its web hooks are answered 200, and others not. */
  readonly takenInPart: boolean;
}

export interface SkippedAnswer {
  readonly code: 'skipped';
  /** Undefined for the first one, when nothing came at all. */
  readonly event: string | undefined;
  readonly came: Came;
}

/** What came of a web hook. */
export type Came =
  | { readonly code: 'status'; readonly status: number }
  | { readonly code: 'nothing' | Exclude<Outcome['kind'], 'responded'> };
