import type { Outcome } from '../ports.js';
import type { LocatedEvent } from './event-index.js';

/** How far the receiver has seen each resource get. */
export interface Arrivals {
  /** Takes an outcome in. True when a later event of the resource had reached the receiver before. */
  isOvertaken(located: LocatedEvent, outcome: Outcome): boolean;
}

export function noteArrivals(resources: number): Arrivals {
  const furthest = new Uint32Array(resources);
  return {
    isOvertaken: ({ planResource, eventNumber }, outcome) => {
      if (!hasReached(outcome)) return false;
      const place = eventNumber + 1;
      const before = furthest[planResource] ?? 0;
      furthest[planResource] = Math.max(before, place);
      return before > place;
    },
  };
}

/** True when the receiver may have seen the request. */
export function hasReached({ kind }: Outcome): boolean {
  return kind === 'responded' || kind === 'timed-out' || kind === 'broken';
}
