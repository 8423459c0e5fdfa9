import type { DiagnosisOptions } from './diagnosis.js';
import { MOST_PARSED_BYTES } from './limits.js';

/** What the search for one cause may cost. */
export interface Budget {
  /** Digests computed so far. */
  readonly tried: () => number;
  /** True when a limit was met. */
  readonly isSpent: () => boolean;
  /** Asks to hash so many bytes; false when that is too much, from then on always. */
  readonly spend: (bytes: number) => boolean;
}

export const DEFAULT_MAX_CANDIDATES = 4000;
export const DEFAULT_MAX_HASHED_BYTES = 12 << 20;

/** A body that is a little larger gets as much as the largest that is not. */
const LARGE_HASHED_BYTES = 320 << 20;

/** However long a body, all single mistakes can be tried: there are fewer than this. */
const MIN_WHOLE_BODIES = 320;
/** Of a large one, those of the digest: a hash of 100 MB takes a tenth of a second and more. */
const MIN_LARGE_BODIES = 8;

type Limits = Pick<DiagnosisOptions, 'maxCandidates' | 'maxHashedBytes' | 'timeBudgetMs' | 'now'>;

export function createBudget(limits: Limits, bodyBytes: number): Budget {
  const { maxCandidates = DEFAULT_MAX_CANDIDATES, timeBudgetMs = Infinity, now } = limits;
  const leastBytes =
    bodyBytes * (bodyBytes > MOST_PARSED_BYTES ? MIN_LARGE_BODIES : MIN_WHOLE_BODIES);
  const maxHashedBytes =
    limits.maxHashedBytes ??
    Math.max(
      bodyBytes > MOST_PARSED_BYTES ? LARGE_HASHED_BYTES : DEFAULT_MAX_HASHED_BYTES,
      leastBytes,
    );
  const endsAt = (now?.() ?? 0) + timeBudgetMs;
  let tried = 0;
  let hashedBytes = 0;
  let spent = false;
  return {
    tried: () => tried,
    isSpent: () => spent,
    spend: (bytes) => {
      spent ||= tried >= maxCandidates || hashedBytes + bytes > maxHashedBytes;
      spent ||= now !== undefined && now() > endsAt;
      if (spent) return false;
      tried += 1;
      hashedBytes += bytes;
      return true;
    },
  };
}
