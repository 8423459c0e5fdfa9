import type { Outcome } from '../ports.js';
import { bodyDocument } from './body-document.js';

/** An outcome for programs: times to a hundredth of a millisecond, the answer's body as text if it is. */
export function outcomeDocument(outcome: Outcome) {
  if (!('ms' in outcome)) return outcome;
  const rounded = { ...outcome, ms: Math.round(outcome.ms * 100) / 100 };
  if (rounded.kind !== 'responded' || rounded.answer === undefined) return rounded;
  const { headers, body, bodyCut } = rounded.answer;
  return { ...rounded, answer: { headers, ...bodyDocument(body), bodyCut } };
}
