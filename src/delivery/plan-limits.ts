import { FAULTS } from './faults/registry.js';
import { countEvents, countResources, type Plan } from './plan.js';
import { MOST_RETRIES } from './queue-order.js';

const MOST_EVENTS = 1_000_000_000;
const MOST_EVENTS_OF_A_RESOURCE = 10_000;
/** Each takes four bytes of a run's memory. */
const MOST_RESOURCES = 100_000_000;
/** Time stamps have four digits for the year, and some of a body lie days after its event. */
const LATEST_EVENT_MS = Date.UTC(9999, 0, 1);

/** Says why a plan cannot be carried out, as a clause without a full stop. */
export function limitExceeded(plan: Plan): string | undefined {
  const { waitsMs, batches, epochMs, faults } = plan;
  const lastEventMs = largest(batches.flatMap(({ events }) => events.map(({ dueMs }) => dueMs)));
  const longestLife = largest(batches.map(({ events }) => events.length));
  if (waitsMs.length > MOST_RETRIES) return `it has more than ${MOST_RETRIES} retries`;
  if (countResources(plan) > MOST_RESOURCES) return 'it has more than 100 million resources';
  if (longestLife > MOST_EVENTS_OF_A_RESOURCE) return 'a resource has more than 10,000 events';
  if (countEvents(plan) > MOST_EVENTS) return 'it has more than 1,000 million events';
  if (epochMs < 0) return 'it starts before 1970';
  if (epochMs + lastEventMs > LATEST_EVENT_MS) return 'its last event is after the year 9998';
  return FAULTS.map((fault) => fault.problem?.(faults)).find((problem) => problem !== undefined);
}

/** A spread of this many numbers may be more than a call takes. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}
