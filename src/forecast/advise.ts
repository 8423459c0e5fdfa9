import type { PlanWindow } from '../delivery/plan-window.js';
import { INQUD_TIMEOUT_MS } from '../webhook/scheme.js';
import type { ForecastAdvice } from './advice.js';
import { type ForecastRate, rateIn } from './forecast-rate.js';
import type { ForecastReceiver } from './records.js';

/** What is known when advice is given. */
export interface Advisable {
  readonly outage: PlanWindow;
  readonly lost: number;
  /** From the first attempt of a web hook to its last. */
  readonly scheduleMs: number;
  /** The first attempt and its retries. */
  readonly attempts: number;
  readonly usual: ForecastRate;
  readonly enoughCapacity: ForecastRate | undefined;
  readonly receiver: ForecastReceiver | undefined;
}

/** What to do, the most urgent first. */
export function adviceOn(known: Advisable): readonly ForecastAdvice[] {
  return [...lossAdvice(known), ...receiverAdvice(known)];
}

function lossAdvice({ outage, lost, scheduleMs }: Advisable): readonly ForecastAdvice[] {
  if (lost === 0) return [];
  const firstPartMs = outage.toMs - outage.fromMs - scheduleMs;
  return [{ code: 'ask-for-the-lost', webHooks: lost, firstPartMs }];
}

function receiverAdvice(known: Advisable): readonly ForecastAdvice[] {
  const { receiver, usual, enoughCapacity } = known;
  if (receiver === undefined) return [{ code: 'say-the-capacity' }];
  if (receiver.keepsUp !== false) return [];
  const capacity = enoughCapacity === undefined ? [] : [capacityOf(enoughCapacity)];
  if (receiver.answerMs > INQUD_TIMEOUT_MS) {
    return [{ code: 'answers-too-slow' }, ...capacity, { code: 'answer-first' }];
  }
  const isTooSlow = receiver.capacity.perSecond < usual.perSecond;
  return [
    ...(isTooSlow ? [{ code: 'too-slow-for-the-usual' } as const] : []),
    ...capacity,
    { code: 'answer-first' },
    { code: 'refuse-early' },
    { code: 'jitter' },
    safeRate(receiver, known),
  ];
}

function capacityOf(enough: ForecastRate): ForecastAdvice {
  return { code: 'capacity', enough };
}

/** Each web hook may come so many times: where all of those fit, late answers end by themselves. */
function safeRate({ capacity }: ForecastReceiver, { attempts }: Advisable): ForecastAdvice {
  return { code: 'safe-rate', safe: rateIn(capacity.perSecond / attempts, 1_000), attempts };
}
