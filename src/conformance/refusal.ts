import { findingOf } from '../delivery/findings.js';
import type { Outcome } from '../ports.js';
import type { Advice, CheckFinding } from './grounds.js';
import { shortened } from './shown-text.js';

/** So much of an answer is kept, and shown. */
export const ANSWER_BYTES = 4_096;

/** What came instead of a 200, with the start of what the receiver said. */
export function refusalOf(outcome: Outcome): CheckFinding {
  return { code: 'answer', finding: findingOf(outcome), said: answerStart(outcome) };
}

/** What to do about a receiver that takes nothing; `undefined` where the rule's own advice fits. */
export function adviceFor(outcome: Outcome, makesOrders: boolean): Advice | undefined {
  const advice = adviceForOutcome(outcome);
  const isOfOrders = typeof advice === 'object' && advice.code === 'known-orders';
  return isOfOrders && makesOrders ? { code: 'prepared-unknown' } : advice;
}

function adviceForOutcome(outcome: Outcome): Advice | undefined {
  switch (outcome.kind) {
    case 'responded':
      return findingOf(outcome).code === 'csrf-refused'
        ? { code: 'exempt-from-csrf' }
        : adviceForStatus(outcome.status);
    case 'timed-out':
      return { code: 'answer-first' };
    case 'unreachable':
      return { code: 'start-it' };
    case 'broken':
      return { code: 'check-url' };
    default:
      return undefined;
  }
}

function adviceForStatus(status: number): Advice | undefined {
  if (status === 404 || status === 422 || status === 409 || status === 410) {
    return { code: 'known-orders' };
  }
  if (status === 405) return { code: 'take-posts' };
  if (status >= 300 && status < 400) return { code: 'final-url' };
  return status >= 500 ? { code: 'look-into-log' } : undefined;
}

/** The start of an answer in one line; for a redirect where it leads. */
function answerStart(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'responded' || outcome.answer === undefined) return undefined;
  const { headers, body } = outcome.answer;
  const isRedirect = outcome.status >= 300 && outcome.status < 400;
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (isRedirect && location !== undefined) return `Location: ${shortened(location)}`;
  const text = shortened(new TextDecoder().decode(body));
  return text === '' ? undefined : text;
}
