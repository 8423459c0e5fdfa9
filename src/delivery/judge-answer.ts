import type { Outcome } from '../ports.js';
import { DELIVERED_STATUS } from '../webhook/scheme.js';
import { type Finding, findingOf } from './findings.js';

/** What the right answer is: a status, or any refusal. */
export type WantedAnswer =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'refusal' };

/** Whether an answer is as it should be, and what it says. */
export interface AnswerJudgement {
  readonly asExpected: boolean;
  readonly because: AnswerFinding;
}

export type AnswerFinding =
  /** What Inqud makes of it; `wanted` is the other status that was expected. */
  | { readonly code: 'answer'; readonly finding: Finding; readonly wanted: number | undefined }
  /** Of a web hook whose digest is wrong. */
  | { readonly code: 'forgery-refused' }
  | {
      readonly code: 'forgery-failed' | 'forgery-redirected' | 'forgery-accepted';
      readonly status: number;
    };

/** Holds an outcome against what is wanted. */
export function judgeAnswer(outcome: Outcome, wanted: WantedAnswer): AnswerJudgement {
  return wanted.kind === 'status' ? judgeStatus(outcome, wanted.status) : judgeRefusal(outcome);
}

function judgeStatus(outcome: Outcome, status: number): AnswerJudgement {
  const asExpected = outcome.kind === 'responded' && outcome.status === status;
  const isOther = !asExpected && status !== DELIVERED_STATUS;
  return {
    asExpected,
    because: {
      code: 'answer',
      finding: findingOf(outcome),
      wanted: isOther ? status : undefined,
    },
  };
}

function judgeRefusal(outcome: Outcome): AnswerJudgement {
  if (outcome.kind !== 'responded') {
    const because = { code: 'answer', finding: findingOf(outcome), wanted: undefined } as const;
    return { asExpected: false, because };
  }
  const { status } = outcome;
  if (status >= 400 && status < 500) {
    return { asExpected: true, because: { code: 'forgery-refused' } };
  }
  return { asExpected: false, because: { code: unrefused(status), status } };
}

function unrefused(status: number) {
  if (status >= 500) return 'forgery-failed';
  return status >= 300 ? 'forgery-redirected' : 'forgery-accepted';
}
