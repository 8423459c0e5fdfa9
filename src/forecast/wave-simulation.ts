import type { PlanWindow } from '../delivery/plan-window.js';
import type { ArrivalTimes } from './arrival-times.js';
import { RetryLanes } from './retry-lanes.js';
import { StepTally } from './step-tally.js';

/** What is simulated: web hooks, a receiver that is down for a while, and one that is asked too much. */
export interface SimulatedOutage {
  readonly arrivals: ArrivalTimes;
  readonly outage: PlanWindow;
  /** Entry k is the wait after failed attempt k + 1. */
  readonly waitsMs: readonly number[];
  /** A sender gives up after this, and takes the attempt for a failure. */
  readonly timeoutMs: number;
  /**
   * What becomes of an attempt while the receiver is down. It is refused at once, or hangs until the
   * sender gives up; or it waits in a receiver that stands still, and is served after the outage,
   * whether or not the sender still waits for it.
   */
  readonly whileDown: 'refuses' | 'hangs' | 'queues';
  readonly receiver: QueueingReceiver;
  /** Plan time at which the simulation ends at the latest. */
  readonly untilMs: number;
  /** Whether it ends when the receiver is as idle as without an outage. */
  readonly endsWhenCalm: boolean;
  readonly stepMs: number;
  /** Hears of every attempt, in the order of time. */
  readonly onAttempt?: ((atMs: number) => void) | undefined;
}

/** First in, first out. Those that the sender has given up are served like all others. */
export interface QueueingReceiver {
  /** It begins with the next web hook so much later. */
  readonly serviceMs: number;
  /** From the beginning of its work on a web hook to the answer. */
  readonly answerMs: number;
}

/** What came of it. Times are in plan milliseconds and counted from the recovery. */
export interface WaveResult {
  readonly attempts: number;
  readonly inVain: number;
  readonly late: number;
  /** No attempt of them was served. */
  readonly lost: number;
  /** Served, but never in time. */
  readonly unacknowledged: number;
  /** Attempts that come because the answer to the one before was late. */
  readonly again: number;
  readonly againFromMs: number;
  readonly againToMs: number;
  readonly longestAnswerMs: number;
  readonly mostWaiting: number;
  readonly calmAfterMs: number | undefined;
  readonly endMs: number;
}

/** More retries than this do not wait at once: each takes nine bytes, and twice that while it grows. */
const MOST_WAITING_RETRIES = 20_000_000;
/** It is calm so much later before the simulation ends, so that the end shows. */
const CALM_STEPS = 3;

/**
 * A discrete-event simulation. The receiver takes web hooks first in, first out, so the answer to an
 * attempt is known when it is made, and attempts are the only events there are.
 */
export class WaveSimulation {
  readonly #case: SimulatedOutage;
  readonly #failureMs: number;
  readonly #lastLane: number;
  readonly #lanes: RetryLanes;
  readonly #tally: StepTally;
  #arrived = 0;
  #freeMs = 0;
  #endMs: number;
  #nowMs = 0;
  #attempts = 0;
  #inVain = 0;
  #late = 0;
  #lost = 0;
  #unacknowledged = 0;
  #again = 0;
  #againFromMs = 0;
  #againToMs = 0;
  #longestAnswerMs = 0;
  #longestWaitMs = 0;
  #calmAfterMs: number | undefined;

