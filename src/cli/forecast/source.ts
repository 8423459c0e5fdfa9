import type { RateUnit } from '../../forecast/arrival-rate.js';
import { timesRate } from '../../forecast/forecast-rate.js';
import type { ForecastArrivals } from '../../forecast/forecast-request.js';
import type { ForecastSource } from '../../report/forecast/story.js';
import { arrivalRateIn, parseArrivalRate } from '../arrival-rate.js';
import { named } from '../named.js';
import type { World } from '../world.js';
import type { ForecastFlags } from './flags.js';

interface AskedArrivals {
  readonly arrivals: ForecastArrivals;
  readonly source: ForecastSource;
  /** The unit in which rates are shown. */
  readonly unit: RateUnit;
}

/** What `--rate` names: a rate, or else a capture, which is read. */
export async function sourceFrom(
  text: string,
  flags: ForecastFlags,
  world: World,
): Promise<AskedArrivals> {
  if (arrivalRateIn(text) !== undefined) {
    const rate = named('--rate', () => parseArrivalRate(text));
    return {
      arrivals: { kind: 'constant', rate },
      source: { kind: 'constant', ...timesRate(1, rate) },
      unit: rate.unit,
    };
  }
  const { readArrivals } = await import('./captured-arrivals.js');
  const { timesMs, captured } = await readArrivals(text, flags, world);
  return {
    arrivals: { kind: 'recorded', timesMs },
    source: { kind: 'capture', ...captured },
    unit: 'min',
  };
}
