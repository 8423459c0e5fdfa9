import type { Kind } from '../../webhook/catalogue.js';
import type { Lab } from '../lab/lab.js';
import { mainLife } from '../profile.js';
import type { Change } from '../state/change.js';
import type { Leaves } from '../state/leaves.js';
import type { Oracle, States } from '../state/oracle.js';
import { type WatchWindow, watch } from '../state/settle.js';
import { inOrderLife } from './lives.js';

/** A life that is timed, and where. */
export interface TimedLife {
  readonly lab: Lab;
  readonly oracle: Oracle;
  readonly kind: Kind;
  /** Whether a state is the one that the life leaves, as far as that is known. */
  readonly isEnd: (leaves: Leaves) => boolean;
  /** So long without a change it counts as settled. */
  readonly quietMs: WatchWindow['quietMs'];
}

/** What so many lives, under way together, took. */
export interface Crowd {
  /** So many lives a second, from the first web hook to the last change. */
  readonly perSecond: number;
  /** So many a second ended one after the other; undefined of lives that began together. */
  readonly inTurnPerSecond: number | undefined;
  readonly size: number;
  readonly wholeMs: number;
  /**
   * They began one after the other, and ended at the same moment, or at two: a job that runs now and then
   * does all that came until then.
   */
  readonly isInBatches: boolean;
  /** Some came to their end, and others never did: it was more than the receiver takes. */
  readonly lostSome: boolean;
  readonly changes: readonly Change[];
  /** What they left behind. */
  readonly states: States;
}

/** Hardly in each other's way, and out of step, so that what is done in batches shows. */
const FEW = 6;
const FEW_EVERY_MS = 80;

/** How long a few lives take, which hardly meet. */
export function timedFew(life: TimedLife): Promise<Crowd> {
  return timed(life, FEW, FEW_EVERY_MS);
}

/** How long so many lives take, each from its first web hook to the last change of its state. */
export async function timed(life: TimedLife, size: number, everyMs = 0): Promise<Crowd> {
  const { clock, signal } = life.lab;
  const startMs = clock.monotonic();
  const all = await Promise.all(
    Array.from({ length: size }, async (_, place) => {
      await clock.sleep(place * everyMs, signal);
      return timeOf(life);
    }),
  );
  const ends = all.map(({ endMs }) => endMs);
  return {
    perSecond: (size * 1_000) / (Math.max(...ends) - startMs),
    inTurnPerSecond:
      everyMs > 0 ? ((size - 1) * 1_000) / (Math.max(...ends) - Math.min(...ends)) : undefined,
    size,
    wholeMs: Math.max(...all.map(({ wholeMs }) => wholeMs)),
    isInBatches: areInBatches(ends, startMs),
    lostSome: new Set(all.map(({ hasEnded }) => hasEnded)).size > 1,
    changes: all.flatMap(({ changes }) => changes),
    states: all.flatMap(({ states }) => states),
  };
}

/**
 * A state is looked at about as often, so that what ended at a moment is seen to end within it; a crowd of
 * looks takes its time as well.
 */
const MOMENT_MS = 75;
const MOMENT_SHARE = 0.05;
const NEARLY_ALL = 0.9;
const MOST_MOMENTS = 2;

/** Nearly all end at one moment or two. Those who wait for each other end one after the other instead. */
function areInBatches(ends: readonly number[], startMs: number): boolean {
  const momentMs = Math.max(MOMENT_MS, MOMENT_SHARE * (Math.max(...ends) - startMs));
  let left = ends.toSorted((one, other) => one - other);
  for (let moments = 0; moments < MOST_MOMENTS; moments += 1) {
    const fullest = left
      .map((fromMs) => left.filter((ms) => ms >= fromMs && ms <= fromMs + momentMs))
      .reduce((most, some) => (some.length > most.length ? some : most), []);
    left = left.filter((ms) => !fullest.includes(ms));
  }
  return left.length <= (1 - NEARLY_ALL) * ends.length;
}

async function timeOf({ lab, oracle, kind, isEnd, quietMs }: TimedLife) {
  const startMs = lab.clock.monotonic();
  const execution = await lab.execute(inOrderLife(kind, mainLife(kind)));
  const answeredMs = lab.clock.monotonic() - startMs;
  if (!lab.hasProbe) {
    const endMs = startMs + answeredMs;
    return { wholeMs: answeredMs, endMs, hasEnded: true, changes: [], states: [] };
  }
  const { changes, states } = await watch(lab, oracle, execution, {
    quietMs,
    isEnd: ([leaves = new Map()]) => isEnd(leaves),
  });
  const wholeMs = answeredMs + Math.max(0, ...changes.map(({ ms }) => ms));
  const [last = new Map()] = states;
  return { wholeMs, endMs: startMs + wholeMs, hasEnded: isEnd(last), changes, states };
}
