import { duration } from '../time.js';

/** Where things stand on the way from left to right, in percent of the width. */
export interface Axis {
  readonly at: (place: number) => number;
  readonly ticks: readonly Tick[];
  /** Places at the beginning are drawn wider apart than those at the end. */
  readonly isStretched: boolean;
}

export interface Tick {
  readonly x: number;
  readonly text: string;
  /** Left out where there is little room. */
  readonly isFine: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps that people count in, in milliseconds. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 365, 730, 1_825, 3_650].map((days) => days * DAY),
];
/** Where a stretched axis has its marks. */
const STRETCHED_STEPS = [
  ...[SECOND, 10 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[1, 2, 4, 8].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7, 14, 30, 90, 365, 3_650].map((days) => days * DAY),
];
const MOST_TICKS = 8;
const LEAST_GAP = 7;
/** The first two thousandth of a stretched axis is as wide as in a plain one, roughly. */
const STRETCH = 2_000;

/** An axis of plan time, from its beginning; stretched where most of it happens in the beginning. */
export function planAxis(lastMs: number, isStretched: boolean): Axis {
  const endMs = Math.max(lastMs, 1);
  const unitMs = endMs / STRETCH;
  const at = isStretched
    ? (ms: number) => (100 * Math.log1p(ms / unitMs)) / Math.log1p(STRETCH)
    : (ms: number) => (100 * ms) / endMs;
  const places = isStretched
    ? spread([0, ...STRETCHED_STEPS.filter((ms) => ms <= endMs)], at)
    : multiples(stepFor(endMs), 0, endMs);
  return {
    at,
    ticks: thinned(places.map((ms) => ({ x: at(ms), text: ms === 0 ? '0' : duration(ms) }))),
    isStretched,
  };
}

/** An axis of plan time around a recovery, which is at 0. */
export function recoveryAxis(fromMs: number, toMs: number): Axis {
  const spanMs = Math.max(1, toMs - fromMs);
  const at = (ms: number) => (100 * (ms - fromMs)) / spanMs;
  const stepMs = stepFor(spanMs);
  const places = multiples(stepMs, fromMs, toMs);
  const ticks = places.map((ms) => ({
    x: at(ms),
    text: ms === 0 ? '0' : `${ms < 0 ? '-' : '+'}${duration(Math.abs(ms))}`,
    isFine: places.length > 4 && (ms / stepMs) % 2 !== 0,
  }));
  return { at, ticks, isStretched: false };
}

/** An axis of real time between two instants, in milliseconds since the Unix epoch, shown in UTC. */
export function dateAxis(firstMs: number, lastMs: number): Axis {
  const spanMs = Math.max(1, lastMs - firstMs);
  const at = (ms: number) => (lastMs === firstMs ? 50 : (100 * (ms - firstMs)) / spanMs);
  const stepMs = stepFor(spanMs);
  const places = lastMs === firstMs ? [firstMs] : multiples(stepMs, firstMs, lastMs);
  const ticks = places.map((ms) => ({ x: at(ms), text: dateTick(ms, stepMs) }));
  return { at, ticks: thinned(ticks), isStretched: false };
}

/** An axis of things in their order, from 1. */
export function orderAxis(last: number): Axis {
  const at = (place: number) => (last <= 1 ? 50 : (100 * (place - 1)) / (last - 1));
  const step = [1, 2, 5]
    .flatMap((digit) => Array.from({ length: 12 }, (_, power) => digit * 10 ** power))
    .sort((one, other) => one - other)
    .find((size) => last / size <= MOST_TICKS);
  const places = [1, ...multiples(step ?? last, 2, last)];
  const ticks = spread(places, at).map((place) => ({ x: at(place), text: String(place) }));
  return { at, ticks: thinned(ticks), isStretched: false };
}

function stepFor(span: number): number {
  return STEPS.find((step) => span / step <= MOST_TICKS) ?? span;
}

function multiples(step: number, from: number, to: number): readonly number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}

/** Those that have room beside the one before. */
function spread(places: readonly number[], at: (place: number) => number): readonly number[] {
  const kept: number[] = [];
  for (const place of places) {
    const before = kept.at(-1);
    if (before === undefined || at(place) - at(before) >= LEAST_GAP) kept.push(place);
  }
  return kept;
}

function thinned(ticks: readonly Omit<Tick, 'isFine'>[]): readonly Tick[] {
  const isMany = ticks.length > 4;
  return ticks.map((tick, index) => ({ ...tick, isFine: isMany && index % 2 === 1 }));
}

function dateTick(ms: number, stepMs: number): string {
  const date = new Date(ms);
  const iso = date.toISOString();
  if (stepMs >= 365 * DAY) return iso.slice(0, 4);
  if (stepMs >= DAY) return dayText(date);
  if (stepMs >= MINUTE) return iso.slice(11, 16);
  return stepMs >= SECOND ? iso.slice(11, 19) : iso.slice(17, 23);
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function dayText(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
}

/** An instant for people: `28 Nov 2026, 23:05 UTC`. */
export function instantText(ms: number): string {
  const date = new Date(ms);
  return `${dayText(date)} ${date.getUTCFullYear()}, ${date.toISOString().slice(11, 16)} UTC`;
}
