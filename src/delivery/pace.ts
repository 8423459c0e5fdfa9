import type { Clock } from '../ports.js';

/** How plan time passes. */
export type Pace =
  /** From one due time straight to the next. */
  | { readonly kind: 'stepping' }
  /** The same, sleeping in between: this many real milliseconds for one of the plan. */
  | { readonly kind: 'scaled'; readonly scale: number }
  /**
   * As it will be: attempts leave when they are due, whatever is still unanswered. With a scale, so
   * many real milliseconds for one of the plan.
   */
  | { readonly kind: 'real'; readonly scale?: number | undefined };

/** Plan time as it passes in one run. */
export interface Pacer {
  /** What is due by now, in plan milliseconds. */
  horizonMs(): number;
  /** Measured plan time, when this pace measures it. */
  measuredMs(): number | undefined;
  /** Moves plan time on to a due time; resolves early when the signal aborts. */
  advanceTo(dueMs: number, signal?: AbortSignal): Promise<void>;
}

/** A wait for a due time, as it begins. */
export interface Wait {
  /** Plan time, in milliseconds. */
  readonly dueMs: number;
  /** How long it takes, in real milliseconds. */
  readonly waitMs: number;
}

type OnWait = (wait: Wait) => void;

export function createPacer(pace: Pace, clock: Clock, onWait: OnWait = () => undefined): Pacer {
  const startMs = clock.monotonic();
  const sleep = async (wait: Wait, signal: AbortSignal | undefined) => {
    onWait(wait);
    await clock.sleep(wait.waitMs, signal);
  };
  return pace.kind === 'real'
    ? realPacer(pace.scale ?? 1, { clock, startMs, sleep })
    : steppingPacer(pace.kind === 'scaled' ? pace.scale : 0, {
        clock,
        startMs,
        sleep,
      });
}

interface Passing {
  readonly clock: Clock;
  readonly startMs: number;
  readonly sleep: (wait: Wait, signal: AbortSignal | undefined) => Promise<void>;
}

function steppingPacer(scale: number, { clock, startMs, sleep }: Passing): Pacer {
  let instantMs = Number.NEGATIVE_INFINITY;
  return {
    horizonMs: () => instantMs,
    measuredMs: () => undefined,
    advanceTo: async (dueMs, signal) => {
      const waitMs = startMs + dueMs * scale - clock.monotonic();
      if (scale > 0 && waitMs > 0) await sleep({ dueMs, waitMs }, signal);
      instantMs = dueMs;
    },
  };
}

function realPacer(scale: number, { clock, startMs, sleep }: Passing): Pacer {
  const passedMs = () => (clock.monotonic() - startMs) / scale;
  return {
    horizonMs: passedMs,
    measuredMs: passedMs,
    advanceTo: async (dueMs, signal) => {
      const waitMs = (dueMs - passedMs()) * scale;
      if (waitMs > 0) await sleep({ dueMs, waitMs }, signal);
    },
  };
}
