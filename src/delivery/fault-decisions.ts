import { createDraw, type Draw } from './draw.js';
import type { EventIndex, LocatedEvent } from './event-index.js';
import { chooseOwed, isOwed } from './owed-faults.js';
import type { DeliveryRules, Window } from './plan.js';

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
  /** The event that is late for sure, when every fault is owed at least once. */
  readonly surelyLate: LocatedEvent | undefined;
}

/** A duplicate that comes after its 200 comes within half an hour of plan time. */
const LONGEST_DUPLICATE_DELAY_MS = 30 * 60_000;

export function decideFaults(rules: DeliveryRules, index: EventIndex): FaultDecisions {
  const draw = createDraw(rules.seed);
  const { faults, jitter } = rules;
  const hits = (
    purpose: 'lost-ack' | 'overlap' | 'duplicate' | 'drop',
    rate: number,
    located: LocatedEvent,
    attempt: number,
  ) => rate > 0 && draw(purpose, keyOf(located), attempt) < rate;
  const isDropped = (located: LocatedEvent) => hits('drop', faults.drops, located, 0);
  const owed = chooseOwed(faults, index, draw, isDropped);

  return {
    isDropped,
    surelyLate: owed.late,
    lateMs: (located) => {
      if (located.sequence === owed.late?.sequence) return faults.reorderMs;
      if (located.sequence === owed.overtaker?.sequence || faults.reorderMs === 0) return 0;
      return Math.floor(draw('late', keyOf(located), 0) * faults.reorderMs);
    },
    outageAt: (planMs) =>
      faults.outages.find(({ fromMs, toMs }) => planMs >= fromMs && planMs < toMs),
    hidden: (located, attempt, turn) => {
      if (isOwed(owed.overlap, located, turn)) return 'overlap';
      if (isOwed(owed.lostAck, located, turn)) return 'lost-ack';
      if (isOwed(owed.duplicate, located, turn)) return undefined;
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
  const share = draw('duplicate-delay', key, attempt);
  return { kind: 'later', delayMs: 1 + Math.floor(share * LONGEST_DUPLICATE_DELAY_MS) };
}

function keyOf(located: LocatedEvent) {
  return {
    batch: located.batchNumber,
    resource: located.resource,
    event: located.eventNumber,
  };
}
