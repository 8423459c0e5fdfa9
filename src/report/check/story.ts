import type { CheckSummary } from '../../conformance/records.js';
import type { SavedScript } from '../../conformance/script-file.js';

/** What a report says beside the results. */
export interface CheckStory {
  readonly url: string;
  readonly seed: string;
  /** The command that does the same again. */
  readonly reproduce: string;
}

/** What is known when everything is over. */
export interface CheckEnd {
  readonly summary: CheckSummary;
  readonly exitCode: number;
  /** The command that delivers the failing script again, and what it delivers. */
  readonly replay: { readonly command: string; readonly saved: SavedScript } | undefined;
  readonly baseline: BaselineOutcome | undefined;
}

export interface BaselineOutcome {
  /** Failures that were accepted. */
  readonly accepted: readonly string[];
  /** Accepted rules that do not fail. */
  readonly stale: readonly string[];
}
