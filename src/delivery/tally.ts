import type { EventIndex } from './event-index.js';
import type { FaultCount, Trace } from './faults/fault.js';
import { FAULTS_IN_SUMMARIES } from './faults/registry.js';
import { Latencies } from './latencies.js';
import type { DeliveryRules } from './plan.js';
import type {
  AttemptRecord,
  DroppedRecord,
  EventLabel,
  FaultCountName,
  LostEvent,
  RunRecord,
  RunSummary,
} from './records.js';

/** Lost and withheld events beyond this many are counted, not listed. */
const LISTED_EVENTS = 100;

type Count = FaultCount<FaultCountName>;

const COUNTS = FAULTS_IN_SUMMARIES.flatMap<Count>(({ counts }) => counts);

const COUNTS_OF = {
  dropped: countsOf('dropped'),
  blocked: countsOf('blocked'),
  fault: countsOf('fault'),
  duplicate: countsOf('duplicate'),
  lateMs: countsOf('lateMs'),
};

function countsOf(trace: Trace): readonly Count[] {
  return COUNTS.filter((count) => count.of === trace);
}

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
    if (record.kind === 'dropped') return this.#addDropped(record);
    this.#addFaults(record);
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

  #addDropped(record: DroppedRecord): void {
    for (const { name } of COUNTS_OF.dropped) this.#faults[name] += 1;
    this.#addWithheld(record);
  }

  #addFaults(record: AttemptRecord): void {
    if (record.fault !== undefined) this.#count(COUNTS_OF.fault, record);
    if (record.duplicate !== undefined) this.#count(COUNTS_OF.duplicate, record);
    if (record.lateMs !== undefined) this.#count(COUNTS_OF.lateMs, record);
    if (record.outcome.kind === 'blocked') this.#count(COUNTS_OF.blocked, record);
  }

  #count(counts: readonly Count[], record: AttemptRecord): void {
    for (const { name, includes } of counts) {
      if (includes === undefined || includes(record)) this.#faults[name] += 1;
    }
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
