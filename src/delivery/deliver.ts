// The room of the delivery: plans, and their way to a receiver by Inqud's rules. It knows neither time nor
// network but through ports.
import { Dispatch } from './dispatch.js';
import { type EventIndex, indexEvents } from './event-index.js';
import { createPacer } from './pace.js';
import type { DeliveryRules, Plan } from './plan.js';
import type { RunRecord, RunSummary } from './records.js';
import type { DeliveryOptions, DeliveryPorts } from './run-options.js';
import { Simulation } from './simulation.js';
import { Tally } from './tally.js';

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
  const simulation = new Simulation(rules, index);
  const dispatch = new Dispatch({ rules, simulation, pacer, ports, options, signal });
  const tally = new Tally(rules, index);
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
