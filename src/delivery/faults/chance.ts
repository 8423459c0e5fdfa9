import { createDraw, type Draw, type Purpose } from '../draw.js';
import type { EventIndex, LocatedEvent } from '../event-index.js';
import type { DeliveryRules, Faults } from '../plan.js';

/** The `turn`-th attempt of an event that gets an answer: what a fault is sure to hit. */
export interface SureAttempt {
  readonly sequence: number;
  readonly turn: number;
}

/** A fault, as far as it drops events. */
interface MayDrop {
  readonly dropping?: (chance: FaultChance) => ((located: LocatedEvent) => boolean) | undefined;
}

/** A plan of millions is not searched from end to end. */
const SEARCHED_EVENTS = 1_000;

/** What the faults of one plan are drawn from, and what they are sure to hit. */
export class FaultChance {
  readonly faults: Faults;
  readonly jitter: number;
  readonly index: EventIndex;
  readonly isDropped: (located: LocatedEvent) => boolean;
  readonly #draw: Draw;
  #sureEvents: readonly LocatedEvent[] | undefined;

  /** Those that drop events are asked at once: nothing else befalls what is never sent. */
  constructor(
    { seed, faults, jitter }: DeliveryRules,
    index: EventIndex,
    dropping: readonly MayDrop[],
  ) {
    this.faults = faults;
    this.jitter = jitter;
    this.index = index;
    this.#draw = createDraw(seed);
    const droppings = dropping.flatMap((fault) => fault.dropping?.(this) ?? []);
    this.isDropped = (located) => {
      for (const drops of droppings) if (drops(located)) return true;
      return false;
    };
  }

  /** A number in [0, 1) for an attempt of an event; attempt 0 is the event itself. */
  draw(purpose: Purpose, located: LocatedEvent, attempt: number): number {
    const { batchNumber, resource, eventNumber } = located;
    return this.#draw(purpose, { batch: batchNumber, resource, event: eventNumber }, attempt);
  }

  /**
   * Where each fault is to happen at least once: events that are not dropped, in plan order from a
   * drawn one on.
   */
  get sureEvents(): readonly LocatedEvent[] {
    this.#sureEvents ??= this.faults.atLeastOnce ? this.#sentEvents() : [];
    return this.#sureEvents;
  }

  /**
   * Neighbours in plan order take the faults in turn, so that they spread over the events there are; in
   * a plan of one event they hit one attempt after the other. Each fault has a place of its own.
   */
  sureAttempt(place: number): SureAttempt | undefined {
    const { length } = this.sureEvents;
    const event = this.sureEvents[place % length];
    return event && { sequence: event.sequence, turn: 1 + Math.floor(place / length) };
  }

  #sentEvents(): readonly LocatedEvent[] {
    const { events } = this.index;
    const share = this.#draw('chaos-choice', { batch: 0, resource: 0, event: 0 }, 0);
    const start = Math.floor(share * events);
    return Array.from({ length: Math.min(events, SEARCHED_EVENTS) }, (_, place) =>
      this.index.locate((start + place) % events),
    ).filter((located) => !this.isDropped(located));
  }
}
