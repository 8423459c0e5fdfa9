import type { AnsweredRecord, MockApiSummary } from '../../mock-api/records.js';

/** What is said of a mock before it answers. */
export interface MockApiStory {
  readonly url: string;
  readonly port: number;
  /** The file its resources are from. */
  readonly plan: string;
  readonly resources: number;
  /** The plan time it shows, in milliseconds; undefined for the end. */
  readonly atMs: number | undefined;
  /** No token is better than another. */
  readonly anyToken: boolean;
}

/** Turns what a mock does into text as it goes. */
export interface MockApiRenderer {
  begin(): string;
  record(record: AnsweredRecord): string;
  end(summary: MockApiSummary, exitCode: number): string;
}
