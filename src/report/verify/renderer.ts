import type { HookError } from '../../errors.js';
import type { VerifyRecord, VerifySummary } from '../../verification/records.js';

/** Turns verdicts into text as they come. */
export interface VerifyRenderer {
  begin(): string;
  record(record: VerifyRecord): string;
  end(summary: VerifySummary): string;
  /** Ends a report that a mistake cut short. */
  fail(error: HookError): string;
}
