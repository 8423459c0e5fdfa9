import { createBell } from '../delivery/bell.js';
import type { EventLabel } from '../delivery/records.js';
import type { Clock, Histogram, LoadTransport, Outcome, OutgoingRequest } from '../ports.js';
import type { ArrivalPlan } from './arrivals.js';
import { type LoadProgress, LoadTally } from './load-tally.js';
import type { FailedRecord, LoadSummary } from './records.js';

/** The web hooks of a load, by their places in the plan. */
export interface LoadComposer {
  compose(sequence: number): OutgoingRequest;
  label(sequence: number): EventLabel;
}

/** What a load needs from the world. */
export interface LoadPorts {
  readonly transport: LoadTransport;
  readonly clock: Clock;
  readonly composer: LoadComposer;
  readonly createHistogram: () => Histogram;
  /** Resolves once everything that has come meanwhile was heard of. */
  readonly turn: () => Promise<void>;
}

export interface LoadOptions {
  /** Web hooks that may be unanswered at the same time. */
  readonly connections: number;
  /** Time to answer, in milliseconds: the transport's own. */
  readonly timeoutMs: number;
  /** The share of web hooks that may fail, 0 to 1. */
  readonly allowedShare: number;
  /** Ends the run early: what is in flight is cancelled, the summary still comes. */
  readonly signal?: AbortSignal | undefined;
  /** Is told once, at the start, how to ask how far the run is. */
  readonly onStart?: ((progress: () => LoadProgress) => void) | undefined;
  /** Hears what came of every web hook. */
  readonly onLanded?: ((sequence: number, outcome: Outcome) => void) | undefined;
}

/** Failures that are told one by one. */
const LISTED_FAILURES = 100;
/** Nobody can wait for less than this, and rounding must not make it so. */
const SOON_MS = 0.001;
/** Web hooks that leave in one go at most, so that answers are heard in between. */
const MOST_AT_ONCE = 64;

/**
 * Sends each web hook at its planned time, whatever is still unanswered. Yields the first failures as
 * they come, and returns the summary. Whoever stops reading cancels what is in flight.
 */
export async function* openLoop(
  plan: ArrivalPlan,
  ports: LoadPorts,
  options: LoadOptions,
): AsyncGenerator<FailedRecord, LoadSummary> {
  const { signal: interruption } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any(interruption ? [interruption, stop.signal] : [stop.signal]);
  const loop = new OpenLoop(plan, ports, options, signal);
  options.onStart?.(() => loop.progress());
  try {
    for (let step = loop.fill(); step.kind !== 'over'; step = loop.fill()) {
      yield* loop.failures();
      await loop.wait(step);
    }
    await loop.rest();
    yield* loop.failures();
    return loop.summary(interruption?.aborted === true);
  } finally {
    stop.abort();
    await loop.rest();
  }
}

/** What there is to wait for before more can be sent. */
type Pause =
  | { readonly kind: 'until'; readonly dueMs: number }
  /** Every connection is taken. */
  | { readonly kind: 'full' }
  /** More is due, but answers are heard first. */
  | { readonly kind: 'breath' }
  | { readonly kind: 'over' };

class OpenLoop {
  readonly #plan: ArrivalPlan;
  readonly #ports: LoadPorts;
  readonly #options: LoadOptions;
  readonly #signal: AbortSignal;
  readonly #sendOptions: { readonly signal: AbortSignal };
  readonly #tally: LoadTally;
  readonly #startMs: number;
  readonly #bell = createBell();
  #failures: FailedRecord[] = [];
  #listed = 0;
  #next = 0;
  #inFlight = 0;
  /** The place of the last one that found no free connection. */
  #blocked = -1;
  #bug: { readonly error: unknown } | undefined;

