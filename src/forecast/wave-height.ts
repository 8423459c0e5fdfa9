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

/** The height of the wave of constant arrivals. */
export function constantHeight(
  rate: ArrivalRate,
  levels: readonly WaveLevel[],
  enough: ForecastRate | undefined,
): WaveHeight {
  const highest = highestLevel(levels) ?? { fromMs: 0, toMs: 0, times: 1 };
  const { times, fromMs, toMs } = highest;
  return {
    usual: timesRate(1, rate),
    rightAfter: timesRate(levels[0]?.times ?? 1, rate),
    highest: { ...timesRate(times, rate), fromMs, toMs },
    enoughCapacity: enough,
  };
}

/** Hears of every attempt of a simulation, and says how high they come after the recovery. */
export class WaveWatch {
  readonly #outage: PlanWindow;
  readonly #answerWithinMs: number;
  readonly #usual: ForecastRate;
  readonly #busiestMinute = new BusiestStretch(MINUTE_MS);
  /** The most within the time that there is for an answer. */
  readonly #mostTogether: BusiestStretch;
  #firstMinute = 0;

  constructor(timesMs: Float64Array, outage: PlanWindow, answerWithinMs: number) {
    this.#outage = outage;
    this.#answerWithinMs = answerWithinMs;
    this.#mostTogether = new BusiestStretch(Math.max(0, answerWithinMs));
    const usual = new BusiestStretch(MINUTE_MS);
    for (const atMs of timesMs) usual.add(atMs);
    this.#usual = rateIn(usual.most, MINUTE_MS);
  }

  add(atMs: number): void {
    const { fromMs, toMs } = this.#outage;
    if (atMs < fromMs || atMs >= toMs) this.#mostTogether.add(atMs);
    if (atMs < toMs) return;
    this.#busiestMinute.add(atMs);
    if (atMs < toMs + MINUTE_MS) this.#firstMinute += 1;
  }

  height(): WaveHeight {
    const { most, fromMs } = this.#busiestMinute;
    const startMs = most === 0 ? 0 : fromMs - this.#outage.toMs;
    const together = rateIn(this.#mostTogether.most, this.#answerWithinMs);
    return {
      usual: this.#usual,
      rightAfter: rateIn(this.#firstMinute, MINUTE_MS),
      highest: { ...rateIn(most, MINUTE_MS), fromMs: startMs, toMs: startMs + MINUTE_MS },
      enoughCapacity: this.#answerWithinMs > 0 ? greaterOf(together, this.#usual) : undefined,
    };
  }
}

function greaterOf(one: ForecastRate, other: ForecastRate): ForecastRate {
  return one.perSecond > other.perSecond ? one : other;
}
