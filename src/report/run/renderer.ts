import type { RunRecord, RunSummary } from '../../delivery/records.js';

/** Turns a run into text as it comes. */
export interface RunRenderer {
  begin(): string;
  record(record: RunRecord): string;
  end(summary: RunSummary): string;
}
