import type { PlanWindow } from '../delivery/plan-window.js';
import type { ArrivalRate } from './arrival-rate.js';

/** What a forecast is made of. */
export interface ForecastRequest {
  readonly arrivals: ForecastArrivals;
  /** In plan time, which begins with the first web hook. */
  readonly outage: PlanWindow;
  /** Entry k is the wait after failed attempt k + 1, in plan milliseconds. */
  readonly waitsMs: readonly number[];
  /** The dead receiver refuses at once, or hangs until the sender gives up. */
  readonly whileDown: 'refuses' | 'hangs';
  readonly receiver: ReceiverUnderForecast | undefined;
}

export type ForecastArrivals =
  | { readonly kind: 'constant'; readonly rate: ArrivalRate }
  /** In ascending order; the first is 0. */
  | { readonly kind: 'recorded'; readonly timesMs: Float64Array };

export interface ReceiverUnderForecast {
  readonly capacity: ArrivalRate;
  /**
   * From the beginning of its work on a web hook to the answer, in milliseconds. When it is undefined,
   * the receiver works on one at a time, and its capacity says how long that takes.
   */
  readonly answerMs: number | undefined;
}
