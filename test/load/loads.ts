import { createHistogram } from 'node:perf_hooks';
import type { ArrivalPlan } from '../../src/load/arrivals.js';
import { steadyArrivals } from '../../src/load/arrivals.js';
import {
  type LoadComposer,
  type LoadOptions,
  type LoadPorts,
  openLoop,
} from '../../src/load/open-loop.js';
import type { FailedRecord, LoadSummary } from '../../src/load/records.js';
import type { LoadTransport, Outcome } from '../../src/ports.js';
import { SimulatedClock } from '../simulated-clock.js';

export const OK: Outcome = { kind: 'responded', status: 200, ms: 0 };

/** What a receiver in memory does with a web hook; time passes by sleeping. */
export type LoadReaction = (number: number, clock: SimulatedClock) => Promise<Outcome> | Outcome;

/** A receiver in memory: times to answer are measured by the simulated clock. */
export function loadTransport(
  clock: SimulatedClock,
  react: LoadReaction,
  timeoutMs = 10_000,
): LoadTransport & { readonly most: number } {
  let count = 0;
  let underWay = 0;
  let most = 0;
  return {
    get most() {
      return most;
    },
    open: () => Promise.resolve(),
    send: async (_request, { signal } = {}) => {
      const startMs = clock.monotonic();
      count += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      const over = new AbortController();
      const limit = clock
        .sleep(timeoutMs, AbortSignal.any([over.signal, ...(signal ? [signal] : [])]))
        .then((): Outcome => ({ kind: 'timed-out', ms: timeoutMs }));
      const outcome = await Promise.race([react(count, clock), limit]);
      over.abort();
      underWay -= 1;
      if (signal?.aborted === true) return { kind: 'cancelled' };
      return outcome.kind === 'responded'
        ? { ...outcome, ms: clock.monotonic() - startMs }
        : outcome;
    },
    close: () => Promise.resolve(),
  };
}

const composer: LoadComposer = {
  compose: () => ({ headers: [], body: new Uint8Array() }),
  label: (sequence) => ({ event: 'payment.new', resource: `PMT-${sequence}` }),
};

export function portsOf(transport: LoadTransport, clock: SimulatedClock): LoadPorts {
  return {
    transport,
    clock,
    composer,
    createHistogram: () => createHistogram({ figures: 3 }),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

export interface Loaded {
  readonly failures: readonly FailedRecord[];
  readonly summary: LoadSummary;
  readonly most: number;
}

export function perSecond(rate: number, forMs: number): ArrivalPlan {
  const request = { fromPerSecond: rate, toPerSecond: rate, forMs };
  return steadyArrivals({ ...request, spread: 'constant', seed: '1' });
}

/** Carries a load out in simulated time. */
export async function loaded(
  plan: ArrivalPlan,
  react: LoadReaction,
  options: Partial<LoadOptions> = {},
): Promise<Loaded> {
  const clock = new SimulatedClock();
  const all = { connections: 1_000, timeoutMs: 10_000, allowedShare: 0, ...options };
  const transport = loadTransport(clock, react, all.timeoutMs);
  const run = openLoop(plan, portsOf(transport, clock), all);
  const failures: FailedRecord[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) return { failures, summary: step.value, most: transport.most };
    failures.push(step.value);
  }
}
