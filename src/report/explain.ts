import type { Outcome } from '../ports.js';

/** What Inqud would make of an outcome, in a sentence or two. */
export function explainOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'responded':
      return explainStatus(outcome.status);
    case 'timed-out':
      return 'No answer came in time. Inqud waits 10 s, then retries. Store the web hook, answer 200, work later.';
    case 'broken':
      return `${outcome.reason} Inqud retries.`;
    case 'unreachable':
      return `${outcome.reason} Inqud retries.`;
    case 'blocked':
      return 'A fault of this run kept it away.';
    case 'cancelled':
      return 'The run was interrupted.';
    default:
      return outcome satisfies never;
  }
}

function explainStatus(status: number): string {
  if (status === 200) return 'Delivered: 200 is what Inqud counts.';
  if (status > 200 && status < 300) {
    return `${status} is not 200: Inqud counts exactly 200 as delivered, and retries this.`;
  }
  if (status >= 300 && status < 400) {
    return `${status} redirects: a redirect is not 200, so Inqud retries. Register the final URL.`;
  }
  if (status === 401 || status === 403) {
    return `${status} refuses the web hook: check the secret and that the digest is over the raw body. Inqud retries.`;
  }
  if (status === 404 || status === 405) {
    return `${status}: no handler answers a POST on this path. Inqud retries.`;
  }
  if (status < 500)
    return `${status} refuses the web hook. Inqud retries, and gets the same answer.`;
  return `${status} is a failure of the receiver. Inqud retries.`;
}
