import type { Outcome } from '../ports.js';
import { AttemptQueue } from './attempt-queue.js';
import type { EventIndex, LocatedEvent } from './event-index.js';
import { decideFaults, type FaultDecisions } from './fault-decisions.js';
import { attemptBudget, type DeliveryRules, type Window } from './plan.js';
import type { AttemptFault, Next } from './records.js';

/** One attempt that is due, with what our own faults will do to it. */
export interface DueAttempt {
  readonly located: LocatedEvent;
  /** Which of the event's attempts this is, from 1; a duplicate has the number of its original. */
  readonly number: number;
  readonly dueMs: number;
  readonly lateMs: number;
  readonly duplicate: 'concurrent' | 'later' | undefined;
  /** What hides its answer from the sender. */
  readonly hidden: 'lost-ack' | 'overlap' | undefined;
  /** The outage that keeps it away. */
  readonly outage: Window | undefined;
  /** A copy leaves together with it. */
  readonly hasTwin: boolean;
}

export type Task =
  | { readonly kind: 'drop'; readonly located: LocatedEvent; readonly planMs: number }
  | { readonly kind: 'attempt'; readonly attempt: DueAttempt };

/** How an attempt ended, as the driver saw it. */
export interface Ending {
  readonly outcome: Outcome;
  /** The next attempt left without waiting; `missed` when this one was answered before that. */
  readonly overlap: { readonly missed: boolean } | undefined;
  /** Plan time of the end, when it was measured; otherwise it follows from the outcome. */
  readonly endMs: number | undefined;
}

export interface Settled {
  readonly next: Next;
  readonly fault: AttemptFault | undefined;
  readonly outOfOrder: boolean;
}

/**
 * The simulation step, without time or I/O: says what is due next, and what follows from an outcome.
 * First attempts are released one by one from lines of like events, so a plan of millions of events
 * keeps only those that wait for a retry.
 */
export interface Simulation {
  readonly nextDueMs: number | undefined;
  /** The next task due at or before the horizon, in plan milliseconds. */
  take(horizonMs: number): Task | undefined;
  /** The attempt that overlaps this one: due at the same instant. */
  successorOf(attempt: DueAttempt): DueAttempt;
  twinOf(attempt: DueAttempt): DueAttempt;
  settle(attempt: DueAttempt, ending: Ending): Settled;
}

/** An entry's order in the queue is its event's place in the plan, then its code. */
const CODES = 256;
const RELEASE_CODE = 0;

interface OpenEvent {
  /** Attempts that were answered, or overlapped by the next one. */
  answered: number;
  /** A fault hid an answer that was a 200. */
  hiddenSuccess: boolean;
}

export function createSimulation(rules: DeliveryRules, index: EventIndex): Simulation {
  const faults = decideFaults(rules, index);
  const queue = new AttemptQueue();
  const budget = attemptBudget(rules);
  const open = new Map<number, OpenEvent>();
  const reached = new Uint32Array(index.resources);
  for (const head of index.lineHeads()) queue.push(head.event.dueMs, head.sequence * CODES);

  const prepare = (located: LocatedEvent, number: number, dueMs: number): DueAttempt => {
    const outage = faults.outageAt(dueMs);
    const turn = (open.get(located.sequence)?.answered ?? 0) + 1;
    const hidden =
      outage === undefined && number < budget ? faults.hidden(located, number, turn) : undefined;
    const duplicate =
      outage === undefined && hidden === undefined
        ? faults.duplicate(located, number, turn)
        : undefined;
    const hasTwin = duplicate?.kind === 'concurrent';
    const lateMs = number === 1 ? dueMs - located.event.dueMs : 0;
    return { located, number, dueMs, lateMs, duplicate: undefined, hidden, outage, hasTwin };
  };

  const stateOf = (sequence: number): OpenEvent => {
    const known = open.get(sequence);
    if (known !== undefined) return known;
    const fresh = { answered: 0, hiddenSuccess: false };
    open.set(sequence, fresh);
    return fresh;
  };

  const noteArrival = (located: LocatedEvent, outcome: Outcome): boolean => {
    if (!hasReached(outcome)) return false;
    const furthest = reached[located.planResource] ?? 0;
    const place = located.eventNumber + 1;
    reached[located.planResource] = Math.max(furthest, place);
    return furthest > place;
  };

  const retryOrEnd = (attempt: DueAttempt, endMs: number): Next => {
    const { located, number, dueMs } = attempt;
    const wait = rules.waitsMs[number - 1];
    if (wait !== undefined) {
      const waitMs = faults.jittered(wait, located, number);
      const retryMs = endMs + waitMs;
      queue.push(Math.max(retryMs, dueMs), located.sequence * CODES + codeOf(number + 1));
      return { kind: 'retry', dueMs: retryMs, waitMs };
    }
    const state = open.get(located.sequence);
    open.delete(located.sequence);
    const isOurs = attempt.outage !== undefined || state?.hiddenSuccess === true;
    return { kind: isOurs ? 'withheld' : 'lost' };
  };

  const deliver = (attempt: DueAttempt): Next => {
    const { located, number, dueMs } = attempt;
    const turn = (open.get(located.sequence)?.answered ?? 0) + 1;
    open.delete(located.sequence);
    const duplicate = attempt.hasTwin ? undefined : faults.duplicate(located, number, turn);
    if (duplicate?.kind === 'later') {
      queue.push(dueMs + duplicate.delayMs, located.sequence * CODES + codeOf(number) + 1);
    }
    return { kind: 'delivered' };
  };

  const fail = (attempt: DueAttempt, ending: Ending): Next => {
    const { located, dueMs, hidden } = attempt;
    const state = stateOf(located.sequence);
    const isHidden = hidden !== undefined && hasReached(ending.outcome);
    if (ending.outcome.kind === 'responded' && ending.overlap === undefined) state.answered += 1;
    if (isHidden && isSuccess(ending.outcome)) state.hiddenSuccess = true;
    if (ending.overlap !== undefined) return { kind: 'overlapped' };
    const isSlow = isHidden || ending.outcome.kind === 'timed-out';
    const virtualEndMs = dueMs + (isSlow ? rules.timeoutMs : 0);
    return retryOrEnd(attempt, Math.max(ending.endMs ?? 0, virtualEndMs));
  };

  return {
    get nextDueMs() {
      return queue.nextDueMs;
    },
    take: (horizonMs) => takeFrom({ queue, index, faults, prepare }, horizonMs),
    successorOf: (attempt) => {
      stateOf(attempt.located.sequence).answered += 1;
      return prepare(attempt.located, attempt.number + 1, attempt.dueMs);
    },
    twinOf: (attempt) => ({
      ...attempt,
      duplicate: 'concurrent',
      hidden: undefined,
      hasTwin: false,
    }),
    settle: (attempt, ending) => {
      const { located, duplicate } = attempt;
      const isLate = noteArrival(located, ending.outcome);
      const isDuplicate = duplicate !== undefined;
      const fault = faultOf(attempt, ending);
      const outOfOrder = isLate && !isDuplicate;
      if (ending.outcome.kind === 'cancelled')
        return { next: { kind: 'cancelled' }, fault, outOfOrder };
      if (isDuplicate) return { next: { kind: 'none' }, fault, outOfOrder };
      const isAcknowledged = isSuccess(ending.outcome) && attempt.hidden === undefined;
      return { next: isAcknowledged ? deliver(attempt) : fail(attempt, ending), fault, outOfOrder };
    },
  };
}

