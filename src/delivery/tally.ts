import type { EventIndex } from './event-index.js';
import type { FaultCount } from './faults/fault.js';
import { FAULTS_IN_SUMMARIES } from './faults/registry.js';
import { Latencies } from './latencies.js';
import type { DeliveryRules } from './plan.js';
import type {
  AttemptRecord,
  EventLabel,
  FaultCountName,
  LostEvent,
  RunRecord,
  RunSummary,
} from './records.js';

/** Lost and withheld events beyond this many are counted, not listed. */
const LISTED_EVENTS = 100;

const COUNTS = FAULTS_IN_SUMMARIES.flatMap<FaultCount<FaultCountName>>(({ counts }) => counts);

/** Adds up records as they pass, in constant memory. */
export class Tally {
  readonly #timeoutMs: number;
  readonly #total: number;
  readonly #latencies = new Latencies();
  readonly #deliveredOnAttempt: number[] = [];
  readonly #statuses: Record<string, number> = {};
  readonly #lostEvents: LostEvent[] = [];
  readonly #withheldEvents: EventLabel[] = [];
  readonly #events = { delivered: 0, lost: 0, withheld: 0 };
  readonly #attempts = { sent: 0, retries: 0, timedOut: 0, broken: 0, unreachable: 0 };
  readonly #faults: Record<FaultCountName, number> = Object.assign(
    {},
    ...COUNTS.map(({ name }) => ({ [name]: 0 })),
  );
  #outOfOrder = 0;
  #lastPlanMs = 0;

  constructor({ timeoutMs }: DeliveryRules, { events }: EventIndex) {
    this.#timeoutMs = timeoutMs;
    this.#total = events;
  }

  add(record: RunRecord): void {
    this.#lastPlanMs = Math.max(this.#lastPlanMs, record.planMs);
    if (isOfFaults(record)) this.#addFaults(record);
    if (record.kind === 'dropped') return this.#addWithheld(record);
    this.#addOutcome(record);
    if (record.duplicate !== undefined) return;
    if (record.outOfOrder === true) this.#outOfOrder += 1;
    this.#addNext(record);
  }

  summary({ interrupted }: { readonly interrupted: boolean }): RunSummary {
    const { delivered, lost, withheld } = this.#events;
    const total = this.#total;
    return {
      kind: 'summary',
      events: { total, delivered, lost, withheld, open: total - delivered - lost - withheld },
      deliveredOnAttempt: [...this.#deliveredOnAttempt],
      attempts: { ...this.#attempts, statuses: { ...this.#statuses } },
      faults: { ...this.#faults },
      outOfOrder: this.#outOfOrder,
      acknowledgement: this.#latencies.summary(),
      almostDelivered: countStatuses(this.#statuses, 201, 299),
      redirects: countStatuses(this.#statuses, 300, 399),
      timeoutMs: this.#timeoutMs,
      lastPlanMs: this.#lastPlanMs,
      lostEvents: [...this.#lostEvents],
      withheldEvents: [...this.#withheldEvents],
      interrupted,
    };
  }

  #addOutcome({ outcome, attempt, duplicate }: AttemptRecord): void {
    const statuses = this.#statuses;
    const attempts = this.#attempts;
    switch (outcome.kind) {
      case 'responded':
        statuses[outcome.status] = (statuses[outcome.status] ?? 0) + 1;
        this.#latencies.add(outcome.ms);
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
      case 'cancelled':
        return;
      default:
        return outcome satisfies never;
    }
    attempts.sent += 1;
    if (attempt > 1 && duplicate === undefined) attempts.retries += 1;
  }

  #addFaults(record: RunRecord): void {
    for (const { name, includes } of COUNTS) if (includes(record)) this.#faults[name] += 1;
  }

  #addWithheld({ event, resource }: EventLabel): void {
    this.#events.withheld += 1;
    if (this.#withheldEvents.length < LISTED_EVENTS) this.#withheldEvents.push({ event, resource });
  }

  #addNext(record: AttemptRecord): void {
    const events = this.#events;
    if (record.next.kind === 'withheld') this.#addWithheld(record);
    if (record.next.kind === 'lost') {
      events.lost += 1;
      if (this.#lostEvents.length < LISTED_EVENTS) this.#lostEvents.push(lostEvent(record));
    }
    if (record.next.kind === 'delivered') {
      const onAttempt = this.#deliveredOnAttempt;
      events.delivered += 1;
      while (onAttempt.length < record.attempt) onAttempt.push(0);
      onAttempt[record.attempt - 1] = (onAttempt[record.attempt - 1] ?? 0) + 1;
    }
  }
}

/** Most attempts are nothing to any fault: they are not shown to each of them. */
function isOfFaults(record: RunRecord): boolean {
  if (record.kind === 'dropped' || record.outcome.kind === 'blocked') return true;
  return (
    record.fault !== undefined || record.duplicate !== undefined || record.lateMs !== undefined
  );
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
