import type { ListenRecord, ListenSummary } from './records.js';

/** Adds up what was heard, in constant memory. */
export interface ListenTally {
  add(record: ListenRecord): void;
  /** `count` is how many requests were asked for. */
  summary(
    end: Pick<ListenSummary, 'ended' | 'forwarded'>,
    count: number | undefined,
  ): ListenSummary;
}

export function createListenTally(): ListenTally {
  const verdicts = { genuine: 0, rejected: 0, unsigned: 0, unchecked: 0 };
  let requests = 0;
  let refused = 0;
  let bodyBytes = 0;
  return {
    add: (record) => {
      if (record.kind === 'refused') refused += 1;
      if (record.kind !== 'request') return;
      requests += 1;
      bodyBytes += record.bodyBytes;
      verdicts[record.verdict] += 1;
    },
    summary: ({ ended, forwarded }, count) => ({
      kind: 'summary',
      requests,
      ...verdicts,
      refused,
      bodyBytes,
      ...(forwarded === undefined ? {} : { forwarded }),
      ended,
      missing: count === undefined ? 0 : Math.max(0, count - requests),
    }),
  };
}
