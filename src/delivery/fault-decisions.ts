import { createDraw, type Draw } from './draw.js';
import type { EventIndex, LocatedEvent } from './event-index.js';
import type { DeliveryRules, Faults, Window } from './plan.js';

/** A duplicate beside an attempt, or some plan time after its 200. */
export type Duplicate =
  | { readonly kind: 'concurrent' }
  | { readonly kind: 'later'; readonly delayMs: number };

/** What goes wrong with which attempt: pure functions of seed, fault, event and attempt number. */
export interface FaultDecisions {
  isDropped(located: LocatedEvent): boolean;
  /** How late the first attempt is, in plan milliseconds. */
  lateMs(located: LocatedEvent): number;
  /** The outage the plan time falls in. */
  outageAt(planMs: number): Window | undefined;
  /** What hides the answer of an attempt. `turn` counts this event's answered attempts, this one included. */
  hidden(located: LocatedEvent, attempt: number, turn: number): 'lost-ack' | 'overlap' | undefined;
  duplicate(located: LocatedEvent, attempt: number, turn: number): Duplicate | undefined;
  /** The wait shortened by the plan's jitter. */
  jittered(waitMs: number, located: LocatedEvent, attempt: number): number;
}

/** A duplicate that comes after its 200 comes within half an hour of plan time. */
const LONGEST_DUPLICATE_DELAY_MS = 30 * 60_000;

export function decideFaults(rules: DeliveryRules, index: EventIndex): FaultDecisions {
  const draw = createDraw(rules.seed);
  const { faults, jitter } = rules;
  const owed = faults.atLeastOnce ? chooseOwed(faults, index, draw) : NOTHING_OWED;
  const hits = (
    purpose: 'lost-ack' | 'overlap' | 'duplicate' | 'drop',
    rate: number,
    located: LocatedEvent,
    attempt: number,
  ) => rate > 0 && draw(purpose, keyOf(located), attempt) < rate;

  return {
    isDropped: (located) => hits('drop', faults.drops, located, 0),
    lateMs: (located) => {
      if (faults.reorderMs === 0) return 0;
      if (isOwed(owed.late, located, 1)) return faults.reorderMs;
      return Math.floor(draw('late', keyOf(located), 0) * faults.reorderMs);
    },
    outageAt: (planMs) =>
      faults.outages.find(({ fromMs, toMs }) => planMs >= fromMs && planMs < toMs),
    hidden: (located, attempt, turn) => {
      if (isOwed(owed.overlap, located, turn)) return 'overlap';
      if (isOwed(owed.lostAck, located, turn)) return 'lost-ack';
      if (hits('overlap', faults.overlaps, located, attempt)) return 'overlap';
      return hits('lost-ack', faults.lostAcks, located, attempt) ? 'lost-ack' : undefined;
    },
    duplicate: (located, attempt, turn) => {
      if (isOwed(owed.duplicate, located, turn)) return { kind: 'concurrent' };
      if (!hits('duplicate', faults.duplicates, located, attempt)) return undefined;
      return duplicateKind(draw, located, attempt);
    },
    jittered: (waitMs, located, attempt) =>
      jitter === 0
        ? waitMs
        : Math.round(waitMs * (1 - jitter * draw('jitter', keyOf(located), attempt))),
  };
}

function duplicateKind(draw: Draw, located: LocatedEvent, attempt: number): Duplicate {
  const key = keyOf(located);
  if (draw('duplicate-kind', key, attempt) < 0.5) return { kind: 'concurrent' };
  const delayMs = Math.ceil(draw('duplicate-delay', key, attempt) * LONGEST_DUPLICATE_DELAY_MS);
  return { kind: 'later', delayMs };
}

function keyOf(located: LocatedEvent) {
  return {
    batch: located.batchNumber,
    resource: located.resource,
    event: located.eventNumber,
  };
}

/** The one attempt a fault is sure to hit: the `turn`-th that an event gets an answer to. */
interface Owed {
  readonly sequence: number;
  readonly turn: number;
}

interface OwedFaults {
  readonly late: Owed | undefined;
  readonly lostAck: Owed | undefined;
  readonly overlap: Owed | undefined;
  readonly duplicate: Owed | undefined;
}

const NOTHING_OWED: OwedFaults = {
  late: undefined,
  lostAck: undefined,
  overlap: undefined,
  duplicate: undefined,
};

function isOwed(owed: Owed | undefined, located: LocatedEvent, turn: number): boolean {
  return owed !== undefined && owed.sequence === located.sequence && owed.turn === turn;
}

/**
 * Picks an event for each fault. Neighbours in plan order take the faults in turn, so that they
 * spread over the events there are; in a plan of one event they hit one attempt after the other.
 */
function chooseOwed(faults: Faults, index: EventIndex, draw: Draw): OwedFaults {
  const { events } = index;
  const start = Math.floor(draw('chaos-choice', { batch: 0, resource: 0, event: 0 }, 0) * events);
  const pick = (place: number): Owed => ({
    sequence: (start + place) % events,
    turn: 1 + Math.floor(place / events),
  });
  return {
    lostAck: faults.lostAcks > 0 ? pick(0) : undefined,
    overlap: faults.overlaps > 0 ? pick(1) : undefined,
    duplicate: faults.duplicates > 0 ? pick(2) : undefined,
    late: faults.reorderMs > 0 ? latePick(index, faults, start) : undefined,
  };
}

/** An event that a full delay lets a later one of its resource overtake; else any. */
function latePick(index: EventIndex, { reorderMs }: Faults, start: number): Owed {
  const { events } = index;
  const limit = Math.min(events, 1_000);
  for (let place = 0; place < limit; place += 1) {
    const located = index.locate((start + 3 + place) % events);
    const next = index.nextOfResource(located);
    const isOvertaken = next !== undefined && next.event.dueMs < located.event.dueMs + reorderMs;
    if (isOvertaken) return { sequence: located.sequence, turn: 1 };
  }
  return { sequence: start, turn: 1 };
}
