import type { CheckRecord } from '../../conformance/records.js';
import type { RuleStatus } from '../../conformance/rule.js';
import type { Statement } from '../statement.js';
import { resultDocument } from './result-document.js';
import { spokenCalibration } from './spoken-record.js';
import type { CheckEnd, CheckStory } from './story.js';

/** What a check says to programs; what calibration found out stands before the results. */
export function checkStatement({
  url,
  seed,
  reproduce,
  replayed,
  withState,
}: CheckStory): Statement<CheckRecord, CheckEnd> {
  return {
    head: { command: 'check', url, seed },
    list: 'results',
    document: (record) => recordDocument(record, replayed !== undefined),
    line: (record) => {
      const document = recordDocument(record, replayed !== undefined);
      return record.kind === 'calibrated' ? document : { kind: 'result', ...document };
    },
    memberOf: ({ kind }) => (kind === 'calibrated' ? 'calibration' : undefined),
    end: ({ summary, exitCode, baseline, replay }) => ({
      summary,
      beside: { baseline, replay: replay?.command, reproduce, withState, exitCode },
    }),
    isWhole: true,
  };
}

function recordDocument(record: CheckRecord, isReplay: boolean) {
  if (record.kind === 'calibrated') return spokenCalibration(record);
  const document = resultDocument(record);
  return isReplay ? { ...document, replay: REPLAYED[record.verdict.status] } : document;
}

/** What became of a saved failure that was delivered again. */
const REPLAYED: Readonly<Record<RuleStatus, string>> = {
  pass: 'fixed',
  fail: 'still-fails',
  inconclusive: 'could-not-be-told',
  skipped: 'could-not-be-told',
};
