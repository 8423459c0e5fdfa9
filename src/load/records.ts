import type { EventLabel } from '../delivery/records.js';
import type { Outcome } from '../ports.js';

/** A web hook that was not answered 200 in time. The first hundred are told one by one. */
export interface FailedRecord extends EventLabel {
  readonly kind: 'failed';
  /** When it was to be sent, in milliseconds from the start. */
  readonly atMs: number;
  readonly outcome: Outcome;
}

/** Times to an answer from the time at which the web hook was to be sent, in milliseconds. */
export interface LatencyPercentiles {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
}

/** One stretch of a run, a second long unless the run is longer than ten minutes. */
export interface LoadStretch {
  /** Its start, in milliseconds from that of the run. */
  readonly atMs: number;
  /** Web hooks that were to be sent in it. */
  readonly due: number;
  /** Web hooks that were sent in it. */
  readonly sent: number;
  /** Web hooks whose answer, 200 and in time, came in it. */
  readonly delivered: number;
  /** Web hooks of which it became clear in it that they were not delivered. */
  readonly failed: number;
  /** Of the answers that came in it; undefined where none did. */
  readonly latency: LatencyPercentiles | undefined;
}

/** How well the tool kept the rate that it was asked for. */
export interface KeptRate {
  /** Web hooks that were to be sent by the end. */
  readonly due: number;
  /** The share of them that was sent on time. */
  readonly share: number;
  /** Sent, but more than this after their time, in milliseconds. */
  readonly onTimeMs: number;
  readonly late: number;
  /** Never sent: no connection was free for as long as the receiver has to answer. */
  readonly unsent: number;
  /** Those whose time had come when no connection was free. */
  readonly blocked: number;
  /** How much later than planned web hooks were sent, in milliseconds. */
  readonly p99LateMs: number;
  readonly maxLateMs: number;
}

/** Answers after which Inqud tries again later, and that a receiver under load may give on purpose. */
export interface RefusedShare {
  /** 429 and 503. */
  readonly count: number;
  /** Of all that were sent. */
  readonly share: number;
  /** When the first and the last of them came, in milliseconds from the start. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** A resource whose web hooks were all acknowledged, and whose state is not what it has to be. */
export interface WrongState {
  /** `lost`: as if nothing had come. `otherwise`: something came, and what tells how it ended is wrong. */
  readonly kind: 'lost' | 'otherwise';
  /** What sort of resource it is of, such as `checkout`. */
  readonly of: string;
  readonly resource: string;
  /** Where the state says something else than that of a first life, and what. */
  readonly path: string | undefined;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

/** What the receiver's states said after a load. */
export interface LoadStates {
  /** Resources of which every web hook of the life was answered 200. */
  readonly acknowledged: number;
  /** Those of them whose state was read and told something. */
  readonly judged: number;
  readonly lost: number;
  readonly otherwise: number;
  /** The first hundred that are lost or otherwise. */
  readonly wrong: readonly WrongState[];
  /** Kinds of which the states tell nothing. */
  readonly untold: readonly string[];
  /** How long states were read, in milliseconds. */
  readonly waitedMs: number;
}

/** What a load came to. The exit code is a function of this alone. */
export interface LoadSummary {
  readonly kind: 'summary';
  /** How long web hooks were to be sent, in milliseconds. */
  readonly forMs: number;
  /** Until the last answer, in milliseconds. */
  readonly tookMs: number;
  readonly sent: number;
  /** Answered 200 in time. */
  readonly delivered: number;
  /** Sent, and not delivered. */
  readonly failed: number;
  /** The share of failed ones that is allowed, 0 to 1. */
  readonly allowedShare: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly timedOut: number;
  readonly broken: number;
  readonly unreachable: number;
  readonly cancelled: number;
  readonly kept: KeptRate;
  /** Of answers, and of those that did not come in time; undefined where there was neither. */
  readonly latency: LatencyPercentiles | undefined;
  readonly refused: RefusedShare | undefined;
  /** Time to answer, in milliseconds. */
  readonly timeoutMs: number;
  /** How long each stretch of the series is, in milliseconds. */
  readonly stepMs: number;
  readonly series: readonly LoadStretch[];
  readonly interrupted: boolean;
  /** Present where the receiver's states were asked for. */
  readonly states?: LoadStates;
}

/** One rate that was tried, or one number of connections that each wait for their answer. */
export interface LimitStep {
  readonly kind: 'step';
  readonly loop: 'closed' | 'open';
  /** Web hooks a second: delivered ones in a closed loop, those that were to be sent in an open one. */
  readonly perSecond: number;
  /** Of a closed loop: web hooks that were unanswered at any time. */
  readonly connections: number | undefined;
  /**
   * `held`: every web hook was answered 200 in time. `failed`: more than allowed were not. `slow`: the
   * 99th percentile was beyond the limit. `growing`: times to an answer grew until the end, so that it
   * would not have gone on. `not-kept`: this tool could not send so fast.
   */
  readonly verdict: 'held' | 'failed' | 'slow' | 'growing' | 'not-kept';
  readonly sent: number;
  readonly failed: number;
  readonly unreachable: number;
  readonly latency: LatencyPercentiles | undefined;
}

/** How fast web hooks may come. The exit code is a function of this alone. */
export interface LimitSummary {
  readonly kind: 'summary';
  /** What is answered in a second when the next web hook waits for the answer to the one before. */
  readonly ceilingPerSecond: number;
  /** The highest rate that held, in web hooks a second; undefined where none did. */
  readonly limitPerSecond: number | undefined;
  /** What the next higher rate that was tried came to; undefined where none was. */
  readonly limitedBy: Exclude<LimitStep['verdict'], 'held'> | undefined;
  /** Within which the 99th percentile had to be, in milliseconds. */
  readonly p99LimitMs: number;
  /** How long each rate was tried, in milliseconds. */
  readonly forMs: number;
  readonly timeoutMs: number;
  readonly isConnected: boolean;
  /** It took no connections any more in the end, and the search was given up. */
  readonly isDown: boolean;
  readonly interrupted: boolean;
}