  constructor(simulated: SimulatedOutage) {
    const { outage, waitsMs, timeoutMs, whileDown, stepMs, untilMs, arrivals } = simulated;
    this.#case = simulated;
    this.#failureMs = whileDown === 'refuses' ? 0 : timeoutMs;
    this.#lastLane = waitsMs.length;
    this.#lanes = new RetryLanes(waitsMs.length + 1);
    this.#tally = new StepTally({
      recoveryMs: outage.toMs,
      leadMs: outage.toMs - outage.fromMs,
      stepMs,
    });
    this.#endMs = untilMs;
    this.#lanes.push(0, arrivals.timeOf(0), false);
  }

  get tally(): StepTally {
    return this.#tally;
  }

  /** Carries out so many attempts. Says whether there are more. */
  advance(most: number): boolean {
    for (let left = most; left > 0; left -= 1) {
      const lane = this.#lanes.earliest();
      const atMs = this.#lanes.dueMs(lane);
      if (!(atMs < this.#endMs) || this.#lanes.length > MOST_WAITING_RETRIES) {
        this.#conclude(atMs);
        return false;
      }
      this.#nowMs = atMs;
      if (this.#calmAfterMs === undefined) this.#lookForCalm(atMs);
      this.#make(lane, atMs);
    }
    return true;
  }

  result(): WaveResult {
    const { outage, receiver } = this.#case;
    const { serviceMs } = receiver;
    return {
      attempts: this.#attempts,
      inVain: this.#inVain,
      late: this.#late,
      lost: this.#lost,
      unacknowledged: this.#unacknowledged,
      again: this.#again,
      againFromMs: this.#againFromMs,
      againToMs: this.#againToMs,
      longestAnswerMs: this.#longestAnswerMs,
      mostWaiting: serviceMs === 0 ? 0 : Math.round(this.#longestWaitMs / serviceMs),
      calmAfterMs: this.#calmAfterMs,
      endMs: Math.max(0, this.#nowMs - outage.toMs),
    };
  }

  /** Waiting retries; the next arrival is in the lanes, too. */
  get #waitingRetries(): number {
    return this.#lanes.length - (Number.isFinite(this.#lanes.dueMs(0)) ? 1 : 0);
  }

  #make(lane: number, atMs: number): void {
    const { arrivals } = this.#case;
    const wasServed = this.#lanes.shift(lane);
    this.#attempts += 1;
    if (wasServed) this.#noteAgain(atMs);
    this.#case.onAttempt?.(atMs);
    if (lane === 0) {
      this.#arrived += 1;
      const nextMs = arrivals.timeOf(this.#arrived);
      if (Number.isFinite(nextMs)) this.#lanes.push(0, nextMs, false);
    }
    this.#ask(lane, atMs, wasServed);
  }

  #ask(lane: number, atMs: number, wasServed: boolean): void {
    const { outage, timeoutMs, whileDown, receiver } = this.#case;
    if (whileDown !== 'queues' && atMs >= outage.fromMs && atMs < outage.toMs) {
      this.#inVain += 1;
      this.#tally.addInVain(atMs);
      return this.#fail(lane, atMs + this.#failureMs, wasServed);
    }
    const startMs = this.#startOfWork(atMs);
    const doneMs = startMs + receiver.answerMs;
    const isCutOff = atMs < outage.fromMs && doneMs > outage.fromMs && outage.fromMs < outage.toMs;
    if (whileDown !== 'queues' && isCutOff) {
      this.#freeMs = outage.fromMs;
      this.#tally.addInVain(atMs);
      return this.#fail(lane, this.#brokenAt(atMs), wasServed);
    }
    this.#freeMs = startMs + receiver.serviceMs;
    const isLate = doneMs - atMs > timeoutMs;
    this.#noteAnswer({ atMs, startMs, doneMs, isLate });
    if (isLate) this.#fail(lane, atMs + timeoutMs, true);
  }

  /** A receiver that stands still goes on with what waits when the outage is over. */
  #startOfWork(atMs: number): number {
    const { outage, whileDown } = this.#case;
    const startMs = Math.max(atMs, this.#freeMs);
    const standsStill = startMs >= outage.fromMs && startMs < outage.toMs;
    return whileDown === 'queues' && standsStill ? outage.toMs : startMs;
  }

  /** What waits in a receiver that goes down fails with it, unless the sender had given up before. */
  #brokenAt(atMs: number): number {
    const { outage, timeoutMs, whileDown } = this.#case;
    const givenUpMs = atMs + timeoutMs;
    return whileDown === 'hangs' ? givenUpMs : Math.min(givenUpMs, outage.fromMs);
  }

  #fail(lane: number, failedMs: number, wasServed: boolean): void {
    if (lane < this.#lastLane) {
      this.#lanes.push(lane + 1, failedMs + (this.#case.waitsMs[lane] ?? 0), wasServed);
    } else if (wasServed) this.#unacknowledged += 1;
    else this.#lost += 1;
  }

  #noteAnswer({ atMs, startMs, doneMs, isLate }: Answered): void {
    const { serviceMs } = this.#case.receiver;
    const waitMs = startMs - atMs;
    if (isLate) this.#late += 1;
    if (doneMs - atMs > this.#longestAnswerMs) this.#longestAnswerMs = doneMs - atMs;
    if (waitMs > this.#longestWaitMs) this.#longestWaitMs = waitMs;
    this.#tally.addServed(atMs, serviceMs === 0 ? 0 : waitMs / serviceMs, isLate);
  }

  #noteAgain(atMs: number): void {
    const sinceMs = atMs - this.#case.outage.toMs;
    if (this.#again === 0) this.#againFromMs = sinceMs;
    this.#againToMs = sinceMs;
    this.#again += 1;
  }

  /** No retry is left, and nothing waits in the receiver but what has just begun. */
  #lookForCalm(atMs: number): void {
    const { outage, receiver, endsWhenCalm } = this.#case;
    if (atMs < outage.toMs || this.#waitingRetries > 0) return;
    if (this.#freeMs - atMs > receiver.serviceMs * 1.000_001) return;
    this.#calmAfterMs = Math.max(0, Math.min(this.#freeMs, atMs) - outage.toMs);
    if (!endsWhenCalm) return;
    const { stepMs } = this.#tally;
    const steps = Math.ceil((atMs - outage.toMs) / stepMs) + CALM_STEPS;
    this.#endMs = Math.min(this.#endMs, outage.toMs + steps * stepMs);
  }

  /** Arrivals may be over, and with them all that happens. */
  #conclude(nextMs: number): void {
    if (Number.isFinite(nextMs)) this.#nowMs = Math.min(nextMs, this.#endMs);
    else {
      this.#nowMs = Math.max(this.#freeMs, this.#case.outage.toMs);
      this.#calmAfterMs ??= this.#nowMs - this.#case.outage.toMs;
    }
  }
}

interface Answered {
  readonly atMs: number;
  readonly startMs: number;
  readonly doneMs: number;
  readonly isLate: boolean;
}
