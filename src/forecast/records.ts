import type { ForecastAdvice } from './advice.js';
import type { ForecastRate } from './forecast-rate.js';

/**
 * A step of the series: how many attempts are sent from one time to another. Both are counted from
 * the recovery, in plan milliseconds, and negative while the receiver is down.
 */
export interface ForecastStep {
  readonly kind: 'step';
  readonly fromMs: number;
  readonly toMs: number;
  /** First attempts and retries. */
  readonly attempts: number;
  readonly perSecond: number;
  /** Of the attempts: those that a receiver was asked for that was down. */
  readonly inVain: number;
  /** Of the attempts: those that are answered too late; absent without a capacity. */
  readonly late?: number;
  /** The longest that one of them waits in the receiver; absent without a capacity. */
  readonly longestWaitMs?: number;
}

/** How high attempts come after the recovery. Times are counted from it, in plan milliseconds. */
export interface ForecastWave {
  /** Without an outage: of constant arrivals their rate, of a capture its busiest minute. */
  readonly usual: ForecastRate;
  /** At the recovery: of a capture the first minute after it. */
  readonly rightAfter: ForecastRate;
  /** The highest, and when it comes first: of a capture the busiest minute. */
  readonly highest: ForecastRate & { readonly fromMs: number; readonly toMs: number };
  /** Retries in it, each the one that delivers its web hook. */
  readonly retries: number;
  /** No retry comes later: the supremum, and 0 where none comes. */
  readonly lastDeliveryMs: number;
}

/** What becomes of the receiver when it has a capacity. Times are counted from the recovery. */
export interface ForecastReceiver {
  readonly capacity: ForecastRate;
  /** From the start of the work on a web hook to its answer. */
  readonly answerMs: number;
  /** No answer comes too late; undefined where the simulation ended before that was known. */
  readonly keepsUp: boolean | undefined;
  readonly longestAnswerMs: number;
  readonly mostWaiting: number;
  /** Attempts that are answered too late. */
  readonly lateAnswers: number;
  /** Attempts that come again because an answer was late. */
  readonly secondWave:
    | { readonly attempts: number; readonly fromMs: number; readonly toMs: number }
    | undefined;
  /** Web hooks that were served, but never in time, until no retry was left. */
  readonly unacknowledged: number;
  /** When no retry is left and nothing waits; undefined when that is not seen. */
  readonly calmAfterMs: number | undefined;
  /** How long after the recovery the simulation goes. */
  readonly followedMs: number;
  /** How many attempts come at the end of it. */
  readonly endsAt: ForecastRate;
}

/** What a forecast says. Every count is exact; what stands in `receiver` is simulated. */
export interface ForecastSummary {
  readonly kind: 'summary';
  /** Web hooks that are not delivered when the outage ends, the lost ones among them. */
  readonly backlog: number;
  readonly attemptsInVain: number;
  readonly lost: {
    readonly webHooks: number;
    /** How long after the beginning of the outage the first is lost; absent where none is. */
    readonly firstAfterMs?: number;
    /** No longer outage is without loss. */
    readonly longestSafeOutageMs: number;
  };
  readonly wave: ForecastWave;
  /** How long the receiver has to remember a web hook, from its first attempt on. */
  readonly remember: {
    readonly leastMs: number;
    /** The same where every attempt of it times out. */
    readonly withTimeoutsMs: number;
  };
  /** Whoever can take this many answers all in time; undefined where no answer can be in time. */
  readonly enoughCapacity: ForecastRate | undefined;
  readonly receiver: ForecastReceiver | undefined;
  readonly advice: readonly ForecastAdvice[];
  readonly stepMs: number;
  readonly interrupted: boolean;
}
