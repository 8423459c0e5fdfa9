import type { Outcome, Responded } from '../ports.js';
import { DELIVERED_STATUS, INQUD_TIMEOUT_MS } from '../webhook/scheme.js';

/** What an outcome says about the receiver, without what Inqud does next. */
export type Finding =
  | { readonly code: 'delivered' | 'timed-out' | 'blocked' | 'cancelled' }
  /** 200, but Inqud had stopped waiting. */
  | { readonly code: 'delivered-late'; readonly seconds: number }
  | {
      readonly code:
        | 'almost-delivered'
        | 'redirected'
        | 'unauthorised'
        | 'csrf-refused'
        | 'no-handler'
        | 'refused'
        | 'failed';
      readonly status: number;
    }
  /** The reason is a sentence of the transport's. */
  | { readonly code: 'broken' | 'unreachable'; readonly reason: string };

export function findingOf(outcome: Outcome): Finding {
  switch (outcome.kind) {
    case 'responded':
      return isCsrfRefusal(outcome)
        ? { code: 'csrf-refused', status: outcome.status }
        : findingOfStatus(outcome.status, outcome.ms);
    case 'broken':
    case 'unreachable':
      return { code: outcome.kind, reason: outcome.reason };
    case 'timed-out':
    case 'blocked':
    case 'cancelled':
      return { code: outcome.kind };
    default:
      return outcome satisfies never;
  }
}

/** Inqud sends again what is not delivered. */
export function isRetried({ code }: Finding): boolean {
  return code !== 'delivered' && code !== 'cancelled';
}

function findingOfStatus(status: number, ms: number): Finding {
  if (status === DELIVERED_STATUS) return findingOfSuccess(ms);
  if (status > 200 && status < 300) return { code: 'almost-delivered', status };
  if (status >= 300 && status < 400) return { code: 'redirected', status };
  if (status === 401 || status === 403) return { code: 'unauthorised', status };
  if (status === 404 || status === 405) return { code: 'no-handler', status };
  return { code: status < 500 ? 'refused' : 'failed', status };
}

/** How frameworks refuse a POST without the token of their own forms: Laravel has a status for it. */
const CSRF_STATUSES = [400, 403, 422];
const LARAVEL_CSRF = 419;
const CSRF_WORDS = /csrf|authenticity ?token/i;

function isCsrfRefusal({ status, answer }: Responded): boolean {
  if (status === LARAVEL_CSRF) return true;
  if (answer === undefined || !CSRF_STATUSES.includes(status)) return false;
  return CSRF_WORDS.test(new TextDecoder().decode(answer.body));
}

/** To a tenth, so that two that read the same are the same. */
function findingOfSuccess(ms: number): Finding {
  return ms > INQUD_TIMEOUT_MS
    ? { code: 'delivered-late', seconds: Number((ms / 1_000).toFixed(1)) }
    : { code: 'delivered' };
}
