import type { Header } from '../ports.js';

/** A received request, byte-exact. `at` is ISO 8601 UTC; headers keep their order and case. */
export interface CaptureRecord {
  readonly at?: string | undefined;
  readonly remote?: string | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}
