import type { SendSummary, SentRecord } from '../../delivery/send-records.js';

/** Turns what was sent into text as it comes. */
export interface SendRenderer {
  begin(): string;
  record(record: SentRecord): string;
  end(summary: SendSummary): string;
}
