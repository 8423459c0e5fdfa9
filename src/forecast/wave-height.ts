import type { PlanWindow } from '../delivery/plan-window.js';
import type { ArrivalRate } from './arrival-rate.js';
import { BusiestStretch } from './busiest.js';
import { type ForecastRate, rateIn, timesRate } from './forecast-rate.js';
import type { ForecastWave } from './records.js';
import { highestLevel, type WaveLevel } from './wave.js';

/** How high a wave is, and what a receiver has to take of it. */
export interface WaveHeight extends Pick<ForecastWave, 'usual' | 'rightAfter' | 'highest'> {
  readonly enoughCapacity: ForecastRate | undefined;
}

const MINUTE_MS = 60_000;

/**
 * The height of the wave of constant arrivals. As many as it has times the usual rate may come at one
 * instant: enough capacity answers those within the time there is, and before the next ones come.
 */
export function constantHeight(
  rate: ArrivalRate,
  levels: readonly WaveLevel[],
  answerWithinMs: number,
): WaveHeight {
  const usual = timesRate(1, rate);
  const highest = highestLevel(levels) ?? { fromMs: 0, toMs: 0, times: 1 };
  const { times, fromMs, toMs } = highest;
  const wave = timesRate(times, rate);
  const together = rateIn(times, answerWithinMs);
  return {
    usual,
    rightAfter: timesRate(levels[0]?.times ?? 1, rate),
    highest: { ...wave, fromMs, toMs },
    enoughCapacity: enough(together.perSecond > wave.perSecond ? together : wave, answerWithinMs),
  };
}

/** Hears of every attempt of a simulation, and says how high they come after the recovery. */
export class WaveWatch {
  readonly #recoveryMs: number;
  readonly #answerWithinMs: number;
  readonly #usual: ForecastRate;
  readonly #busiestMinute = new BusiestStretch(MINUTE_MS);
  /** The most within the time that there is for an answer. */
  readonly #mostTogether: BusiestStretch;
  #firstMinute = 0;

  constructor(timesMs: Float64Array, outage: PlanWindow, answerWithinMs: number) {
    this.#recoveryMs = outage.toMs;
    this.#answerWithinMs = answerWithinMs;
    this.#mostTogether = new BusiestStretch(Math.max(0, answerWithinMs));
    const usual = new BusiestStretch(MINUTE_MS);
    for (const atMs of timesMs) usual.add(atMs);
    this.#usual = rateIn(usual.most, MINUTE_MS);
  }

  add(atMs: number): void {
    if (atMs < this.#recoveryMs) return;
    this.#busiestMinute.add(atMs);
    this.#mostTogether.add(atMs);
    if (atMs < this.#recoveryMs + MINUTE_MS) this.#firstMinute += 1;
  }

  height(): WaveHeight {
    const { most, fromMs } = this.#busiestMinute;
    const startMs = most === 0 ? 0 : fromMs - this.#recoveryMs;
    const together = rateIn(this.#mostTogether.most, this.#answerWithinMs);
    return {
      usual: this.#usual,
      rightAfter: rateIn(this.#firstMinute, MINUTE_MS),
      highest: { ...rateIn(most, MINUTE_MS), fromMs: startMs, toMs: startMs + MINUTE_MS },
      enoughCapacity: enough(together, this.#answerWithinMs),
    };
  }
}

function enough(capacity: ForecastRate, answerWithinMs: number): ForecastRate | undefined {
  return answerWithinMs > 0 ? capacity : undefined;
}
