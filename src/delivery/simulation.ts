import { isDelivered } from '../webhook/scheme.js';
import { type Arrivals, hasReached, noteArrivals } from './arrivals.js';
import { AttemptQueue } from './attempt-queue.js';
import type { DueAttempt, Settled, Task } from './due-attempt.js';
import type { Ending } from './ending.js';
import type { EventIndex, LocatedEvent } from './event-index.js';
import { decideFaults, type FaultDecisions } from './faults/decisions.js';
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
import type { Next } from './records.js';
import { countTurns, type Turns } from './turns.js';

/**
 * The simulation step, without time or I/O: says what is due next, and what follows from an outcome.
 * First attempts are released one by one from lines of like events, so a plan of millions of events
 * keeps only those that wait for a retry.
 */
export class Simulation {
  readonly #rules: DeliveryRules;
  readonly #index: EventIndex;
  readonly #budget: number;
  readonly #faults: FaultDecisions;
  readonly #turns: Turns;
  readonly #arrivals: Arrivals;
  readonly #queue = new AttemptQueue();
  /** Events of which a fault hid an answer that was a 200. */
  readonly #hiddenSuccesses = new Set<number>();

  constructor(rules: DeliveryRules, index: EventIndex) {
    this.#rules = rules;
    this.#index = index;
    this.#budget = attemptBudget(rules);
    this.#faults = decideFaults(rules, index);
    this.#turns = countTurns(this.#faults);
    this.#arrivals = noteArrivals(index.resources);
    for (const { event, sequence } of index.lineHeads()) {
      this.#enqueue(event.dueMs, sequence, RELEASE_CODE);
    }
  }

  get nextDueMs(): number | undefined {
    return this.#queue.nextDueMs;
  }

  /** The next task due at or before the horizon, in plan milliseconds. */
  take(horizonMs: number): Task | undefined {
    const queue = this.#queue;
    while (queue.nextDueMs !== undefined && queue.nextDueMs <= horizonMs) {
      const due = queue.pop();
      const task = due && this.#taskOf(due.dueMs, due.order);
      if (task !== undefined) return task;
    }
    return undefined;
  }

  /** The attempt that overlaps this one: due at the same instant. */
  successorOf(attempt: DueAttempt): DueAttempt {
    this.#turns.count(attempt.located);
    return this.#prepare(attempt.located, attempt.number + 1, attempt);
  }

  twinOf(attempt: DueAttempt): DueAttempt {
    return { ...attempt, duplicate: 'concurrent', hasTwin: false };
  }

  /** An overlapped attempt is settled before the one that overlaps it. */
  settle(attempt: DueAttempt, ending: Ending): Settled {
    const isOvertaken = this.#arrivals.isOvertaken(attempt.located, ending.outcome);
    return {
      outOfOrder: isOvertaken && attempt.duplicate === undefined,
      next: this.#nextOf(attempt, ending),
      fault: attempt.mishap?.mark(ending),
    };
  }

