import { RATE_UNITS, type RateUnit } from '../../forecast/arrival-rate.js';
import type { ForecastRate } from '../../forecast/forecast-rate.js';
import { grouped } from '../count.js';

const DIGITS = 3;

/** A rate as a user would type it: `140/min`. Small ones with as many digits as tell them apart. */
export function rateText(rate: ForecastRate, unit: RateUnit): string {
  return `${grouped(readable(amountOf(rate, unit), Math.round))}/${unit}`;
}

/** The same where less would not be enough. */
export function rateOfAtLeast(rate: ForecastRate, unit: RateUnit): string {
  return `${grouped(readable(amountOf(rate, unit), roundedUp))}/${unit}`;
}

function amountOf({ perMinute }: ForecastRate, unit: RateUnit): number {
  return (perMinute * RATE_UNITS[unit]) / RATE_UNITS.min;
}

function readable(amount: number, round: (amount: number) => number): number {
  if (amount === 0) return 0;
  const places = Math.max(0, DIGITS - 1 - Math.floor(Math.log10(amount)));
  const scale = 10 ** places;
  return round(amount * scale) / scale;
}

/** A number that is whole but for what is lost in binary is whole. */
function roundedUp(amount: number): number {
  return Math.ceil(amount * (1 - 4 * Number.EPSILON));
}
