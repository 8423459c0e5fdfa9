import type { LeftOverParts, VerifyRecord, VerifySummary } from './records.js';

/** Adds verdicts up, in constant memory. */
export interface VerifyTally {
  add(record: VerifyRecord): void;
  /** Genuine entries that were judged elsewhere. */
  addGenuine(entries: number): void;
  addLeftOver(parts: LeftOverParts): void;
  summary(run: { readonly interrupted: boolean }): VerifySummary;
}

/** Files with parts left over beyond this many are not listed. */
const LISTED_LEFT_OVER = 1_000;

export function createVerifyTally(policy: { readonly unsignedAllowed: boolean }): VerifyTally {
  const counts = { genuine: 0, rejected: 0, unsigned: 0, malformed: 0 };
  const causes = new Map<string, { count: number; readonly fix: string }>();
  const leftOver: LeftOverParts[] = [];
  return {
    add: (record) => {
      counts[record.verdict] += 1;
      const { cause } = record;
      if (cause === undefined || cause === null) return;
      const known = causes.get(cause.id);
      if (known === undefined) causes.set(cause.id, { count: 1, fix: cause.fix });
      else known.count += 1;
    },
    addGenuine: (entries) => {
      counts.genuine += entries;
    },
    addLeftOver: (parts) => {
      if (leftOver.length < LISTED_LEFT_OVER) leftOver.push(parts);
    },
    summary: ({ interrupted }) => ({
      kind: 'summary',
      entries: counts.genuine + counts.rejected + counts.unsigned + counts.malformed,
      ...counts,
      unsignedAllowed: policy.unsignedAllowed,
      interrupted,
      leftOver,
      causes: [...causes]
        .map(([id, { count, fix }]) => ({ id, count, fix }))
        .sort((one, other) => other.count - one.count),
    }),
  };
}
