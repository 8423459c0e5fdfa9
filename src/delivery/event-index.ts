import { type Batch, countEvents, countResources, type Plan, type PlannedEvent } from './plan.js';

/**
 * One event of a run, located. `sequence` counts the events in the order in which those that are
 * due together leave, from 0. Batch, resource and event number are its name: faults are drawn by it.
 */
export interface LocatedEvent {
  readonly sequence: number;
  readonly batchNumber: number;
  /** Counts resources within their batch from 0. */
  readonly resource: number;
  /** Counts the resources of the whole run from 0. */
  readonly planResource: number;
  /** Orders the events of one resource: the later one has the greater number. */
  readonly eventNumber: number;
  readonly event: Pick<PlannedEvent, 'dueMs'>;
}

/** What a run delivers: finds events by their place in it, without ever listing them. */
export interface EventIndex {
  /** How many events there are. */
  readonly events: number;
  /** How many resources they are of. */
  readonly resources: number;
  locate(sequence: number): LocatedEvent;
  /** The first event of each line: events that are released one after the other as they are due. */
  lineHeads(): readonly LocatedEvent[];
  /** The next event of its line, which is not due earlier. */
  nextInLine(located: LocatedEvent): LocatedEvent | undefined;
  /** The next event of the same resource. */
  nextOfResource(located: LocatedEvent): LocatedEvent | undefined;
}

interface Stretch {
  readonly batch: Batch;
  readonly batchNumber: number;
  readonly firstSequence: number;
  readonly firstResource: number;
}

/** An event of a plan, with its status. */
export interface LocatedInPlan extends LocatedEvent {
  readonly event: PlannedEvent;
}

export interface PlanIndex extends EventIndex {
  locate(sequence: number): LocatedInPlan;
}

/** The events of a plan. A line is one event number of one batch: its resources one by one. */
export function indexEvents(plan: Plan): PlanIndex {
  const stretches = stretchesOf(plan.batches);
  const locate = (sequence: number) => locateIn(stretchAt(stretches, sequence), sequence);
  const batchOf = ({ batchNumber }: LocatedEvent) => plan.batches[batchNumber] ?? NO_BATCH;
  return {
    events: countEvents(plan),
    resources: countResources(plan),
    locate,
    lineHeads: () =>
      stretches.flatMap(({ batch, firstSequence }) =>
        batch.count === 0 ? [] : batch.events.map((_, number) => locate(firstSequence + number)),
      ),
    nextInLine: (located) => {
      const { count, events } = batchOf(located);
      return located.resource + 1 < count ? locate(located.sequence + events.length) : undefined;
    },
    nextOfResource: (located) => {
      const { events } = batchOf(located);
      return located.eventNumber + 1 < events.length ? locate(located.sequence + 1) : undefined;
    },
  };
}

const NO_BATCH: Pick<Batch, 'count' | 'events'> = { count: 0, events: [] };

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

function locateIn(stretch: Stretch, sequence: number): LocatedInPlan {
  const { batch, batchNumber, firstSequence, firstResource } = stretch;
  const offset = sequence - firstSequence;
  const resource = Math.floor(offset / batch.events.length);
  const eventNumber = offset % batch.events.length;
  const event = batch.events[eventNumber];
  if (event === undefined || resource >= batch.count) {
    throw new RangeError(`no event ${sequence} in the plan`);
  }
  const planResource = firstResource + resource;
  return { sequence, batchNumber, resource, planResource, eventNumber, event };
}
