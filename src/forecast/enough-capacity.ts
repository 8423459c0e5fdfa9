import { INQUD_TIMEOUT_MS } from '../webhook/scheme.js';
import type { ArrivalRate } from './arrival-rate.js';
import { type ForecastRate, rateIn, timesRate } from './forecast-rate.js';
import type { ForecastRequest } from './forecast-request.js';
import type { OutageCase } from './outage-counts.js';

/** What an answer takes beside its turn. */
export interface AnswerBounds {
  /** How long the work on one takes; undefined where its capacity says so. */
  readonly answerMs: number | undefined;
  readonly whileDown: ForecastRequest['whileDown'];
}

/** Attempts at the distance of the arrivals, in parts of a millisecond, counted from the recovery. */
interface Series {
  readonly first: bigint;
  /** Undefined where they go on for ever. */
  readonly last: bigint | undefined;
  /** How many come each time. */
  readonly each: number;
}

/**
 * The least capacity with which every answer is in time; undefined where none is enough. A receiver takes
 * web hooks first in, first out: of all that come in any stretch of time, it has to have done the last
 * before its sender gives up. The stretch that asks for most says what is enough.
 */
export function enoughCapacity(
  rate: ArrivalRate,
  outageCase: OutageCase,
  bounds: AnswerBounds,
): ForecastRate | undefined {
  const { answerMs } = bounds;
  if (answerMs !== undefined && answerMs >= INQUD_TIMEOUT_MS) return undefined;
  const usual = timesRate(1, rate);
  const enoughFor = (cutOffMs: number) => {
    const most = densest(seriesAfter(rate, outageCase, { ...bounds, cutOffMs }), rate, answerMs);
    return most.perSecond > usual.perSecond ? most : usual;
  };
  const enough = enoughFor(answerMs ?? 0);
  return answerMs === undefined ? enoughFor(1_000 / enough.perSecond) : enough;
}

/** What comes after the recovery: new web hooks, and the retry that delivers each of the others. */
function seriesAfter(
  { count, perMs }: ArrivalRate,
  { arrivals, outage, offsets }: OutageCase,
  { whileDown, cutOffMs }: AnswerBounds & { readonly cutOffMs: number },
): readonly Series[] {
  const recovery = BigInt(outage.toMs) * count;
  const scaled = (ms: number) => BigInt(ms) * count - recovery;
  const bornAt = (index: number) => BigInt(index) * perMs - recovery;
  const later = (ms: number) => BigInt(ms) * count;
  const { fromMs, toMs } = outage;
  const cutFromMs = Math.max(0, Math.floor(fromMs - cutOffMs));
  const hangs = whileDown === 'hangs';
  const retries = offsets.offsetsMs.flatMap((offsetMs, retry): readonly Series[] => {
    if (retry === 0) return [];
    const beforeMs = offsets.offsetsMs[retry - 1] ?? 0;
    const leastMs = hangs ? cutFromMs : fromMs;
    const first = arrivals.countBefore(Math.max(leastMs, toMs - offsetMs));
    const end = arrivals.countBefore(Math.max(leastMs, toMs - beforeMs));
    const at = later(offsetMs);
    const series =
      first < end ? [{ first: bornAt(first) + at, last: bornAt(end - 1) + at, each: 1 }] : [];
    // What is under way when the receiver goes down is refused in that moment, all of it.
    const cut = arrivals.countBefore(fromMs) - arrivals.countBefore(cutFromMs);
    const isItsTime = fromMs + beforeMs < toMs && fromMs + offsetMs >= toMs;
    if (hangs || cut === 0 || !isItsTime) return series;
    const together = scaled(fromMs) + at;
    return [...series, { first: together, last: together, each: cut }];
  });
  return [{ first: bornAt(arrivals.countBefore(toMs)), last: undefined, each: 1 }, ...retries];
}

/**
 * The stretch that asks for most. Moved by the distance of two arrivals, an end of it takes in as many
 * more each time, as long as no series begins or ends there: so only ends close to those can be the ones.
 */
function densest(
  series: readonly Series[],
  { count, perMs }: ArrivalRate,
  answerMs: number | undefined,
): ForecastRate {
  const withinMs = INQUD_TIMEOUT_MS - (answerMs ?? 0);
  const uncounted = answerMs === undefined ? 0 : 1;
  const ends = endsOf(series, perMs).map((at) => ({
    ms: Number(at) / Number(count),
    before: countUntil(at - 1n, series, perMs),
    until: countUntil(at, series, perMs),
  }));
  let most = { many: 0, ms: withinMs };
  // Each round takes the stretch that asks for more than the capacity of the round before.
  for (;;) {
    const asked = mostAsked(ends, most.many / most.ms);
    const many = asked.to.until - asked.from.before - uncounted;
    const ms = asked.to.ms - asked.from.ms + withinMs;
    if (many * most.ms <= most.many * ms) return rateIn(most.many, most.ms);
    most = { many, ms };
  }
}

interface End {
  readonly ms: number;
  /** How many come before it, and how many until it. */
  readonly before: number;
  readonly until: number;
}

/** Where most come beyond what a capacity does meanwhile. */
function mostAsked(ends: readonly End[], perMs: number): { readonly from: End; readonly to: End } {
  const [first = NOTHING] = ends;
  const asksFrom = ({ before, ms }: End) => perMs * ms - before;
  let from = first;
  let most = { from, to: from, excess: Number.NEGATIVE_INFINITY };
  for (const to of ends) {
    if (asksFrom(to) > asksFrom(from)) from = to;
    const excess = to.until - perMs * to.ms + asksFrom(from);
    if (excess > most.excess) most = { from, to, excess };
  }
  return most;
}

const NOTHING: End = { ms: 0, before: 0, until: 0 };

/** The attempts next to where a series begins or ends, in order. */
function endsOf(series: readonly Series[], perMs: bigint): readonly bigint[] {
  const edges = series.flatMap(({ first, last }) => [first, last ?? first]);
  const near = edges.flatMap((edge) =>
    series.flatMap((one) => {
      const steps = floorDivide(edge - one.first, perMs);
      return [steps - 1n, steps, steps + 1n, steps + 2n]
        .map((step) => one.first + step * perMs)
        .filter((at) => at >= one.first && (one.last === undefined || at <= one.last));
    }),
  );
  const sorted = [...new Set([...edges, ...near])];
  return sorted.sort((one, other) => (one < other ? -1 : Number(one > other)));
}

function countUntil(at: bigint, series: readonly Series[], perMs: bigint): number {
  return series.reduce((sum, { first, last, each }) => {
    const end = last === undefined || at < last ? at : last;
    return end < first ? sum : sum + each * (1 + Number((end - first) / perMs));
  }, 0);
}

function floorDivide(one: bigint, by: bigint): bigint {
  const quotient = one / by;
  return one % by < 0n ? quotient - 1n : quotient;
}
