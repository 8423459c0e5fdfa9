import type { CheckSummary } from '../../conformance/records.js';

/** What a report says beside the results. */
export interface CheckStory {
  readonly url: string;
  readonly seed: string;
  /** The command that does the same again. */
  readonly reproduce: string;
  /** The command that looks at a state as well, where none was given; the path of the state is a guess. */
  readonly withState?: string | undefined;
  /** The file of an earlier check whose failures are delivered again. */
  readonly replayed?: string | undefined;
}

/** What is known when everything is over. */
export interface CheckEnd {
  readonly summary: CheckSummary;
  readonly exitCode: number;
  /** The command that delivers the failing scripts again, and how many it delivers. */
  readonly replay: { readonly command: string; readonly scripts: number } | undefined;
  readonly baseline: BaselineOutcome | undefined;
}

export interface BaselineOutcome {
  /** Failures that were accepted. */
  readonly accepted: readonly string[];
  /** Accepted rules that do not fail. */
  readonly stale: readonly string[];
}
