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
  /** Retries are still to come. */
  readonly hasRetries: boolean;
  readonly endMs: number;
}

/** More retries than this do not wait at once: each takes nine bytes, and twice that while it grows. */
const MOST_WAITING_RETRIES = 20_000_000;
/** It is calm so much later before the simulation ends, so that the end shows. */
const CALM_STEPS = 3;
/** Times that add up differ in their last digits. */
const ALMOST_ONE = 1.000_001;
/** So much of them is no time that anybody waits. */
const ROUNDED_MS = 0.001;

/**
 * A discrete-event simulation. The receiver takes web hooks first in, first out, so the answer to an
 * attempt is known when it is made, and attempts are the only events there are.
 */
export class WaveSimulation {
  readonly #onAttempt: ((atMs: number) => void) | undefined;
  readonly #arrivals: ArrivalTimes;
  readonly #downFromMs: number;
  readonly #recoveryMs: number;
  readonly #whileDown: SimulatedOutage['whileDown'];
  readonly #timeoutMs: number;
  readonly #waitsMs: Float64Array;
  readonly #serviceMs: number;
  readonly #answerMs: number;
  readonly #endsWhenCalm: boolean;
  readonly #retries: RetryLanes;
  readonly #tally: StepTally;
  #arrived = 0;
  #nextArrivalMs: number;
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
  #isCalm = false;
  #calmAfterMs = 0;

  constructor(simulated: SimulatedOutage) {
    const { arrivals, outage, waitsMs, timeoutMs, receiver, stepMs, untilMs } = simulated;
    this.#onAttempt = simulated.onAttempt;
    this.#arrivals = arrivals;
    this.#nextArrivalMs = arrivals.timeOf(0);
    this.#downFromMs = outage.fromMs;
    this.#recoveryMs = outage.toMs;
    this.#whileDown = simulated.whileDown;
    this.#timeoutMs = timeoutMs;
    this.#waitsMs = Float64Array.from(waitsMs);
    this.#serviceMs = receiver.serviceMs;
    this.#answerMs = receiver.answerMs;
    this.#endsWhenCalm = simulated.endsWhenCalm;
    this.#endMs = untilMs;
    this.#retries = new RetryLanes(waitsMs.length);
    const leadMs = outage.toMs - outage.fromMs;
    this.#tally = new StepTally({ recoveryMs: outage.toMs, leadMs, stepMs });
  }

  get tally(): StepTally {
    return this.#tally;
  }

