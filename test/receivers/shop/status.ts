/** What a status means to a merchant. */
export type Outcome = 'success' | 'partial' | 'conflict' | 'failure';

export interface Status {
  /** A higher one supersedes a lower one, whenever it comes. */
  readonly rank: number;
  /** Final statuses only. */
  readonly outcome?: Outcome;
}

const FINAL = 9;

/** Kinds share these names, and give them the same meaning. */
const STATUSES: ReadonlyMap<string, Status> = new Map<string, Status>([
  ['NEW', { rank: 0 }],
  ['WAITING_PAYMENT', { rank: 0 }],
  ['INITIATED', { rank: 0 }],
  ['GRANTED', { rank: 0 }],
  ['PENDING', { rank: 1 }],
  ['REQUEST_CREATED', { rank: 1 }],
  ['ACTIVE', { rank: 1 }],
  ['PENDING_PAYMENT', { rank: 2 }],
  ['PAYMENT_DETECTED', { rank: 2 }],
  ['FROZEN', { rank: 2 }],
  ['SUCCESS', { rank: FINAL, outcome: 'success' }],
  ['PARTIAL_SUCCESS', { rank: FINAL, outcome: 'partial' }],
  ['CONFLICT', { rank: FINAL, outcome: 'conflict' }],
  ['FAILED', { rank: FINAL, outcome: 'failure' }],
  ['CANCELLED', { rank: FINAL, outcome: 'failure' }],
  ['EXPIRED', { rank: FINAL, outcome: 'failure' }],
  ['REVOKED_BY_MERCHANT', { rank: FINAL, outcome: 'failure' }],
]);

/** Undefined for a status this shop has never heard of. */
export function statusNamed(name: string): Status | undefined {
  return STATUSES.get(name);
}

export function isFinal(status: Status): boolean {
  return status.rank === FINAL;
}
