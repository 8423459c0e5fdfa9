import type { CheckRecord } from '../../conformance/records.js';
import type { Statement } from '../statement.js';
import { resultDocument } from './result-document.js';
import { spokenCalibration } from './spoken-record.js';
import type { CheckEnd, CheckStory } from './story.js';

/** What a check says to programs; what calibration found out stands before the results. */
export function checkStatement({
  url,
  seed,
  reproduce,
}: CheckStory): Statement<CheckRecord, CheckEnd> {
  return {
    head: { command: 'check', url, seed },
    list: 'results',
    document: recordDocument,
    line: (record) =>
      record.kind === 'calibrated'
        ? recordDocument(record)
        : { kind: 'result', ...recordDocument(record) },
    memberOf: ({ kind }) => (kind === 'calibrated' ? 'calibration' : undefined),
    end: ({ summary, exitCode, baseline, replay }) => ({
      summary,
      beside: { baseline, replay: replay?.command, reproduce, exitCode },
    }),
    isWhole: true,
  };
}

function recordDocument(record: CheckRecord) {
  return record.kind === 'calibrated' ? spokenCalibration(record) : resultDocument(record);
}
