import type { Outcome } from '../../ports.js';
import { explainOutcome } from '../explain.js';

/** What the right answer is: a status, or any refusal. */
export type Expectation =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'refusal' };

export interface Judgement {
  readonly asExpected: boolean;
  readonly explanation: string;
}

/** Holds an outcome against what is expected. */
export function judgeAnswer(outcome: Outcome, expectation: Expectation): Judgement {
  return expectation.kind === 'status'
    ? judgeStatus(outcome, expectation.status)
    : judgeRefusal(outcome);
}

function judgeStatus(outcome: Outcome, expected: number): Judgement {
  const explanation = explainOutcome(outcome);
  if (outcome.kind === 'responded' && outcome.status === expected) {
    return { asExpected: true, explanation };
  }
  const wanted = expected === 200 ? '' : `${expected} is expected. `;
  return { asExpected: false, explanation: wanted + explanation };
}

function judgeRefusal(outcome: Outcome): Judgement {
  if (outcome.kind !== 'responded') {
    return { asExpected: false, explanation: explainOutcome(outcome) };
  }
  const { status } = outcome;
  if (status >= 400 && status < 500) {
    return { asExpected: true, explanation: 'Refused, as a web hook with a wrong digest must be.' };
  }
  if (status >= 500) {
    const explanation = `${status} is a failure, not a refusal: answer 401 or 400 to a wrong digest.`;
    return { asExpected: false, explanation };
  }
  if (status >= 300) {
    const explanation = `${status} is a redirect, not a refusal: answer 401 or 400 to a wrong digest.`;
    return { asExpected: false, explanation };
  }
  const explanation = `${status} accepts a web hook whose digest is wrong: anyone can forge one.`;
  return { asExpected: false, explanation };
}
