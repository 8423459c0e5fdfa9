import type { Outcome } from '../../ports.js';
import type { Kind } from '../../webhook/catalogue.js';
import { type Execution, isLimited, isOk, unanswered } from '../lab/exchange.js';

/** A kind that is not taken, or not as a whole, and what came instead of a 200. */
export interface SkippedKind extends SkippedAnswer {
  readonly kind: string;
  /** The whole of the answer; undefined when nothing came at all. */
  readonly outcome: Outcome | undefined;
  /** Some of its web hooks are answered 200, and others not. */
  readonly takenInPart: boolean;
  /**
   * Each of its web hooks got a 4xx, in time: the receiver is not for this kind, and is right to say
   * so. Whatever else came (a 5xx, nothing in time, a mix) is no such decision.
   */
  readonly isDeclined: boolean;
}

export interface SkippedAnswer {
  readonly code: 'skipped';
  /** Undefined for the first one, when nothing came at all. */
  readonly event: string | undefined;
  readonly came: Came;
}

/** What came of a web hook. */
export type Came =
  | { readonly code: 'status'; readonly status: number }
  | { readonly code: 'nothing' | Exclude<Outcome['kind'], 'responded'> };

/** How a kind is skipped whose usual life was answered so; undefined when all of it is taken. */
export function skippedBy({ kind }: Kind, execution: Execution): SkippedKind | undefined {
  const { exchanges } = execution;
  const takenInPart = exchanges.some(({ outcome }) => isOk(outcome));
  const isDeclined = exchanges.length > 0 && exchanges.every(isDecline);
  const about = { code: 'skipped', kind, takenInPart, isDeclined } as const;
  const [first] = unanswered(exchanges);
  if (first !== undefined) {
    const { delivery, outcome } = first;
    return { ...about, event: delivery.event, came: cameOf(outcome), outcome };
  }
  if (exchanges.length > 0) return undefined;
  return { ...about, event: undefined, came: { code: 'nothing' }, outcome: undefined };
}

function isDecline(exchange: { readonly outcome: Outcome }): boolean {
  const { outcome } = exchange;
  if (outcome.kind !== 'responded' || isLimited(exchange)) return false;
  return outcome.status >= 400 && outcome.status < 500;
}

function cameOf(outcome: Outcome): Came {
  return outcome.kind === 'responded'
    ? { code: 'status', status: outcome.status }
    : { code: outcome.kind };
}
