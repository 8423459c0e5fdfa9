import type { CalibratedRecord, CheckRecord } from '../../conformance/records.js';
import type { RuleResult, RuleStatus, Story } from '../../conformance/rule.js';
import { adviceOf, blindText, cameText, evidenceText, refusedText } from './words.js';

/** A record with sentences in the place of codes, as others read it. */
export type SpokenRecord = SpokenResult | ReturnType<typeof spokenCalibration>;

interface SpokenResult extends Omit<RuleResult, 'verdict'> {
  readonly verdict: {
    readonly status: RuleStatus;
    readonly evidence: string;
    readonly story?: Story;
    readonly advice?: string;
  };
}

export function spoken(record: CheckRecord): SpokenRecord {
  if (record.kind === 'calibrated') return spokenCalibration(record);
  const { status, evidence } = record.verdict;
  const { story, advice } = record.verdict.status === 'fail' ? record.verdict : {};
  return {
    ...record,
    verdict: {
      status,
      evidence: evidenceText(evidence),
      ...(story === undefined ? {} : { story }),
      ...(advice === undefined ? {} : { advice: adviceOf(record) }),
    },
  };
}

/** What calibration found out. */
export function spokenCalibration({ kind, kinds, skippedKinds, ...rest }: CalibratedRecord) {
  return {
    kind,
    kinds: kinds.map((one) => ({ kind: one.kind, blind: one.blind && blindText(one.blind) })),
    skippedKinds: skippedKinds.map((skipped) => ({
      kind: skipped.kind,
      reason: refusedText(skipped),
      answer: cameText(skipped.came),
      outcome: skipped.outcome,
      takenInPart: skipped.takenInPart,
    })),
    ...rest,
  };
}
