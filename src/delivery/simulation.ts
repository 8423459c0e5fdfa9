import { isDelivered } from '../webhook/scheme.js';
import { hasReached, noteArrivals } from './arrivals.js';
import { AttemptQueue } from './attempt-queue.js';
import type { DueAttempt, Ending, Settled, Task } from './due-attempt.js';
import type { EventIndex, LocatedEvent } from './event-index.js';
import { decideFaults } from './fault-decisions.js';
import { attemptBudget, type DeliveryRules } from './plan.js';
import {
  attemptCode,
  attemptNumberOf,
  isLaterCopy,
  laterCopyCode,
  packOrder,
  RELEASE_CODE,
  unpackOrder,
} from './queue-order.js';
import type { AttemptFault, Next } from './records.js';
import { countTurns } from './turns.js';

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
  /** An overlapped attempt is settled before the one that overlaps it. */
  settle(attempt: DueAttempt, ending: Ending): Settled;
}

export function createSimulation(rules: DeliveryRules, index: EventIndex): Simulation {
  const faults = decideFaults(rules, index);
  const queue = new AttemptQueue();
  const budget = attemptBudget(rules);
  const turns = countTurns(faults);
  /** Events of which a fault hid an answer that was a 200. */
  const hiddenSuccesses = new Set<number>();
  const arrivals = noteArrivals(index.resources);

  const enqueue = (dueMs: number, sequence: number, code: number, round = 0): void =>
    queue.push(dueMs, packOrder({ round, sequence, code }));

  for (const { event, sequence } of index.lineHeads()) {
    enqueue(event.dueMs, sequence, RELEASE_CODE);
  }

  const next = (dueMs: number, order: number): Task | undefined => {
    const { round, sequence, code } = unpackOrder(order);
    const located = index.locate(sequence);
    if (code === RELEASE_CODE) return release(located);
    const attempt = prepare(located, attemptNumberOf(code), { dueMs, round });
    return { kind: 'attempt', attempt: isLaterCopy(code) ? laterCopy(attempt) : attempt };
  };

  /** Starts an event's life, and puts the next one of its line in the queue. */
  const release = (located: LocatedEvent): Task | undefined => {
    const { event, sequence } = located;
    const { dueMs } = event;
    const following = index.nextInLine(located);
    if (following !== undefined) {
      enqueue(following.event.dueMs, following.sequence, RELEASE_CODE);
    }
    if (faults.isDropped(located)) return { kind: 'drop', located, planMs: dueMs };
    const lateMs = faults.lateMs(located);
    if (lateMs === 0) {
      return { kind: 'attempt', attempt: prepare(located, 1, { dueMs, round: 0 }) };
    }
    enqueue(dueMs + lateMs, sequence, attemptCode(1));
    return undefined;
  };

  const prepare = (
    located: LocatedEvent,
    number: number,
    { dueMs, round }: Pick<DueAttempt, 'dueMs' | 'round'>,
  ): DueAttempt => {
    const outage = faults.outageAt(dueMs);
    const isThrough = outage === undefined;
    const turn = turns.nextOf(located);
    const hidden = isThrough && number < budget ? faults.hidden(located, number, turn) : undefined;
    const isSeen = isThrough && hidden === undefined;
    const hasTwin = isSeen && faults.duplicate(located, number, turn)?.kind === 'concurrent';
    const lateMs = number === 1 ? dueMs - located.event.dueMs : 0;
    return { located, number, dueMs, round, lateMs, duplicate: undefined, hidden, outage, hasTwin };
  };

  const deliver = (attempt: DueAttempt): Next => {
    const { located, number, dueMs } = attempt;
    const duplicate = attempt.hasTwin
      ? undefined
      : faults.duplicate(located, number, turns.nextOf(located));
    forget(located);
    if (duplicate?.kind === 'later') {
      enqueue(dueMs + duplicate.delayMs, located.sequence, laterCopyCode(number));
    }
    return { kind: 'delivered' };
  };

  const fail = (attempt: DueAttempt, { outcome, overlap, startMs, endMs }: Ending): Next => {
    const { located } = attempt;
    const isHidden = attempt.hidden !== undefined && hasReached(outcome);
    if (outcome.kind === 'responded' && overlap === undefined) turns.count(located);
    if (isHidden && isDelivered(outcome)) hiddenSuccesses.add(located.sequence);
    if (overlap !== undefined) return { kind: 'overlapped' };
    const isSlow = isHidden || outcome.kind === 'timed-out';
    const plannedEndMs = (startMs ?? attempt.dueMs) + (isSlow ? rules.timeoutMs : 0);
    return retryOrEnd(attempt, Math.max(endMs ?? 0, plannedEndMs));
  };

  const retryOrEnd = (attempt: DueAttempt, endMs: number): Next => {
    const { located, number, round } = attempt;
    const wait = rules.waitsMs[number - 1];
    if (wait === undefined) return end(attempt);
    const waitMs = faults.jittered(wait, located, number);
    const dueMs = endMs + waitMs;
    const isAtOnce = dueMs === attempt.dueMs;
    enqueue(dueMs, located.sequence, attemptCode(number + 1), isAtOnce ? round + 1 : 0);
    return { kind: 'retry', dueMs, waitMs };
  };

  const end = ({ located, outage }: DueAttempt): Next => {
    const isOurs = outage !== undefined || hiddenSuccesses.has(located.sequence);
    forget(located);
    return { kind: isOurs ? 'withheld' : 'lost' };
  };

  const forget = ({ sequence }: LocatedEvent): void => {
    turns.forget(sequence);
    hiddenSuccesses.delete(sequence);
  };

  const nextOf = (attempt: DueAttempt, ending: Ending): Next => {
    if (ending.outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (attempt.duplicate !== undefined) return { kind: 'none' };
    const isAcknowledged = isDelivered(ending.outcome) && attempt.hidden === undefined;
    return isAcknowledged ? deliver(attempt) : fail(attempt, ending);
  };

  return {
    get nextDueMs() {
      return queue.nextDueMs;
    },
    take: (horizonMs) => {
      while (queue.nextDueMs !== undefined && queue.nextDueMs <= horizonMs) {
        const due = queue.pop();
        const task = due && next(due.dueMs, due.order);
        if (task !== undefined) return task;
      }
      return undefined;
    },
    successorOf: (attempt) => {
      turns.count(attempt.located);
      return prepare(attempt.located, attempt.number + 1, attempt);
    },
    twinOf: (attempt) => ({
      ...attempt,
      duplicate: 'concurrent',
      hidden: undefined,
      hasTwin: false,
    }),
    settle: (attempt, ending) => ({
      outOfOrder:
        arrivals.isOvertaken(attempt.located, ending.outcome) && attempt.duplicate === undefined,
      next: nextOf(attempt, ending),
      fault: faultOf(attempt, ending),
    }),
  };
}

function laterCopy(attempt: DueAttempt): DueAttempt {
  return { ...attempt, lateMs: 0, duplicate: 'later', hidden: undefined, hasTwin: false };
}

function faultOf(attempt: DueAttempt, ending: Ending): AttemptFault | undefined {
  if (attempt.outage !== undefined) return { kind: 'outage', untilMs: attempt.outage.toMs };
  if (attempt.hidden === undefined || !hasReached(ending.outcome)) return undefined;
  if (attempt.hidden === 'lost-ack') {
    return ending.outcome.kind === 'responded' ? { kind: 'lost-ack' } : undefined;
  }
  return { kind: 'overlap', missed: ending.overlap?.missed ?? true };
}
