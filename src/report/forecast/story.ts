import type { DeliveryRules } from '../../delivery/plan.js';
import type { PlanWindow } from '../../delivery/plan-window.js';
import type { RateUnit } from '../../forecast/arrival-rate.js';
import type { ForecastRate } from '../../forecast/forecast-rate.js';

/** What a forecast is about, beside its series and its summary. */
export interface ForecastStory {
  readonly arrivals: ForecastSource;
  /** Plan time, which begins with the first web hook. */
  readonly outage: PlanWindow;
  readonly whileDown: 'refuses' | 'hangs';
  readonly retries: Pick<DeliveryRules, 'schedule' | 'waitsMs'>;
  readonly receiver: DescribedReceiver | undefined;
  /** The unit in which rates are shown to people. */
  readonly unit: RateUnit;
}

export type ForecastSource =
  | ({ readonly kind: 'constant' } & ForecastRate)
  | ({ readonly kind: 'capture' } & CapturedArrivals);

/** The capture that arrivals are from. */
export interface CapturedArrivals {
  readonly file: string;
  /** Those that say when they came. */
  readonly webHooks: number;
  /** From the first to the last. */
  readonly spanMs: number;
  readonly untimed: number;
  readonly malformed: number;
  readonly otherMethods: number;
  /** Parts of the file that hold no web hook. */
  readonly leftOver: number;
}

export interface DescribedReceiver {
  readonly capacity: ForecastRate;
  /** The unit in which the capacity was said. */
  readonly unit: RateUnit;
  /** Only the time that it works on one web hook was said. */
  readonly isOneAtATime: boolean;
}
