import { createDraw } from '../draw.js';
import type { CapturedEvents } from './captured-events.js';

export const REPLAY_ORDERS = ['received', 'reverse', 'shuffle'] as const;

export type ReplayOrder = (typeof REPLAY_ORDERS)[number];

/** Captured requests by the time they came. */
export interface Received {
  /** The numbers of the requests, the first that came first. */
  readonly numbers: Uint32Array;
  /** When each came, in milliseconds after the first. */
  readonly offsetsMs: Float64Array;
  /** Requests whose time is not known. */
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
    if (Number.isNaN(atMs)) untimed += 1;
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
  return { numbers, offsetsMs: offsetsFrom(numbers, timeOf), untimed };
}

/** Minus infinity, for what comes before any time, equals itself. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function offsetsFrom(numbers: Uint32Array, timeOf: (number: number) => number): Float64Array {
  const first = numbers.find((number) => Number.isFinite(timeOf(number)));
  const firstMs = first === undefined ? 0 : timeOf(first);
  return Float64Array.from(numbers, (number) => Math.max(0, timeOf(number) - firstMs));
}

/** The places of `Received.numbers` in the order in which they are sent. The same seed shuffles the same. */
export function sendingOrder(order: ReplayOrder, count: number, seed: string): Uint32Array {
  const places = Uint32Array.from({ length: count }, (_, place) => place);
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
