import { createDraw } from '../draw.js';
import type { CapturedEvents } from './captured-events.js';

export type ReplayOrder = 'received' | 'reverse' | 'shuffle';

/** Captured requests by the time they came. */
export interface Received {
  /** The numbers of all requests, the first that came first. */
  readonly numbers: Uint32Array;
  /** The places of those selected. */
  readonly selected: Uint32Array;
  /** When each of those selected came, in milliseconds after the first of them. */
  readonly offsetsMs: Float64Array;
  /** Selected requests whose time is not known. */
  readonly untimed: number;
}

/**
 * Sorts by time of arrival; a request that says none goes with the one before it in the capture, so a
 * capture without times keeps its order.
 */
export function byArrival(events: CapturedEvents): Received {
  const times = new Float64Array(events.count);
  let untimed = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  let isSorted = true;
  for (let number = 0; number < events.count; number += 1) {
    const atMs = events.atMs(number);
    if (Number.isNaN(atMs)) untimed += events.isSelected(number) ? 1 : 0;
    else {
      isSorted &&= atMs >= lastMs;
      lastMs = atMs;
    }
    times[number] = lastMs;
  }
  const timeOf = (number: number) => times[number] ?? 0;
  const numbers = Uint32Array.from(times, (_, number) => number);
  if (!isSorted) {
    numbers.sort((one, other) => compare(timeOf(one), timeOf(other)) || one - other);
  }
  const selected = Uint32Array.from(numbers, (_, place) => place).filter((place) =>
    events.isSelected(numbers[place] ?? 0),
  );
  const timeAt = (place: number) => timeOf(numbers[place] ?? 0);
  return { numbers, selected, offsetsMs: offsetsFrom(selected, timeAt), untimed };
}

/** Minus infinity, for what comes before any time, equals itself. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function offsetsFrom(places: Uint32Array, timeAt: (place: number) => number): Float64Array {
  const first = places.find((place) => Number.isFinite(timeAt(place)));
  const firstMs = first === undefined ? 0 : timeAt(first);
  return Float64Array.from(places, (place) => Math.max(0, timeAt(place) - firstMs));
}

/** The selected places in the order in which they are sent. The same seed shuffles the same. */
export function sendingOrder(order: ReplayOrder, selected: Uint32Array, seed: string): Uint32Array {
  const places = Uint32Array.from(selected);
  switch (order) {
    case 'received':
      return places;
    case 'reverse':
      return places.reverse();
    case 'shuffle':
      return shuffled(places, seed);
    default:
      return order satisfies never;
  }
}

/** Fisher and Yates. */
function shuffled(places: Uint32Array, seed: string): Uint32Array {
  const draw = createDraw(seed);
  for (let left = places.length; left > 1; left -= 1) {
    const chosen = Math.floor(draw('shuffle', { batch: 0, resource: 0, event: 0 }, left) * left);
    const last = places[left - 1] ?? 0;
    places[left - 1] = places[chosen] ?? 0;
    places[chosen] = last;
  }
  return places;
}
