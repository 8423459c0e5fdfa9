import type { InqudEvent } from './inqud-event.js';
import { isFinal, statusNamed } from './status.js';

/** Where Inqud's documentation leaves room, and shops differ. */
export interface Policy {
  /** True when the event's status replaces the one on record. */
  readonly supersedes: (next: InqudEvent, recorded: InqudEvent) => boolean;
  /** What the resource brings the merchant, or undefined when nothing. */
  readonly creditFor: (event: InqudEvent) => string | undefined;
}

/** The first final status stays; a conflict waits for a person; success brings the amount. */
export const STRICT: Policy = {
  supersedes: (next, recorded) => rankOf(next) > rankOf(recorded),
  creditFor: (event) => {
    const outcome = statusNamed(event.status)?.outcome;
    return outcome === 'success' || outcome === 'partial' ? event.amount : undefined;
  },
};

/** Of two final statuses the later one counts: Inqud's support may have moved the payment. */
export function laterFinalWins(next: InqudEvent, recorded: InqudEvent): boolean {
  return bothFinal(next, recorded)
    ? (next.happenedAt ?? '') >= (recorded.happenedAt ?? '')
    : STRICT.supersedes(next, recorded);
}

/** Of two final statuses the one that brings money counts. */
export function successWins(next: InqudEvent, recorded: InqudEvent): boolean {
  return bothFinal(next, recorded)
    ? STRICT.creditFor(next) !== undefined && STRICT.creditFor(recorded) === undefined
    : STRICT.supersedes(next, recorded);
}

/** An unfreeze shows at once: of FROZEN and PENDING the last to come counts. */
export function unfreezeShows(next: InqudEvent, recorded: InqudEvent): boolean {
  const isThaw = recorded.status === 'FROZEN' && next.status === 'PENDING';
  return isThaw || STRICT.supersedes(next, recorded);
}

/** A conflict brings what was really paid. */
export function creditsConflicts(event: InqudEvent): string | undefined {
  return event.status === 'CONFLICT' ? event.paid : STRICT.creditFor(event);
}

function bothFinal(...events: readonly InqudEvent[]): boolean {
  return events.every(({ status }) => isFinal(statusNamed(status) ?? { rank: 0 }));
}

function rankOf(event: InqudEvent): number {
  return statusNamed(event.status)?.rank ?? -1;
}
