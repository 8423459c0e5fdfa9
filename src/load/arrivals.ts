// The room of load: web hooks that are sent when they are due, whatever is still unanswered, and what
// that shows of the receiver.
import { createDraw } from '../delivery/draw.js';

/** When web hooks are to be sent, planned beforehand: data, in the order of time. */
export interface ArrivalPlan {
  /** In milliseconds from the start. None is before the one before it. */
  readonly timesMs: Float64Array;
  /** Which event each is, by its place among all events; the place among the times where it is absent. */
  readonly sequences?: Float64Array | undefined;
  /** How long it lasts: all times are below. */
  readonly forMs: number;
  /** How many resources live at the same time. */
  readonly abreast: number;
}

export interface SteadyRequest {
  /** At the start and at the end; in between it changes evenly. Not both are 0. */
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  readonly forMs: number;
  readonly spread: 'constant' | 'poisson';
  readonly seed: string;
}

const MS_PER_SECOND = 1_000;
/** About so long pass between the events of one resource. */
const SPACING_MS = 1_000;

/**
 * Arrivals at a rate, or at one that changes evenly. Constant ones are as far apart as the rate says,
 * the first at 0; those of Poisson come as independent events do, drawn from the seed.
 */
export function steadyArrivals(request: SteadyRequest): ArrivalPlan {
  const { forMs } = request;
  const fromPerMs = request.fromPerSecond / MS_PER_SECOND;
  const toPerMs = request.toPerSecond / MS_PER_SECOND;
  const expected = ((fromPerMs + toPerMs) / 2) * forMs;
  const timeOf = timeOfCount({ fromPerMs, growth: (toPerMs - fromPerMs) / forMs });
  const counts =
    request.spread === 'constant' ? evenCounts(expected) : drawnCounts(expected, request);
  const timesMs = Float64Array.from(counts, timeOf);
  const perMs = expected / forMs;
  return { timesMs, forMs, abreast: abreastAt(perMs) };
}

/** How many resources live at once, so that the events of one are a second apart. */
export function abreastAt(perMs: number): number {
  return Math.max(1, Math.round(perMs * SPACING_MS));
}

/** When so many have arrived: the inverse of `from · t + growth · t² / 2`. */
function timeOfCount({
  fromPerMs,
  growth,
}: {
  readonly fromPerMs: number;
  readonly growth: number;
}) {
  return (count: number): number => {
    if (count === 0) return 0;
    const root = Math.sqrt(Math.max(0, fromPerMs ** 2 + 2 * growth * count));
    return (2 * count) / (fromPerMs + root);
  };
}

/** Rounding must not add one at the very end. */
function evenCounts(expected: number): readonly number[] {
  return Array.from({ length: Math.ceil(expected - 1e-9) }, (_, place) => place);
}

/** A Poisson process of rate 1: the gaps are exponential. */
function drawnCounts(expected: number, { seed }: SteadyRequest): readonly number[] {
  const draw = createDraw(seed);
  const counts: number[] = [];
  let count = 0;
  for (let place = 0; ; place += 1) {
    count -= Math.log(1 - draw('arrival', { batch: 0, resource: place, event: 0 }, 0));
    if (count >= expected) return counts;
    counts.push(count);
  }
}