  /** Carries out so many attempts. Says whether there are more. */
  advance(most: number): boolean {
    const retries = this.#retries;
    for (let left = most; left > 0; left -= 1) {
      const lane = retries.earliest();
      const retryMs = retries.dueMs(lane);
      const isRetry = retryMs < this.#nextArrivalMs;
      const atMs = isRetry ? retryMs : this.#nextArrivalMs;
      if (!(atMs < this.#endMs) || retries.length > MOST_WAITING_RETRIES) {
        this.#conclude(atMs);
        return false;
      }
      this.#nowMs = atMs;
      if (!this.#isCalm && atMs >= this.#recoveryMs && retries.length === 0) this.#noteCalm(atMs);
      this.#attempts += 1;
      this.#onAttempt?.(atMs);
      if (isRetry) this.#ask(lane + 1, atMs, this.#takeRetry(lane, atMs));
      else this.#ask(0, this.#takeArrival(), false);
    }
    return true;
  }

  result(): WaveResult {
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
      mostWaiting: this.#serviceMs === 0 ? 0 : Math.round(this.#longestWaitMs / this.#serviceMs),
      calmAfterMs: this.#isCalm ? this.#calmAfterMs : undefined,
      hasRetries: this.#retries.length > 0 || this.#nowMs < this.#recoveryMs,
      endMs: Math.max(0, this.#nowMs - this.#recoveryMs),
    };
  }

  #takeArrival(): number {
    const atMs = this.#nextArrivalMs;
    this.#arrived += 1;
    this.#nextArrivalMs = this.#arrivals.timeOf(this.#arrived);
    return atMs;
  }

  /** Says whether it was served before, too late. */
  #takeRetry(lane: number, atMs: number): boolean {
    const wasServed = this.#retries.shift(lane);
    if (wasServed) {
      this.#againToMs = atMs - this.#recoveryMs;
      if (this.#again === 0) this.#againFromMs = this.#againToMs;
      this.#again += 1;
    }
    return wasServed;
  }

  /** Retry number 0 is the first attempt. */
  #ask(number: number, atMs: number, wasServed: boolean): void {
    const standsStill = this.#whileDown === 'queues';
    if (!standsStill && atMs >= this.#downFromMs && atMs < this.#recoveryMs) {
      this.#inVain += 1;
      this.#tally.addInVain(atMs);
      const failedMs = this.#whileDown === 'refuses' ? atMs : atMs + this.#timeoutMs;
      return this.#fail(number, failedMs, wasServed);
    }
    const readyMs = Math.max(this.#freeMs, atMs);
    const startMs = standsStill ? this.#onceUp(readyMs) : readyMs;
    const doneMs = startMs + this.#answerMs;
    if (!standsStill && atMs < this.#downFromMs && doneMs > this.#downFromMs) {
      if (this.#downFromMs < this.#recoveryMs) return this.#cutOff(number, atMs, wasServed);
    }
    this.#freeMs = startMs + this.#serviceMs;
    const isLate = doneMs - atMs > this.#timeoutMs + ROUNDED_MS;
    if (doneMs - atMs > this.#longestAnswerMs) this.#longestAnswerMs = doneMs - atMs;
    if (startMs - atMs > this.#longestWaitMs) this.#longestWaitMs = startMs - atMs;
    this.#tally.addServed(atMs, startMs - atMs, isLate);
    if (!isLate) return;
    this.#late += 1;
    this.#fail(number, atMs + this.#timeoutMs, true);
  }

  /** A receiver that stands still goes on with what waits when the outage is over. */
  #onceUp(readyMs: number): number {
    return readyMs >= this.#downFromMs && readyMs < this.#recoveryMs ? this.#recoveryMs : readyMs;
  }

  /** What waits in a receiver that goes down fails with it, unless the sender had given up before. */
  #cutOff(number: number, atMs: number, wasServed: boolean): void {
    this.#freeMs = this.#downFromMs;
    this.#tally.addInVain(atMs);
    const givenUpMs = atMs + this.#timeoutMs;
    const failedMs =
      this.#whileDown === 'hangs' ? givenUpMs : Math.min(givenUpMs, this.#downFromMs);
    this.#fail(number, failedMs, wasServed);
  }

  #fail(number: number, failedMs: number, wasServed: boolean): void {
    if (number < this.#waitsMs.length) {
      this.#retries.push(number, failedMs + (this.#waitsMs[number] ?? 0), wasServed);
    } else if (wasServed) this.#unacknowledged += 1;
    else this.#lost += 1;
  }

  /** No retry is left: it is calm when nothing waits in the receiver but what has just begun, either. */
  #noteCalm(atMs: number): void {
    if (this.#freeMs - atMs > this.#serviceMs * ALMOST_ONE) return;
    this.#isCalm = true;
    this.#calmAfterMs = Math.max(0, Math.min(this.#freeMs, atMs) - this.#recoveryMs);
    if (!this.#endsWhenCalm) return;
    const { stepMs } = this.#tally;
    const steps = Math.ceil((atMs - this.#recoveryMs) / stepMs) + CALM_STEPS;
    this.#endMs = Math.min(this.#endMs, this.#recoveryMs + steps * stepMs);
  }

  /** Arrivals may be over, and with them all that happens; or the next one may be far away. */
  #conclude(nextMs: number): void {
    this.#nowMs = Number.isFinite(nextMs)
      ? Math.min(nextMs, this.#endMs)
      : Math.max(this.#freeMs, this.#recoveryMs);
    if (this.#isCalm || this.#retries.length > 0 || this.#freeMs > this.#nowMs) return;
    this.#isCalm = true;
    this.#calmAfterMs = Math.max(0, this.#freeMs - this.#recoveryMs);
  }
}
