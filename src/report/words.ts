import type { Finding } from '../delivery/findings.js';
import type { NewField } from '../delivery/new-fields.js';
import type { Outcome } from '../ports.js';
import { answerTime } from './time.js';

/** What a report says about a sending beside its records. */
export type SendNote =
  | NewField
  /** There is no secret. */
  | { readonly code: 'unsigned' };

export function sendNoteText(note: SendNote): string {
  if (note.code === 'unsigned')
    return 'no secret is given (INQUD_HOOK_SECRET), so nothing is signed';
  const { kind, name, meant } = note;
  const hint = meant === undefined ? '.' : `; did you mean "${meant}"?`;
  return `${kind} has no "${name}", so it is added${hint}`;
}

/** What came of an attempt, in a few words. */
export function outcomeText(outcome: Outcome): string {
  return outcome.kind === 'responded'
    ? `${outcome.status} in ${answerTime(outcome.ms)}`
    : outcome.kind.replace('-', ' ');
}

/** What an answer says about the receiver. */
export function findingText(finding: Finding, isSigned = true): string {
  switch (finding.code) {
    case 'delivered':
      return 'Delivered: 200 is what Inqud counts.';
    case 'delivered-late':
      return `200, but after ${finding.seconds.toFixed(1)} s: Inqud waits 10 s.`;
    case 'almost-delivered':
      return `${finding.status} is not 200: Inqud counts exactly 200 as delivered.`;
    case 'redirected':
      return `${finding.status} is a redirect, and a redirect is not 200: register the final URL.`;
    case 'unauthorised':
      return isSigned
        ? `${finding.status} refuses the web hook: check the secret, and that the digest is over the raw body.`
        : `${finding.status} refuses the web hook, which has no digest: a receiver has to do so.`;
    case 'csrf-refused':
      return `${finding.status} is the CSRF protection of the framework: take the path of the web hook out of it.`;
    case 'no-handler':
      return `${finding.status}: no handler answers a POST on this path.`;
    case 'refused':
      return `${finding.status} refuses the web hook.`;
    case 'failed':
      return `${finding.status} is a failure of the receiver.`;
    case 'timed-out':
      return 'No answer came in time: store the web hook, answer 200, work later. Inqud waits 10 s.';
    case 'broken':
    case 'unreachable':
      return finding.reason;
    case 'blocked':
      return 'A fault of this run kept it away.';
    case 'cancelled':
      return 'The run was interrupted.';
    default:
      return finding satisfies never;
  }
}
