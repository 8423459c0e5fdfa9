import type { Outcome } from '../../ports.js';
import { explainOutcome } from '../explain.js';

/** What the right answer is: a status, or any refusal. */
export type Expectation =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'refusal' };

/** Holds an outcome against what is expected. */
export function judgeAnswer(
  outcome: Outcome,
  expectation: Expectation,
): { readonly asExpected: boolean; readonly explanation: string } {
  const status = outcome.kind === 'responded' ? outcome.status : undefined;
  if (expectation.kind === 'status') {
    return { asExpected: status === expectation.status, explanation: explainOutcome(outcome) };
  }
  if (status === undefined) return { asExpected: false, explanation: explainOutcome(outcome) };
  if (status >= 400 && status < 500) {
    return { asExpected: true, explanation: 'Refused, as a web hook with a wrong digest must be.' };
  }
  const explanation =
    status >= 500
      ? `${status} is a failure, not a refusal: answer 401 or 400 to a wrong digest.`
      : `${status} accepts a web hook whose digest is wrong: anyone can forge one.`;
  return { asExpected: false, explanation };
}
