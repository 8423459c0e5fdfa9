import type { Draw } from './draw.js';
import type { EventIndex, LocatedEvent } from './event-index.js';
import type { Faults } from './plan.js';

/** The `turn`-th attempt of an event that gets an answer. */
interface OwedAttempt {
  readonly sequence: number;
  readonly turn: number;
}

/** What the faults are sure to hit when each is to happen at least once. */
export interface OwedFaults {
  readonly lostAck: OwedAttempt | undefined;
  readonly overlap: OwedAttempt | undefined;
  readonly duplicate: OwedAttempt | undefined;
  /** The event whose first attempt is as late as can be. */
  readonly late: LocatedEvent | undefined;
  /** The event that overtakes it, because it is not late at all. */
  readonly overtaker: LocatedEvent | undefined;
}

const NOTHING_OWED: OwedFaults = {
  lostAck: undefined,
  overlap: undefined,
  duplicate: undefined,
  late: undefined,
  overtaker: undefined,
};

/** A plan of millions is not searched from end to end. */
const SEARCHED_EVENTS = 1_000;

/**
 * Picks an attempt for each fault that the plan turns on. Neighbours in plan order take the faults in
 * turn, so that they spread over the events there are; in a plan of one event they hit one attempt
 * after the other.
 */
export function chooseOwed(
  faults: Faults,
  index: EventIndex,
  draw: Draw,
  isDropped: (located: LocatedEvent) => boolean,
): OwedFaults {
  const events = faults.atLeastOnce ? sentEvents(index, draw, isDropped) : [];
  if (events.length === 0) return NOTHING_OWED;
  const pick = (place: number): OwedAttempt => ({
    sequence: events[place % events.length]?.sequence ?? 0,
    turn: 1 + Math.floor(place / events.length),
  });
  return {
    lostAck: faults.lostAcks > 0 ? pick(0) : undefined,
    overlap: faults.overlaps > 0 ? pick(1) : undefined,
    duplicate: faults.duplicates > 0 ? pick(2) : undefined,
    ...chooseLate([...events.slice(3), ...events.slice(0, 3)], index, faults, isDropped),
  };
}

export function isOwed(
  owed: OwedAttempt | undefined,
  { sequence }: LocatedEvent,
  turn: number,
): boolean {
  return owed !== undefined && owed.sequence === sequence && owed.turn === turn;
}

/** Events in plan order that are not dropped, from a drawn one on. */
function sentEvents(
  index: EventIndex,
  draw: Draw,
  isDropped: (located: LocatedEvent) => boolean,
): readonly LocatedEvent[] {
  const { events } = index;
  const start = Math.floor(draw('chaos-choice', { batch: 0, resource: 0, event: 0 }, 0) * events);
  return Array.from({ length: Math.min(events, SEARCHED_EVENTS) }, (_, place) =>
    index.locate((start + place) % events),
  ).filter((located) => !isDropped(located));
}

/** Of these events one that the longest delay lets the next of its resource overtake; else any. */
function chooseLate(
  events: readonly LocatedEvent[],
  index: EventIndex,
  faults: Faults,
  isDropped: (located: LocatedEvent) => boolean,
): Pick<OwedFaults, 'late' | 'overtaker'> {
  for (const late of events) {
    const overtaker = index.nextOfResource(late);
    if (overtaker === undefined || isDropped(overtaker)) continue;
    const isEarlier = overtaker.event.dueMs < late.event.dueMs + faults.reorderMs;
    if (isEarlier) return { late, overtaker };
  }
  return { late: events[0], overtaker: undefined };
}
