import type { Lab } from '../lab/lab.js';
import { isWord } from '../profile.js';
import type { Change } from '../state/change.js';
import type { Leaves } from '../state/leaves.js';
import { areEqual, type Oracle } from '../state/oracle.js';
import { watch } from '../state/settle.js';
import { type Crowd, timedFew } from './crowd.js';
import type { Offer } from './lives.js';
import { createRestlessness } from './restlessness.js';

/** What the states of the offers became, and which of them changed at all. */
export interface FirstLook {
  readonly changed: ReadonlySet<string>;
  readonly states: ReadonlyMap<string, Leaves>;
  /** How long each life took, from its first web hook to the last change. */
  readonly lifeMs: ReadonlyMap<string, number>;
  /** What a few more lives took, which came a moment later; undefined where nothing moved. */
  readonly few: Crowd | undefined;
}

export const NOTHING_SEEN: FirstLook = {
  changed: new Set(),
  states: new Map(),
  lifeMs: new Map(),
  few: undefined,
};

export const WATCH_MS = 1_200;
export const LONGEST_WATCH_MS = 10_000;
const LOOK_AGAIN_MS = 100;
/** A few more lives are waited for so much less: they began later. */
const LESS_FOR_FEW_MS = 600;
/** A life that comes later may take so many times longer, where work is done in batches. */
const LATEST_OF_FEW = 4;
/** A job may have run in the middle of a life: what has not ended as the first is waited for. */
const HALF_DONE_MS = 4_000;

/**
 * The first look is the longest: nothing is known yet about how long the receiver takes. States that
 * have been quiet for so long, and for as long as a change has taken to come, count as settled; as
 * long as none has changed at all, it goes on looking.
 */
export async function watchFirst(
  lab: Lab,
  oracle: Oracle,
  offers: readonly Offer[],
  { quietMs, longestMs }: { readonly quietMs: number; readonly longestMs: number },
): Promise<FirstLook> {
  const changes: Change[] = [];
  let isMoved = false;
  const changed = new Set<string>();
  const states = new Map<string, Leaves>();
  const lifeMs = new Map<string, number>();
  const watching = await Promise.all(
    offers.map(async ({ kind, execution }) => ({
      kind,
      execution,
      nothing: await lab.execute({ ...execution.script, steps: [] }),
    })),
  );
  type Watched = (typeof watching)[number];
  const hasChanged = async ({ execution, nothing }: Watched) =>
    !areEqual(await oracle.look(nothing), await oracle.look(execution));
  const latestMs = () =>
    Math.max(0, ...changes.filter(({ paths }) => isTelling(oracle, paths)).map(({ ms }) => ms));
  const watchOne = async (watched: Watched) => {
    const { kind, execution } = watched;
    const hearRestlessness = createRestlessness(oracle);
    isMoved ||= await hasChanged(watched);
    const settled = await watch(lab, oracle, execution, {
      quietMs: (own) => {
        if (!isMoved) return longestMs;
        const stillMs = Math.max(quietMs, latestMs());
        return own.length === 0 ? latestMs() + stillMs : stillMs;
      },
      onChange: (change, before, after) => {
        changes.push(change);
        isMoved ||= isTelling(oracle, change.paths);
        hearRestlessness(before, after);
      },
    });
    states.set(kind.kind, settled.states[0] ?? new Map());
    const own = settled.changes.filter(({ paths }) => isTelling(oracle, paths));
    const lastMs = Math.max(0, ...own.map(({ ms }) => ms));
    lifeMs.set(
      kind.kind,
      execution.lastAnswerMs + lastMs - (execution.exchanges[0]?.writtenMs ?? 0),
    );
    if (!(await hasChanged(watched))) return;
    changed.add(kind.kind);
    oracle.learnSettling(settled.changes);
  };
  let isWatching = true;
  /**
   * Lives that are out of step with each other: where work is done in batches, or a copy is read, what
   * comes at one moment shows at once, and a little later only with the next batch.
   */
  const liveFew = async (): Promise<Crowd | undefined> => {
    while (isWatching && !lab.isOver) {
      await lab.clock.sleep(LOOK_AGAIN_MS, lab.signal);
      for (const watched of isMoved ? watching : []) {
        if (!(await hasChanged(watched))) continue;
        const few = await timedFew({
          lab,
          oracle,
          kind: watched.kind,
          isEnd: (leaves) => {
            const end = states.get(watched.kind.kind);
            return end !== undefined && sayTheSame(oracle.veil(end), leaves);
          },
          quietMs: (changes) => {
            if (changes.length === 0) return longestMs;
            const lateMs = Math.max(latestMs(), ...changes.map(({ ms }) => ms));
            return Math.max(quietMs - LESS_FOR_FEW_MS, LATEST_OF_FEW * lateMs, HALF_DONE_MS);
          },
        });
        oracle.learnSettling(few.changes);
        return few;
      }
    }
    return undefined;
  };
  const watchAll = async () => {
    await Promise.all(watching.map(watchOne));
    isWatching = false;
  };
  /** What moved since, while the few were waited for: a job had run in the middle of the first lives. */
  const lookOnceMore = async (watched: Watched) => {
    const { kind, execution } = watched;
    const before = oracle.veil(states.get(kind.kind) ?? new Map());
    const [now = new Map()] = await oracle.look(execution);
    if (areEqual([before], [now])) return;
    states.set(kind.kind, now);
    if (await hasChanged(watched)) changed.add(kind.kind);
  };
  const [few] = await Promise.all([liveFew(), watchAll()]);
  if (few !== undefined) await Promise.all(watching.map(lookOnceMore));
  return { changed, states, lifeMs, few };
}

/**
 * Whether two states have the same words at the same paths: numbers may count what came so far, but are all
 * there is where there are no words.
 */
function sayTheSame(one: Leaves, other: Leaves): boolean {
  const words = (texts: readonly string[] = []) => texts.filter(isWord).join();
  if ([...one.values()].every((texts) => words(texts) === '')) return areEqual([one], [other]);
  return [...one].every(([path, texts]) => words(texts) === words(other.get(path)));
}

function isTelling({ masked }: Oracle, paths: readonly string[]): boolean {
  return paths.some((path) => !masked.has(path));
}

/**
 * Goes on looking at states that seemed to have settled. Tells how long after the offers, in
 * milliseconds, one of them was seen to be another; `undefined` when none is.
 */
export async function movedLater(
  lab: Lab,
  oracle: Oracle,
  offers: readonly Offer[],
  { states }: FirstLook,
  offeredMs: number,
): Promise<number | undefined> {
  const { clock, signal } = lab;
  const sinceMs = () => clock.monotonic() - offeredMs;
  for (;;) {
    for (const { kind, execution } of offers) {
      const before = oracle.veil(states.get(kind.kind) ?? new Map());
      if (!areEqual([before], await oracle.look(execution))) return sinceMs();
    }
    if (sinceMs() > LONGEST_WATCH_MS || lab.isOver) return undefined;
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }
}
