import type { EventIndex, LocatedEvent } from '../event-index.js';
import type { CapturedEvents } from './captured-events.js';
import type { Received } from './replay-order.js';

export interface CapturedOrder {
  readonly received: Received;
  /** The places in `received` in the order in which they are sent. */
  readonly order: Uint32Array;
  /** Without original times everything is due at once. */
  readonly timing: 'original' | 'at-once';
}

/**
 * Captured requests as the events of a run: one line, in the order in which they are sent. The times
 * stay where they are, whatever is sent at them. A request is named by its number in the capture, so
 * that what is selected and how it is ordered shifts no fault.
 */
export function indexCaptured(
  events: CapturedEvents,
  { received, order, timing }: CapturedOrder,
): EventIndex {
  const locate = (sequence: number): LocatedEvent => {
    const place = order[sequence];
    const number = received.numbers[place ?? order.length];
    if (place === undefined || number === undefined) throw new RangeError('no such request');
    return {
      sequence,
      batchNumber: 0,
      resource: number,
      planResource: events.resource(number),
      eventNumber: place,
      event: { dueMs: timing === 'original' ? (received.offsetsMs[sequence] ?? 0) : 0 },
    };
  };
  const at = (sequence: number) => (sequence < order.length ? locate(sequence) : undefined);
  const successors = lazily(() => successorsOf(order.length, (each) => locate(each).planResource));
  return {
    events: order.length,
    resources: events.resources,
    locate,
    lineHeads: () => (order.length === 0 ? [] : [locate(0)]),
    nextInLine: ({ sequence }) => at(sequence + 1),
    nextOfResource: ({ sequence }) => at(successors()[sequence] ?? order.length),
  };
}

/** For each sequence number the next one of the same resource, or the count where there is none. */
function successorsOf(count: number, resourceOf: (sequence: number) => number): Uint32Array {
  const successors = new Uint32Array(count);
  const nextOf = new Map<number, number>();
  for (let sequence = count - 1; sequence >= 0; sequence -= 1) {
    const resource = resourceOf(sequence);
    successors[sequence] = nextOf.get(resource) ?? count;
    nextOf.set(resource, sequence);
  }
  return successors;
}

function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
