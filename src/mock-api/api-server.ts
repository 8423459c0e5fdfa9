import type { Header } from '../ports.js';
import type { AnsweredRecord } from './records.js';

/** A request to the mock, its body read to the end. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  readonly record: AnsweredRecord;
}

export interface ApiServerOptions {
  readonly host: string;
  /** 0 picks one. */
  readonly port: number;
  /** Every answer waits this long, in real milliseconds. */
  readonly latencyMs: number;
  readonly answer: (request: ApiRequest) => ApiAnswer;
  /** Hears of each answer before it leaves, and may hold it back. */
  readonly onAnswer: (record: AnsweredRecord) => Promise<void> | undefined;
}

/** The mock, listening. */
export interface ApiServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}
