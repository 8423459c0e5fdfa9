import { type ArrivalPlan, abreastAt } from './arrivals.js';

export interface CatchUpRequest {
  /** How many web hooks there are in normal times. */
  readonly perSecond: number;
  /** How long the receiver was away before the start. */
  readonly outageMs: number;
  /** The waits between the attempts of one event, in milliseconds: entry k follows attempt k + 1. */
  readonly waitsMs: readonly number[];
  /** How much of the time after the recovery is wanted. */
  readonly forMs: number;
}

const MS_PER_SECOND = 1_000;

/**
 * What comes after a receiver that refused everything has recovered: retries of what happened while it
 * was away, each at the exact time that the schedule says, and what is new. Web hook i happens at
 * i / rate, with i from 0; the outage is [0, outage). An event comes once, since it is delivered then.
 */
export function catchUpArrivals(request: CatchUpRequest): ArrivalPlan {
  const { outageMs, waitsMs, forMs } = request;
  const perMs = request.perSecond / MS_PER_SECOND;
  const found = [...retriesDue(request, perMs), fresh(request, perMs)];
  const arrivals = found.flatMap(({ first, last, offsetMs }) =>
    Array.from({ length: Math.max(0, last - first) }, (_, place) => {
      const event = first + place;
      return { event, timeMs: event / perMs + offsetMs - outageMs };
    }),
  );
  arrivals.sort((one, other) => one.timeMs - other.timeMs || one.event - other.event);
  return {
    timesMs: Float64Array.from(arrivals, ({ timeMs }) => timeMs),
    sequences: Float64Array.from(arrivals, ({ event }) => event),
    forMs,
    abreast: abreastAt((perMs * (1 + waitsMs.length)) / 2),
  };
}

/** Events that come as so many-th attempts, by their numbers: from the first up to, but not, the last. */
interface Stretch {
  readonly first: number;
  readonly last: number;
  /** From the event to that attempt, in milliseconds. */
  readonly offsetMs: number;
}

/** Of each retry: the events whose attempt before was in vain, and of which this one is due in time. */
function retriesDue(
  { outageMs, waitsMs, forMs }: CatchUpRequest,
  perMs: number,
): readonly Stretch[] {
  let offsetMs = 0;
  return waitsMs.map((waitMs) => {
    const beforeMs = offsetMs;
    offsetMs += waitMs;
    const fromMs = Math.max(0, outageMs - offsetMs);
    const toMs = Math.min(outageMs - beforeMs, outageMs - offsetMs + forMs);
    return { ...numbersIn(fromMs, Math.max(fromMs, toMs), perMs), offsetMs };
  });
}

function fresh({ outageMs, forMs }: CatchUpRequest, perMs: number): Stretch {
  return { ...numbersIn(outageMs, outageMs + forMs, perMs), offsetMs: 0 };
}

/** The web hooks that happen in [from, to). Rounding must not move one over an edge it stands on. */
function numbersIn(fromMs: number, toMs: number, perMs: number) {
  return { first: Math.ceil(fromMs * perMs - 1e-9), last: Math.ceil(toMs * perMs - 1e-9) };
}
