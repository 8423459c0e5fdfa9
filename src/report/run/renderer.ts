import type { RunRecord, RunSummary } from '../../delivery/records.js';

/** Turns a run into text as it comes. */
export interface RunRenderer {
  /** Nothing is written between the beginning and the end. */
  readonly isSummary?: boolean | undefined;
  begin(): string;
  record(record: RunRecord): string;
  end(summary: RunSummary): string;
}
