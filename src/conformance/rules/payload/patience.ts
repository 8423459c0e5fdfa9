import type { Oracle } from '../../state/oracle.js';

/** What settles later than this is done by a job, which may run less often than was seen. */
const BY_A_JOB_MS = 50;
const JOB_MS = 15_000;

/** How long a success is waited for, in milliseconds; longer where one has shown, and others have not. */
export function patienceOf({ settleMs, judgedAfterMs }: Oracle, hasShown = false): number {
  const isAtOnce = settleMs < BY_A_JOB_MS && !hasShown;
  return isAtOnce ? judgedAfterMs : Math.max(judgedAfterMs, JOB_MS);
}
