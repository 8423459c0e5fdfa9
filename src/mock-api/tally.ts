import type { AnsweredRecord, MockApiSummary } from './records.js';

/** Counts answers as they leave, in constant memory. */
export interface MockApiTally {
  add(record: AnsweredRecord): void;
  summary(): MockApiSummary;
}

export function createMockApiTally(): MockApiTally {
  const statuses: Record<string, number> = {};
  let requests = 0;
  return {
    add: ({ status }) => {
      requests += 1;
      statuses[status] = (statuses[status] ?? 0) + 1;
    },
    summary: () => ({ kind: 'summary', requests, statuses: { ...statuses } }),
  };
}