interface Source {
  readonly queue: AttemptQueue;
  readonly index: EventIndex;
  readonly faults: FaultDecisions;
  readonly prepare: (located: LocatedEvent, number: number, dueMs: number) => DueAttempt;
}

function takeFrom(source: Source, horizonMs: number): Task | undefined {
  const { queue, index, prepare } = source;
  while ((queue.nextDueMs ?? Number.POSITIVE_INFINITY) <= horizonMs) {
    const due = queue.pop();
    if (due === undefined) return undefined;
    const located = index.locate(Math.floor(due.order / CODES));
    const code = due.order % CODES;
    if (code !== RELEASE_CODE)
      return { kind: 'attempt', attempt: decode(located, code, due.dueMs) };
    const task = release(source, located);
    if (task !== undefined) return task;
  }
  return undefined;

  function decode(located: LocatedEvent, code: number, dueMs: number): DueAttempt {
    const attempt = prepare(located, code >> 1, dueMs);
    return code % 2 === 0
      ? attempt
      : { ...attempt, duplicate: 'later', hidden: undefined, hasTwin: false };
  }
}

/** Starts an event's life, and puts the next one of its line in the queue. */
function release(source: Source, located: LocatedEvent): Task | undefined {
  const { queue, index, faults, prepare } = source;
  const { event, sequence } = located;
  const next = index.nextInLine(located);
  if (next !== undefined) queue.push(next.event.dueMs, next.sequence * CODES);
  if (faults.isDropped(located)) return { kind: 'drop', located, planMs: event.dueMs };
  const lateMs = faults.lateMs(located);
  if (lateMs === 0) return { kind: 'attempt', attempt: prepare(located, 1, event.dueMs) };
  queue.push(event.dueMs + lateMs, sequence * CODES + codeOf(1));
  return undefined;
}

function codeOf(attemptNumber: number): number {
  return attemptNumber * 2;
}

function isSuccess(outcome: Outcome): boolean {
  return outcome.kind === 'responded' && outcome.status === 200;
}

/** True when the receiver may have seen the request. */
function hasReached(outcome: Outcome): boolean {
  return outcome.kind === 'responded' || outcome.kind === 'timed-out' || outcome.kind === 'broken';
}

function faultOf(attempt: DueAttempt, ending: Ending): AttemptFault | undefined {
  if (attempt.outage !== undefined) return { kind: 'outage', untilMs: attempt.outage.toMs };
  if (attempt.hidden === undefined || !hasReached(ending.outcome)) return undefined;
  if (attempt.hidden === 'lost-ack') {
    return ending.outcome.kind === 'responded' ? { kind: 'lost-ack' } : undefined;
  }
  return { kind: 'overlap', missed: ending.overlap?.missed ?? true };
}
