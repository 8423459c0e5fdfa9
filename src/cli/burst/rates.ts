import { HookError } from '../../errors.js';
import type { ArrivalRate } from '../../forecast/arrival-rate.js';
import type { RateInWords } from '../../report/burst/story.js';
import { arrivalRateIn, parseArrivalRate, RATE_HINT } from '../arrival-rate.js';

const MS_PER_SECOND = 1_000;

/** Reads `200/s` or `20/min`. @throws HookError `bad-flag` */
export function parseRateInWords(text: string): RateInWords {
  return inWords(parseArrivalRate(text), text);
}

/** Reads `50/s..500/s`: the rates at the start and at the end. @throws HookError `bad-flag` */
export function parseRamp(text: string): { readonly from: RateInWords; readonly to: RateInWords } {
  const [from, to, ...more] = text.split('..');
  if (from === undefined || to === undefined || more.length > 0) throw badRamp(text);
  const ramp = { from: rampEnd(from), to: rampEnd(to) };
  if (ramp.from.perSecond + ramp.to.perSecond > 0) return ramp;
  throw badRamp(text);
}

/** A ramp may begin or end with nothing. */
function rampEnd(text: string): RateInWords {
  const rate = arrivalRateIn(text);
  if (rate !== undefined) return inWords(rate, text);
  throw new HookError('bad-flag', `\`${text}\` is not a rate.`, RATE_HINT);
}

function inWords({ count, perMs }: ArrivalRate, text: string): RateInWords {
  const perSecond = (Number(count) * MS_PER_SECOND) / Number(perMs);
  return { perSecond, text: text.replaceAll(/\s/g, '') };
}

function badRamp(text: string): HookError {
  return new HookError(
    'bad-flag',
    `\`${text}\` does not say from which rate to which.`,
    'Write from..to, e.g. 50/s..500/s.',
  );
}