  #enqueue(dueMs: number, sequence: number, code: number, round = 0): void {
    this.#queue.push(dueMs, packOrder({ round, sequence, code }));
  }

  #taskOf(dueMs: number, order: number): Task | undefined {
    const { round, sequence, code } = unpackOrder(order);
    const located = this.#index.locate(sequence);
    if (code === RELEASE_CODE) return this.#release(located);
    const attempt = this.#prepare(located, attemptNumberOf(code), { dueMs, round });
    return { kind: 'attempt', attempt: isLaterCopy(code) ? laterCopy(attempt) : attempt };
  }

  /** Starts an event's life, and puts the next one of its line in the queue. */
  #release(located: LocatedEvent): Task | undefined {
    const { event, sequence } = located;
    const { dueMs } = event;
    const following = this.#index.nextInLine(located);
    if (following !== undefined) {
      this.#enqueue(following.event.dueMs, following.sequence, RELEASE_CODE);
    }
    if (this.#faults.isDropped(located)) return { kind: 'drop', located, planMs: dueMs };
    const lateMs = this.#faults.lateMs(located);
    if (lateMs === 0) {
      return { kind: 'attempt', attempt: this.#prepare(located, 1, { dueMs, round: 0 }) };
    }
    this.#enqueue(dueMs + lateMs, sequence, attemptCode(1));
    return undefined;
  }

  #prepare(
    located: LocatedEvent,
    number: number,
    { dueMs, round }: Pick<DueAttempt, 'dueMs' | 'round'>,
  ): DueAttempt {
    const faults = this.#faults;
    const keptAway = faults.keepsAway(dueMs);
    const turn = this.#turns.nextOf(located);
    const isLast = number >= this.#budget;
    const mishap = keptAway ?? (isLast ? undefined : faults.befalls(located, number, turn));
    const hasTwin =
      mishap === undefined && faults.duplicate(located, number, turn)?.kind === 'concurrent';
    const lateMs = number === 1 ? dueMs - located.event.dueMs : 0;
    return { located, number, dueMs, round, lateMs, duplicate: undefined, mishap, hasTwin };
  }

  #nextOf(attempt: DueAttempt, ending: Ending): Next {
    if (ending.outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (attempt.duplicate !== undefined) return { kind: 'none' };
    const isAcknowledged = isDelivered(ending.outcome) && !hidesAnswer(attempt);
    return isAcknowledged ? this.#deliver(attempt) : this.#fail(attempt, ending);
  }

  #deliver(attempt: DueAttempt): Next {
    const { located, number, dueMs } = attempt;
    const duplicate = attempt.hasTwin
      ? undefined
      : this.#faults.duplicate(located, number, this.#turns.nextOf(located));
    this.#forget(located);
    if (duplicate?.kind === 'later') {
      this.#enqueue(dueMs + duplicate.delayMs, located.sequence, laterCopyCode(number));
    }
    return { kind: 'delivered' };
  }

  #fail(attempt: DueAttempt, { outcome, overlap, startMs, endMs }: Ending): Next {
    const { located } = attempt;
    const isHidden = hidesAnswer(attempt) && hasReached(outcome);
    if (outcome.kind === 'responded' && overlap === undefined) this.#turns.count(located);
    if (isHidden && isDelivered(outcome)) this.#hiddenSuccesses.add(located.sequence);
    if (overlap !== undefined) return { kind: 'overlapped' };
    const isSlow = isHidden || outcome.kind === 'timed-out';
    const plannedEndMs = (startMs ?? attempt.dueMs) + (isSlow ? this.#rules.timeoutMs : 0);
    return this.#retryOrEnd(attempt, Math.max(endMs ?? 0, plannedEndMs));
  }

  #retryOrEnd(attempt: DueAttempt, endMs: number): Next {
    const { located, number, round } = attempt;
    const wait = this.#rules.waitsMs[number - 1];
    if (wait === undefined) return this.#end(attempt);
    const waitMs = this.#faults.jittered(wait, located, number);
    const dueMs = endMs + waitMs;
    const isAtOnce = dueMs === attempt.dueMs;
    this.#enqueue(dueMs, located.sequence, attemptCode(number + 1), isAtOnce ? round + 1 : 0);
    return { kind: 'retry', dueMs, waitMs };
  }

  #end({ located, mishap }: DueAttempt): Next {
    const isOurs = mishap?.instead !== undefined || this.#hiddenSuccesses.has(located.sequence);
    this.#forget(located);
    return { kind: isOurs ? 'withheld' : 'lost' };
  }

  #forget({ sequence }: LocatedEvent): void {
    this.#turns.forget(sequence);
    this.#hiddenSuccesses.delete(sequence);
  }
}

/** Only what keeps an attempt away is worth a word to a copy that nobody waits for. */
function laterCopy(attempt: DueAttempt): DueAttempt {
  const mishap = attempt.mishap?.instead === undefined ? undefined : attempt.mishap;
  return { ...attempt, lateMs: 0, duplicate: 'later', mishap, hasTwin: false };
}

function hidesAnswer({ mishap }: DueAttempt): boolean {
  return mishap?.hidesAnswer === true;
}
