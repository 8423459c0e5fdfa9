import type { SkippedKind } from './calibration/skipped-kind.js';
import type { MissingHelp } from './more-help.js';
import { type Readiness, type ReadinessFacts, readinessOf } from './readiness.js';
import type { RuleResult, RuleStatus, Severity } from './rule.js';
import type { Blind, StateSeen } from './state/blind.js';

/** What calibration found out about the receiver. */
export interface CalibratedRecord {
  readonly kind: 'calibrated';
  readonly kinds: readonly { readonly kind: string; readonly blind: Blind | undefined }[];
  readonly skippedKinds: readonly SkippedKind[];
  /** What came when the state of the first kind that does not show in it was asked for. */
  readonly stateSeen: StateSeen | undefined;
  /** Kinds that are taken, and for which a receiver that works on one web hook after the other has no time. */
  readonly leftOut: readonly string[];
  /** What comes at the same time gets mixed up: the receiver is asked one by one. */
  readonly isMixedUp: boolean;
  /** How many random plans are tried. */
  readonly runs: number;
  readonly masked: readonly string[];
  /** What counts every delivery: a log, a counter of web hooks. */
  readonly journals: readonly string[];
  /** Paths that only tell of the last web hook, and are left out. */
  readonly echoes: readonly string[];
  readonly cumulative: readonly string[];
  readonly settleMs: number;
}

export type CheckRecord = CalibratedRecord | RuleResult;

export interface CheckSummary {
  readonly kind: 'summary';
  readonly counts: Readonly<Record<RuleStatus, number>>;
  readonly failed: Readonly<Record<Severity, number>>;
  /** Musts that could not be told. */
  readonly untold: number;
  readonly connected: boolean;
  readonly interrupted: boolean;
  readonly requests: number;
  readonly elapsedMs: number;
  readonly masked: readonly string[];
  readonly hasState: boolean;
  /** The kinds that were put to the test. */
  readonly kinds: readonly string[];
  /** The kinds that it does not take. */
  readonly refused: readonly string[];
  /** The kinds that it takes, and for which there was no time. */
  readonly leftOut: readonly string[];
  /** What the last line may say. */
  readonly readiness: Readiness;
  /** What was not given, and would have told more: the most useful first. */
  readonly missingHelps: readonly MissingHelp[];
}

/** What a run knows at its end beside its results. */
export type RunFacts = Omit<ReadinessFacts, 'results'> &
  Pick<CheckSummary, 'requests' | 'elapsedMs' | 'masked' | 'missingHelps'>;

/** Counts as results come. */
export function summarise(results: readonly RuleResult[], facts: RunFacts): CheckSummary {
  const { connected, interrupted, requests, elapsedMs, masked, hasState } = facts;
  const { kinds, refused, leftOut } = facts;
  const having = (status: RuleStatus) => results.filter(({ verdict }) => verdict.status === status);
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
    hasState,
    kinds,
    refused,
    leftOut,
    readiness: readinessOf({ results, ...facts }),
    missingHelps: facts.missingHelps,
  };
}
