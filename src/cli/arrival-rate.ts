import { HookError } from '../errors.js';
import { type ArrivalRate, type RateUnit, rateOf } from '../forecast/arrival-rate.js';

const UNITS: ReadonlyMap<string, RateUnit> = new Map([
  ['s', 's'],
  ['sec', 's'],
  ['second', 's'],
  ['m', 'min'],
  ['min', 'min'],
  ['minute', 'min'],
  ['h', 'h'],
  ['hour', 'h'],
  ['d', 'd'],
  ['day', 'd'],
]);
const RATE = /^(\d{1,15}(?:\.\d{1,15})?|\.\d{1,15}) ?\/ ?([a-z]+)$/i;
/** How a rate is written. */
export const RATE_HINT = 'Write a number a unit of time: 20/min, 5/s, 300/h, 1000/d.';

/** Reads `20/min`, `2.5/s`, `300/h` or `1000/d`. @throws HookError `bad-flag` */
export function parseArrivalRate(text: string): ArrivalRate {
  const rate = arrivalRateIn(text);
  if (rate === undefined) throw new HookError('bad-flag', `\`${text}\` is not a rate.`, RATE_HINT);
  if (rate.count > 0n) return rate;
  throw new HookError('bad-flag', `\`${text}\` is not a rate: nothing ever comes.`, RATE_HINT);
}

/** The rate that a text says; undefined where it is something else. */
export function arrivalRateIn(text: string): ArrivalRate | undefined {
  const [, decimal, word = ''] = RATE.exec(text.trim()) ?? [];
  const unit = UNITS.get(word.toLowerCase());
  return decimal === undefined || unit === undefined ? undefined : rateOf(decimal, unit);
}
