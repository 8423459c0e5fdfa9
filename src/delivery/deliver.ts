import type { Clock, Transport } from '../ports.js';
import type { Composer } from './composer.js';
import { createDispatch } from './dispatch.js';
import { type EventIndex, indexEvents } from './event-index.js';
import { createPacer, type Pace, type Wait } from './pace.js';
import type { DeliveryRules, Plan } from './plan.js';
import type { RunRecord, RunSummary } from './records.js';
import { createSimulation } from './simulation.js';
import { createTally } from './tally.js';

/** What a run needs from the world. */
export interface DeliveryPorts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly composer: Composer;
}

export interface DeliveryOptions {
  /** Attempts in flight at most; a copy or an overlap that a fault asks for comes on top. */
  readonly concurrency: number;
  readonly pace: Pace;
  /** Ends the run early: what is in flight is cancelled, the summary still comes. */
  readonly signal?: AbortSignal | undefined;
  /** Hears the plan time, in milliseconds, of every instant before its first attempt leaves. */
  readonly onInstant?: ((planMs: number) => void) | undefined;
  /** Hears every plan time that is stepped to, also those at which faults let nothing leave. */
  readonly onStep?: ((planMs: number) => void) | undefined;
  /** Hears of every wait for a due time as it begins; a pace that steps waits for none. */
  readonly onWait?: ((wait: Wait) => void) | undefined;
}

/**
 * Carries a plan out against a receiver. Yields a record an attempt, in plan order (with pace
 * `real`: in order of completion), and returns the summary. Whoever stops reading cancels what is
 * in flight.
 */
export function deliver(
  plan: Plan,
  ports: DeliveryPorts,
  options: DeliveryOptions,
): AsyncGenerator<RunRecord, RunSummary> {
  return deliverEvents({ rules: plan, index: indexEvents(plan) }, ports, options);
}

/** What is delivered, and by which rules. */
export interface Delivery {
  readonly rules: DeliveryRules;
  readonly index: EventIndex;
}

/** The same for events that come from elsewhere than a plan; the composer knows where from. */
export async function* deliverEvents(
  { rules, index }: Delivery,
  ports: DeliveryPorts,
  options: DeliveryOptions,
): AsyncGenerator<RunRecord, RunSummary> {
  const { signal: interruption } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any(interruption ? [interruption, stop.signal] : [stop.signal]);
  const pacer = createPacer(options.pace, ports.clock, options.onWait);
  const simulation = createSimulation(rules, index);
  const dispatch = createDispatch({ rules, simulation, pacer, ports, options, signal });
  const tally = createTally(rules, index);
  try {
    for (;;) {
      dispatch.fill();
      for (let record = dispatch.take(); record !== undefined; record = dispatch.take()) {
        tally.add(record);
        yield record;
        dispatch.fill();
      }
      const dueMs = simulation.nextDueMs;
      if (!dispatch.isSettled) await dispatch.progress();
      else if (signal.aborted || dueMs === undefined) break;
      else if (dueMs > pacer.horizonMs()) {
        await pacer.advanceTo(dueMs, signal);
        options.onStep?.(pacer.horizonMs());
      }
    }
    return tally.summary({ interrupted: interruption?.aborted === true });
  } finally {
    stop.abort();
    await dispatch.rest();
  }
}
