import type { Outcome } from '../ports.js';
import { isDelivered } from '../webhook/scheme.js';
import type { EventIndex } from './event-index.js';
import { Latencies } from './latencies.js';
import type { DeliveryRules } from './plan.js';
import type { AttemptRecord, EventLabel, LostEvent, RunRecord, RunSummary } from './records.js';

/** Adds up records as they pass, in constant memory. */
export interface Tally {
  add(record: RunRecord): void;
  summary(run: { readonly interrupted: boolean }): RunSummary;
}

/** Lost and withheld events beyond this many are counted, not listed. */
const LISTED_EVENTS = 100;

export function createTally({ timeoutMs }: DeliveryRules, { events: total }: EventIndex): Tally {
  const latencies = new Latencies();
  const deliveredOnAttempt: number[] = [];
  const statuses: Record<string, number> = {};
  const lostEvents: LostEvent[] = [];
  const withheldEvents: EventLabel[] = [];
  const events = { delivered: 0, lost: 0, withheld: 0 };
  const attempts = { sent: 0, retries: 0, timedOut: 0, broken: 0, unreachable: 0 };
  const faults = {
    late: 0,
    lostAcks: 0,
    overlaps: 0,
    overlapsMissed: 0,
    blocked: 0,
    dropped: 0,
    duplicates: 0,
    duplicatesRefused: 0,
  };
  let outOfOrder = 0;
  let lastPlanMs = 0;

  const addOutcome = ({ outcome, attempt, duplicate }: AttemptRecord): void => {
    switch (outcome.kind) {
      case 'responded':
        statuses[outcome.status] = (statuses[outcome.status] ?? 0) + 1;
        latencies.add(outcome.ms);
        break;
      case 'timed-out':
        attempts.timedOut += 1;
        break;
      case 'broken':
        attempts.broken += 1;
        break;
      case 'unreachable':
        attempts.unreachable += 1;
        break;
      case 'blocked':
        faults.blocked += 1;
        return;
      case 'cancelled':
        return;
      default:
        return outcome satisfies never;
    }
    attempts.sent += 1;
    if (attempt > 1 && duplicate === undefined) attempts.retries += 1;
  };

  const addFaults = (record: AttemptRecord): void => {
    if (record.lateMs !== undefined) faults.late += 1;
    if (record.outOfOrder === true) outOfOrder += 1;
    if (record.fault?.kind === 'lost-ack') faults.lostAcks += 1;
    if (record.fault?.kind === 'overlap') {
      if (record.fault.missed) faults.overlapsMissed += 1;
      else faults.overlaps += 1;
    }
  };

  const addDuplicate = (outcome: Outcome): void => {
    if (outcome.kind === 'blocked' || outcome.kind === 'cancelled') return;
    faults.duplicates += 1;
    if (!isDelivered(outcome)) faults.duplicatesRefused += 1;
  };

  const addWithheld = ({ event, resource }: EventLabel): void => {
    events.withheld += 1;
    if (withheldEvents.length < LISTED_EVENTS) withheldEvents.push({ event, resource });
  };

  const addNext = (record: AttemptRecord): void => {
    if (record.next.kind === 'withheld') addWithheld(record);
    if (record.next.kind === 'lost') {
      events.lost += 1;
      if (lostEvents.length < LISTED_EVENTS) lostEvents.push(lostEvent(record));
    }
    if (record.next.kind === 'delivered') {
      events.delivered += 1;
      while (deliveredOnAttempt.length < record.attempt) deliveredOnAttempt.push(0);
      deliveredOnAttempt[record.attempt - 1] = (deliveredOnAttempt[record.attempt - 1] ?? 0) + 1;
    }
  };

  return {
    add: (record) => {
      lastPlanMs = Math.max(lastPlanMs, record.planMs);
      if (record.kind === 'dropped') {
        faults.dropped += 1;
        return addWithheld(record);
      }
      addOutcome(record);
      if (record.duplicate !== undefined) return addDuplicate(record.outcome);
      addFaults(record);
      addNext(record);
    },
    summary: ({ interrupted }) => ({
      kind: 'summary',
      events: { total, ...events, open: total - events.delivered - events.lost - events.withheld },
      deliveredOnAttempt: [...deliveredOnAttempt],
      attempts: { ...attempts, statuses: { ...statuses } },
      faults: { ...faults },
      outOfOrder,
      acknowledgement: latencies.summary(),
      almostDelivered: countStatuses(statuses, 201, 299),
      redirects: countStatuses(statuses, 300, 399),
      timeoutMs,
      lastPlanMs,
      lostEvents: [...lostEvents],
      withheldEvents: [...withheldEvents],
      interrupted,
    }),
  };
}

function lostEvent(record: AttemptRecord): LostEvent {
  const { event, resource, attempt, outcome } = record;
  return { event, resource, attempts: attempt, lastOutcome: outcome };
}

function countStatuses(
  statuses: Readonly<Record<string, number>>,
  from: number,
  to: number,
): number {
  return Object.entries(statuses)
    .filter(([status]) => Number(status) >= from && Number(status) <= to)
    .reduce((sum, [, count]) => sum + count, 0);
}
