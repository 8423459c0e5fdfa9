import type { DiagnosisOptions } from './diagnosis.js';

/** How many mistakes the search takes together; 0 does not search. */
export type Depth = 0 | 1 | 2;

/** How deep to search, which falls as searches stay in vain: a large file must come to its end. */
export interface Effort {
  readonly depth: () => Depth;
  readonly failed: () => void;
}

export const DEFAULT_MAX_FULL_SEARCHES = 200;
export const DEFAULT_MAX_SEARCHES = 2000;

export function createEffort(
  limits: Pick<DiagnosisOptions, 'maxFullSearches' | 'maxSearches'>,
): Effort {
  const { maxFullSearches = DEFAULT_MAX_FULL_SEARCHES } = limits;
  const { maxSearches = DEFAULT_MAX_SEARCHES } = limits;
  let failures = 0;
  return {
    depth: () => {
      if (failures < maxFullSearches) return 2;
      return failures < maxSearches ? 1 : 0;
    },
    failed: () => {
      failures += 1;
    },
  };
}