  constructor(plan: ArrivalPlan, ports: LoadPorts, options: LoadOptions, signal: AbortSignal) {
    this.#plan = plan;
    this.#ports = ports;
    this.#options = options;
    this.#signal = signal;
    this.#sendOptions = { signal };
    this.#tally = new LoadTally(plan, { ...options, createHistogram: ports.createHistogram });
    this.#startMs = ports.clock.monotonic();
  }

  progress(): LoadProgress {
    return this.#tally.progress();
  }

  /** Sends what is due, as far as there is room, and says what to wait for. */
  fill(): Pause {
    const { timesMs } = this.#plan;
    if (this.#bug !== undefined) throw this.#bug.error;
    for (let sent = 0; ; sent += 1) {
      const dueMs = timesMs[this.#next];
      if (dueMs === undefined || this.#signal.aborted) return { kind: 'over' };
      const nowMs = this.#nowMs();
      if (dueMs - nowMs > SOON_MS) return { kind: 'until', dueMs };
      if (nowMs - dueMs > this.#options.timeoutMs) this.#giveUp();
      else if (this.#inFlight >= this.#options.connections) return this.#full();
      else if (sent >= MOST_AT_ONCE) return { kind: 'breath' };
      else this.#send(dueMs, Math.max(dueMs, nowMs));
    }
  }

  async wait(pause: Pause): Promise<void> {
    if (pause.kind === 'until') {
      await this.#ports.clock.sleep(pause.dueMs - this.#nowMs(), this.#signal);
    } else if (pause.kind === 'full') await this.#bell.rung();
    else await this.#ports.turn();
  }

  /** Resolves when nothing is in flight. */
  async rest(): Promise<void> {
    while (this.#inFlight > 0) await this.#bell.rung();
    if (this.#bug !== undefined) throw this.#bug.error;
  }

  /** Those that have not been told yet. */
  failures(): readonly FailedRecord[] {
    const failures = this.#failures;
    this.#failures = [];
    return failures;
  }

  summary(interrupted: boolean): LoadSummary {
    return this.#tally.summary(this.#nowMs(), { interrupted });
  }

  #nowMs(): number {
    return this.#ports.clock.monotonic() - this.#startMs;
  }

  #full(): Pause {
    if (this.#blocked < this.#next) this.#tally.addBlocked();
    this.#blocked = this.#next;
    return { kind: 'full' };
  }

  /** It has waited for a connection for as long as the receiver has to answer. */
  #giveUp(): void {
    this.#next += 1;
    this.#tally.addUnsent();
  }

  #send(dueMs: number, startMs: number): void {
    const place = this.#next;
    const sequence = this.#plan.sequences?.[place] ?? place;
    this.#next += 1;
    this.#inFlight += 1;
    this.#tally.addSent(dueMs, startMs);
    this.#ports.transport
      .send(this.#ports.composer.compose(sequence), this.#sendOptions)
      .then((outcome) => this.#land({ sequence, dueMs, startMs }, outcome), this.#crash)
      .catch(this.#stumble);
  }

  readonly #crash = (error: unknown): void => {
    this.#inFlight -= 1;
    this.#stumble(error);
  };

  readonly #stumble = (error: unknown): void => {
    this.#bug ??= { error };
    this.#bell.ring();
  };

  #land({ sequence, dueMs, startMs }: Flight, outcome: Outcome): void {
    this.#inFlight -= 1;
    this.#bell.ring();
    const came = this.#tally.addLanded({ dueMs, startMs, nowMs: this.#nowMs(), outcome });
    this.#options.onLanded?.(sequence, outcome);
    if (came !== 'failed' || this.#listed >= LISTED_FAILURES) return;
    this.#listed += 1;
    const label = this.#ports.composer.label(sequence);
    this.#failures.push({ kind: 'failed', ...label, atMs: dueMs, outcome });
  }
}

/** A web hook that has been sent. Times are milliseconds from the start. */
interface Flight {
  readonly sequence: number;
  readonly dueMs: number;
  readonly startMs: number;
}
