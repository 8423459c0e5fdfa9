import type { MockApiSummary } from '../../mock-api/records.js';

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

/** What is known when it has ended. */
export interface MockApiEnd {
  readonly summary: MockApiSummary;
  readonly exitCode: number;
}
