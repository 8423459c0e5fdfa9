import type { SkippedKind } from './calibration/calibrate.js';
import type { RuleResult, Severity, Status } from './rule.js';

/** What calibration found out about the receiver. */
export interface CalibratedRecord {
  readonly kind: 'calibrated';
  readonly kinds: readonly { readonly kind: string; readonly blind: string | undefined }[];
  readonly skippedKinds: readonly SkippedKind[];
  /** Kinds that are taken, and for which a receiver that works on one web hook after the other has no time. */
  readonly leftOut: readonly string[];
  /** What comes at the same time gets mixed up: the receiver is asked one by one. */
  readonly isMixedUp: boolean;
  /** How many random plans are tried. */
  readonly runs: number;
  readonly masked: readonly string[];
  /** What counts every delivery: a log, a counter of web hooks. */
  readonly journals: readonly string[];
  readonly cumulative: readonly string[];
  readonly settleMs: number;
}

export type CheckRecord = CalibratedRecord | RuleResult;

export interface CheckSummary {
  readonly kind: 'summary';
  readonly counts: Readonly<Record<Status, number>>;
  readonly failed: Readonly<Record<Severity, number>>;
  /** Musts that could not be told. */
  readonly untold: number;
  readonly connected: boolean;
  readonly interrupted: boolean;
  readonly requests: number;
  readonly elapsedMs: number;
  readonly masked: readonly string[];
}

/** Counts as results come. */
export function summarise(
  results: readonly RuleResult[],
  {
    connected,
    interrupted,
    requests,
    elapsedMs,
    masked,
  }: Pick<CheckSummary, 'connected' | 'interrupted' | 'requests' | 'elapsedMs' | 'masked'>,
): CheckSummary {
  const having = (status: Status) => results.filter(({ verdict }) => verdict.status === status);
  const failed = (severity: Severity) =>
    having('fail').filter(({ rule }) => rule.severity === severity).length;
  return {
    kind: 'summary',
    counts: {
      pass: having('pass').length,
      fail: having('fail').length,
      inconclusive: having('inconclusive').length,
      skipped: having('skipped').length,
    },
    failed: { must: failed('must'), should: failed('should'), advisory: failed('advisory') },
    untold: having('inconclusive').filter(({ rule }) => rule.severity === 'must').length,
    connected,
    interrupted,
    requests,
    elapsedMs,
    masked,
  };
}
