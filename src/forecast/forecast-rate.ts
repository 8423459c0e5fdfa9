import { type ArrivalRate, RATE_UNITS } from './arrival-rate.js';

/** A rate as numbers. */
export interface ForecastRate {
  readonly perSecond: number;
  readonly perMinute: number;
}

/** So many in so many milliseconds. */
export function rateIn(many: number, ms: number): ForecastRate {
  return { perSecond: (many * RATE_UNITS.s) / ms, perMinute: (many * RATE_UNITS.min) / ms };
}

/** So many times a rate. */
export function timesRate(times: number, { count, perMs }: ArrivalRate): ForecastRate {
  return rateIn(Number(count) * times, Number(perMs));
}
