import type { ArrivalRate } from './arrival-rate.js';
import { type ForecastRate, rateIn, timesRate } from './forecast-rate.js';
import type { ForecastReceiver, ForecastStep } from './records.js';
import type { WaveResult } from './wave-simulation.js';

/** What was simulated, and what came of it. */
export interface SimulatedReceiver {
  readonly capacity: ArrivalRate;
  readonly answerMs: number;
  readonly usual: ForecastRate;
  readonly result: WaveResult;
  readonly steps: readonly ForecastStep[];
}

/** What a simulation says of a receiver. */
export function receiverForecast(simulated: SimulatedReceiver): ForecastReceiver {
  const { capacity, answerMs, result, steps } = simulated;
  const { again, againFromMs, againToMs } = result;
  return {
    capacity: timesRate(1, capacity),
    answerMs,
    keepsUp: keepsUp(simulated),
    longestAnswerMs: Math.round(result.longestAnswerMs),
    mostWaiting: result.mostWaiting,
    lateAnswers: result.late,
    secondWave: again === 0 ? undefined : { attempts: again, fromMs: againFromMs, toMs: againToMs },
    unacknowledged: result.unacknowledged,
    calmAfterMs: result.calmAfterMs,
    followedMs: result.endMs,
    endsAt: lastRate(steps),
  };
}

/**
 * A simulation that ends before it is calm has not seen all, unless no retry is to come any more: what
 * waits grows no longer then, where the capacity is that of the usual arrivals or more.
 */
function keepsUp({ capacity, usual, result }: SimulatedReceiver): boolean | undefined {
  if (result.late > 0 || timesRate(1, capacity).perSecond < usual.perSecond) return false;
  return result.calmAfterMs === undefined && result.hasRetries ? undefined : true;
}

/** The mean of the last quarter. */
function lastRate(steps: readonly ForecastStep[]): ForecastRate {
  const after = steps.filter(({ toMs }) => toMs > 0);
  const last = after.slice(Math.floor((after.length * 3) / 4));
  const attempts = last.reduce((sum, step) => sum + step.attempts, 0);
  const lengthMs = last.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return rateIn(attempts, Math.max(1, lengthMs));
}
