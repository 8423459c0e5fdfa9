import type { DiagnosisOptions } from './diagnosis.js';

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

/** However long a body, all single mistakes can be tried: there are fewer than this. */
const MIN_WHOLE_BODIES = 320;

type Limits = Pick<DiagnosisOptions, 'maxCandidates' | 'maxHashedBytes' | 'timeBudgetMs' | 'now'>;

export function createBudget(limits: Limits, bodyBytes: number): Budget {
  const { maxCandidates = DEFAULT_MAX_CANDIDATES, timeBudgetMs = Infinity, now } = limits;
  const leastBytes = bodyBytes * MIN_WHOLE_BODIES;
  const maxHashedBytes = limits.maxHashedBytes ?? Math.max(DEFAULT_MAX_HASHED_BYTES, leastBytes);
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
