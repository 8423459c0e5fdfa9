import type { Histogram, Outcome } from '../ports.js';
import { isDelivered } from '../webhook/scheme.js';
import type { ArrivalPlan } from './arrivals.js';
import { LatencyHistogram } from './latency-histogram.js';
import { LoadSeries } from './load-series.js';
import type { KeptRate, LoadSummary, RefusedShare } from './records.js';

/** A web hook that leaves later than this after its time is late. Timers and garbage take less. */
export const ON_TIME_MS = 50;

/** What a receiver answers that has too much to do (RFC 6585, section 4; RFC 9110, section 15.6.4). */
const TOO_MUCH = [429, 503];

export interface TallyRules {
  readonly timeoutMs: number;
  readonly allowedShare: number;
  readonly createHistogram: () => Histogram;
}

/** A web hook that has come to its end. Times are milliseconds from the start. */
export interface Landed {
  /** When it was to be sent. */
  readonly dueMs: number;
  /** When it was sent. */
  readonly startMs: number;
  readonly nowMs: number;
  readonly outcome: Outcome;
}

/** How far a run is. */
export interface LoadProgress {
  readonly sent: number;
  readonly settled: number;
  readonly failed: number;
  readonly late: number;
}

/** Adds up what comes of the web hooks of a load, in memory that does not grow with them. */
export class LoadTally {
  readonly #plan: ArrivalPlan;
  readonly #rules: TallyRules;
  readonly #latencies: LatencyHistogram;
  readonly #lateness: LatencyHistogram;
  readonly #series: LoadSeries;
  readonly #statuses: Record<string, number> = {};
  readonly #counts = { delivered: 0, timedOut: 0, broken: 0, unreachable: 0, cancelled: 0 };
  #sent = 0;
  #settled = 0;
  #failed = 0;
  #late = 0;
  #unsent = 0;
  #blocked = 0;
  #refused: RefusedShare | undefined;

  constructor(plan: ArrivalPlan, rules: TallyRules) {
    this.#plan = plan;
    this.#rules = rules;
    this.#latencies = new LatencyHistogram(rules.createHistogram());
    this.#lateness = new LatencyHistogram(rules.createHistogram());
    this.#series = new LoadSeries(plan.timesMs, plan.forMs, rules.createHistogram());
  }

  addSent(dueMs: number, nowMs: number): void {
    const lateMs = nowMs - dueMs;
    this.#sent += 1;
    if (lateMs > ON_TIME_MS) this.#late += 1;
    this.#lateness.add(lateMs);
    this.#series.addSent(nowMs);
  }

  /** Its time had come, and no connection was free. */
  addBlocked(): void {
    this.#blocked += 1;
  }

  addUnsent(): void {
    this.#unsent += 1;
  }

  /** Says whether it was delivered, or was cancelled by an interruption. */
  addLanded(landed: Landed): 'delivered' | 'failed' | 'cancelled' {
    const { outcome, nowMs } = landed;
    this.#settled += 1;
    this.#count(outcome, nowMs);
    if (outcome.kind === 'cancelled') return 'cancelled';
    if (outcome.kind === 'responded' || outcome.kind === 'timed-out') {
      const ms = landed.startMs - landed.dueMs + outcome.ms;
      this.#latencies.add(ms);
      this.#series.addLatency(nowMs, ms);
    }
    if (isDelivered(outcome)) {
      this.#counts.delivered += 1;
      this.#series.addDelivered(nowMs);
      return 'delivered';
    }
    this.#failed += 1;
    this.#series.addFailed(nowMs);
    return 'failed';
  }

  progress(): LoadProgress {
    return { sent: this.#sent, settled: this.#settled, failed: this.#failed, late: this.#late };
  }

  /** `nowMs` is the end of it: what was due by then counts. */
  summary(nowMs: number, { interrupted }: { readonly interrupted: boolean }): LoadSummary {
    const { timeoutMs, allowedShare } = this.#rules;
    const refused = this.#refused;
    return {
      kind: 'summary',
      forMs: this.#plan.forMs,
      tookMs: Math.round(nowMs),
      sent: this.#sent,
      failed: this.#failed,
      allowedShare,
      statuses: { ...this.#statuses },
      ...this.#counts,
      kept: this.#kept(interrupted ? nowMs : Number.POSITIVE_INFINITY),
      latency: this.#latencies.percentiles(),
      refused: refused && { ...refused, share: refused.count / this.#sent },
      timeoutMs,
      stepMs: this.#series.stepMs,
      series: this.#series.stretches(),
      interrupted,
    };
  }

  #kept(byMs: number): KeptRate {
    const { timesMs } = this.#plan;
    const later = timesMs.findIndex((timeMs) => timeMs > byMs);
    const due = Math.max(later === -1 ? timesMs.length : later, this.#sent + this.#unsent);
    const onTime = this.#sent - this.#late;
    return {
      due,
      share: due === 0 ? 0 : onTime / due,
      onTimeMs: ON_TIME_MS,
      late: this.#late,
      unsent: due - this.#sent,
      blocked: this.#blocked,
      p99LateMs: this.#lateness.percentileMs(99),
      maxLateMs: this.#lateness.maxMs,
    };
  }

  #count(outcome: Outcome, nowMs: number): void {
    const counts = this.#counts;
    switch (outcome.kind) {
      case 'responded':
        this.#statuses[outcome.status] = (this.#statuses[outcome.status] ?? 0) + 1;
        if (TOO_MUCH.includes(outcome.status)) this.#noteRefused(nowMs);
        return;
      case 'timed-out':
        counts.timedOut += 1;
        return;
      case 'broken':
        counts.broken += 1;
        return;
      case 'unreachable':
        counts.unreachable += 1;
        return;
      case 'cancelled':
        counts.cancelled += 1;
        return;
      case 'blocked':
        throw new RangeError('Nothing is blocked in a load.');
      default:
        return outcome satisfies never;
    }
  }

  #noteRefused(nowMs: number): void {
    const { count, firstMs } = this.#refused ?? { count: 0, firstMs: nowMs };
    this.#refused = { count: count + 1, share: 0, firstMs, lastMs: nowMs };
  }
}
