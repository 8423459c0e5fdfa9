import type { RunRecord, RunSummary } from '../../delivery/records.js';
import type { PlannedRecord } from '../../delivery/replay/records.js';

/** Turns a replay into text as it comes. */
export interface ReplayRenderer {
  begin(): string;
  record(record: RunRecord): string;
  end(summary: RunSummary): string;
}

/** Turns what would be replayed into text. */
export interface PlannedRenderer {
  begin(): string;
  record(record: PlannedRecord): string;
  end(exitCode: number): string;
}
