import { HookError } from '../../errors.js';
import { timesRate } from '../../forecast/forecast-rate.js';
import type { ReceiverUnderForecast } from '../../forecast/forecast-request.js';
import type { DescribedReceiver } from '../../report/forecast/story.js';
import type { ForecastFlags } from './flags.js';

interface ReceiverAskedFor {
  readonly receiver: ReceiverUnderForecast | undefined;
  readonly described: DescribedReceiver | undefined;
}

/** The receiver that the flags describe. @throws HookError `bad-flag` when it would take no time */
export function receiverFrom({ capacity, answerTime }: ForecastFlags): ReceiverAskedFor {
  if (capacity === undefined && answerTime === undefined) {
    return { receiver: undefined, described: undefined };
  }
  const isOneAtATime = capacity === undefined;
  const takes = capacity ?? oneAtATime(answerTime ?? 0);
  return {
    receiver: { capacity: takes, answerMs: answerTime },
    described: { capacity: timesRate(1, takes), unit: takes.unit, isOneAtATime },
  };
}

function oneAtATime(answerMs: number): ReceiverUnderForecast['capacity'] {
  if (answerMs > 0) return { count: 1n, perMs: BigInt(answerMs), unit: 's' };
  throw new HookError(
    'bad-flag',
    '--answer-time 0 says nothing without --capacity.',
    'Add --capacity, or leave --answer-time away.',
  );
}
