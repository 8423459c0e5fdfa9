import type { ArrivalRate } from './arrival-rate.js';
import { type ForecastRate, rateIn, timesRate } from './forecast-rate.js';
import type { ForecastReceiver, ForecastStep } from './records.js';
import type { WaveResult } from './wave-simulation.js';

/** What a simulation says of a receiver. */
export function receiverForecast(
  { capacity, answerMs }: { readonly capacity: ArrivalRate; readonly answerMs: number },
  result: WaveResult,
  steps: readonly ForecastStep[],
): ForecastReceiver {
  const { again, againFromMs, againToMs } = result;
  return {
    capacity: timesRate(1, capacity),
    answerMs,
    keepsUp: result.late === 0 && result.calmAfterMs !== undefined,
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

/** The mean of the last quarter. */
function lastRate(steps: readonly ForecastStep[]): ForecastRate {
  const after = steps.filter(({ toMs }) => toMs > 0);
  const last = after.slice(Math.floor((after.length * 3) / 4));
  const attempts = last.reduce((sum, step) => sum + step.attempts, 0);
  const lengthMs = last.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return rateIn(attempts, Math.max(1, lengthMs));
}
