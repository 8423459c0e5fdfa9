import type { VerifyRecord, VerifySummary } from '../../verification/records.js';
import { exitCodeOfVerify } from '../exit-code.js';
import type { Statement } from '../statement.js';

/** What `verify` says to programs. */
export const verifyStatement: Statement<VerifyRecord, VerifySummary> = {
  head: { command: 'verify' },
  list: 'entries',
  end: (summary) => ({ summary: { ...summary, exitCode: exitCodeOfVerify(summary) } }),
};
