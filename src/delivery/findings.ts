import type { Outcome } from '../ports.js';
import { INQUD_TIMEOUT_MS } from './schedule.js';

/** What an outcome says about the receiver, without what Inqud does next. */
export function findingOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'responded':
      return findingOfStatus(outcome.status, outcome.ms);
    case 'timed-out':
      return 'No answer came in time: store the web hook, answer 200, work later. Inqud waits 10 s.';
    case 'broken':
    case 'unreachable':
      return outcome.reason;
    case 'blocked':
      return 'A fault of this run kept it away.';
    case 'cancelled':
      return 'The run was interrupted.';
    default:
      return outcome satisfies never;
  }
}

function findingOfStatus(status: number, ms: number): string {
  if (status === 200) return findingOfSuccess(ms);
  if (status > 200 && status < 300) {
    return `${status} is not 200: Inqud counts exactly 200 as delivered.`;
  }
  if (status >= 300 && status < 400) {
    return `${status} is a redirect, and a redirect is not 200: register the final URL.`;
  }
  if (status === 401 || status === 403) {
    return `${status} refuses the web hook: check the secret, and that the digest is over the raw body.`;
  }
  if (status === 404 || status === 405) return `${status}: no handler answers a POST on this path.`;
  return status < 500
    ? `${status} refuses the web hook.`
    : `${status} is a failure of the receiver.`;
}

function findingOfSuccess(ms: number): string {
  return ms > INQUD_TIMEOUT_MS
    ? `200, but after ${(ms / 1_000).toFixed(1)} s: Inqud waits 10 s.`
    : 'Delivered: 200 is what Inqud counts.';
}
