import type { Outcome } from '../ports.js';
import type { AnswerJudgement } from './judge-answer.js';
import type { LatencySummary } from './latencies.js';

export interface SentRecord extends AnswerJudgement {
  readonly kind: 'sent';
  /** Absent for a body of the user's own. */
  readonly event: string | undefined;
  readonly resource: string | undefined;
  readonly bodyBytes: number;
  readonly digests: readonly string[];
  readonly tamper: string | undefined;
  readonly outcome: Outcome;
}

export interface SendSummary {
  readonly kind: 'summary';
  readonly sent: number;
  readonly asExpected: number;
  readonly unexpected: number;
  /** At least one request got as far as a connection. */
  readonly connected: boolean;
  readonly acknowledgement: LatencySummary | undefined;
  readonly interrupted: boolean;
}
