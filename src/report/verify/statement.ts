import type { VerifyRecord, VerifySummary } from '../../verification/records.js';
import { exitCodeOfVerify } from '../exit-code.js';
import type { Statement } from '../statement.js';
import { hintText, reasonText } from './words.js';

/** What `verify` says to programs. */
export const verifyStatement: Statement<VerifyRecord, VerifySummary> = {
  head: { command: 'verify' },
  list: 'entries',
  document: (record) => (typeof record.reason === 'object' ? spoken(record) : record),
  end: (summary) => ({ summary: { ...summary, exitCode: exitCodeOfVerify(summary) } }),
};

function spoken(record: VerifyRecord) {
  const { reason = '' } = record;
  return { ...record, reason: reasonText(reason), hint: hintText(record) };
}
