import { findingOf } from '../delivery/findings.js';
import { INQUD_TIMEOUT_MS } from '../delivery/schedule.js';
import type { Outcome } from '../ports.js';

/** What Inqud makes of an outcome, and why: a sentence or two. */
export function explainOutcome(outcome: Outcome): string {
  const finding = findingOf(outcome);
  return isDelivered(outcome) || outcome.kind === 'cancelled'
    ? finding
    : `${finding} Inqud retries.`;
}

function isDelivered(outcome: Outcome): boolean {
  return outcome.kind === 'responded' && outcome.status === 200 && outcome.ms <= INQUD_TIMEOUT_MS;
}
