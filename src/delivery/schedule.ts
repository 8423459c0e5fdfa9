import { PUBLISHED_WAITS_MIN } from '../webhook/scheme.js';

const MINUTE_MS = 60_000;

export interface ExponentialBackoff {
  readonly kind: 'exponential';
  readonly baseMs: number;
  readonly factor: number;
  readonly retries: number;
}

/** How the waits between the attempts of one event come about. */
export type Backoff =
  | ExponentialBackoff
  | { readonly kind: 'published'; readonly retries: number }
  | { readonly kind: 'list'; readonly waitsMs: readonly number[] };

/**
 * Inqud's current docs say "a few minutes" and "exponentially", and give no numbers:
 * two minutes and a factor of two are this tool's assumption, and are printed as one.
 */
export const ASSUMED_BASE_MS = 2 * MINUTE_MS;
export const ASSUMED_FACTOR = 2;

/**
 * The waits in plan milliseconds: entry k runs from the end of failed attempt k + 1. However fast
 * they grow, they are numbers that JSON can hold.
 */
export function waitsOf(
  backoff: Backoff,
  maxWaitMs: number = Number.MAX_SAFE_INTEGER,
): readonly number[] {
  return rawWaits(backoff).map((waitMs) => Math.min(waitMs, maxWaitMs));
}

function rawWaits(backoff: Backoff): readonly number[] {
  switch (backoff.kind) {
    case 'exponential':
      return Array.from({ length: backoff.retries }, (_, index) =>
        Math.round(backoff.baseMs * Math.min(backoff.factor ** index, Number.MAX_SAFE_INTEGER)),
      );
    case 'published':
      return PUBLISHED_WAITS_MIN.slice(0, backoff.retries).map((minutes) => minutes * MINUTE_MS);
    case 'list':
      return backoff.waitsMs;
    default:
      return backoff satisfies never;
  }
}
