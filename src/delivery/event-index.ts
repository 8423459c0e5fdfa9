import type { Batch, Plan, PlannedEvent } from './plan.js';

/** One event of a plan, located. `sequence` counts the events in plan order from 0. */
export interface LocatedEvent {
  readonly sequence: number;
  readonly batchNumber: number;
  readonly batch: Batch;
  /** Counts resources within their batch from 0. */
  readonly resource: number;
  /** Counts the resources of the whole plan from 0. */
  readonly planResource: number;
  /** Counts the events within their resource from 0. */
  readonly eventNumber: number;
  readonly event: PlannedEvent;
}

/** Finds events by their place in plan order, without ever listing them. */
export interface EventIndex {
  locate(sequence: number): LocatedEvent;
  /** The first event of each line of like events: one entry per batch and event number. */
  lineHeads(): readonly LocatedEvent[];
}

interface Stretch {
  readonly batch: Batch;
  readonly batchNumber: number;
  readonly firstSequence: number;
  readonly firstResource: number;
}

export function indexEvents(plan: Plan): EventIndex {
  const stretches = stretchesOf(plan.batches);
  const locate = (sequence: number) => locateIn(stretchAt(stretches, sequence), sequence);
  return {
    locate,
    lineHeads: () =>
      stretches.flatMap(({ batch, firstSequence }) =>
        batch.count === 0 ? [] : batch.events.map((_, number) => locate(firstSequence + number)),
      ),
  };
}

function stretchesOf(batches: readonly Batch[]): readonly Stretch[] {
  let firstSequence = 0;
  let firstResource = 0;
  return batches.map((batch, batchNumber) => {
    const stretch = { batch, batchNumber, firstSequence, firstResource };
    firstSequence += batch.count * batch.events.length;
    firstResource += batch.count;
    return stretch;
  });
}

/** Binary search: the last stretch that starts at or before the sequence number. */
function stretchAt(stretches: readonly Stretch[], sequence: number): Stretch {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.firstSequence ?? 0) <= sequence) low = middle;
    else high = middle - 1;
  }
  const stretch = stretches[low];
  if (stretch === undefined) throw new RangeError(`no event ${sequence} in an empty plan`);
  return stretch;
}

function locateIn(stretch: Stretch, sequence: number): LocatedEvent {
  const { batch, batchNumber, firstSequence, firstResource } = stretch;
  const offset = sequence - firstSequence;
  const resource = Math.floor(offset / batch.events.length);
  const eventNumber = offset % batch.events.length;
  const event = batch.events[eventNumber];
  if (event === undefined || resource >= batch.count) {
    throw new RangeError(`no event ${sequence} in the plan`);
  }
  const planResource = firstResource + resource;
  return { sequence, batchNumber, batch, resource, planResource, eventNumber, event };
}
