import type { Lab } from '../lab/lab.js';
import { mainLife } from '../profile.js';
import type { Leaves } from '../state/leaves.js';
import { areEqual, type Oracle } from '../state/oracle.js';
import { settle } from '../state/settle.js';
import { lived, type Offer } from './lives.js';
import { createRestlessness } from './restlessness.js';

/** What the states of the offers became, and which of them changed at all. */
export interface FirstLook {
  readonly changed: ReadonlySet<string>;
  readonly states: ReadonlyMap<string, Leaves>;
}

export const NOTHING_SEEN: FirstLook = { changed: new Set(), states: new Map() };

export const WATCH_MS = 1_200;
export const LONGEST_WATCH_MS = 10_000;
/** A receiver that is quick shows something by then. */
const SOON_MS = 100;
const LOOK_AGAIN_MS = 100;
const STRAGGLERS = 6;
const STRAGGLER_EVERY_MS = 80;
/** All of them are over before the first look is. */
const STRAGGLER_QUIET_MS = 600;

/**
 * The first look is the longest: nothing is known yet about how long the receiver takes. States that
 * have been quiet for so long count as settled; where none changed at all, it goes on looking.
 */
export async function watchFirst(
  lab: Lab,
  oracle: Oracle,
  offers: readonly Offer[],
  { quietMs, longestMs }: { readonly quietMs: number; readonly longestMs: number },
): Promise<FirstLook> {
  const changed = new Set<string>();
  const states = new Map<string, Leaves>();
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
  const watch = async (watched: Watched, forMs: number) => {
    const { kind, execution } = watched;
    const onChange = createRestlessness(oracle);
    const settled = await settle(lab, oracle, execution, { quietMs: forMs, onChange });
    states.set(kind.kind, settled.states[0] ?? new Map());
    if (!(await hasChanged(watched))) return;
    changed.add(kind.kind);
    oracle.learnSettling(settled.changes);
  };
  const watchStragglers = async () => {
    await lab.clock.sleep(SOON_MS, lab.signal);
    for (const watched of watching) {
      if (await hasChanged(watched)) return stragglersOf(lab, oracle, watched);
    }
  };
  await Promise.all([...watching.map((one) => watch(one, quietMs)), watchStragglers()]);
  if (changed.size === 0 && longestMs > quietMs) {
    await Promise.all(watching.map((one) => watch(one, longestMs - quietMs)));
  }
  return { changed, states };
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

/**
 * Learns from lives that are out of step with each other: where work is done in batches, or a copy is
 * read, what comes at one moment shows at once, and a little later only with the next batch.
 */
async function stragglersOf(lab: Lab, oracle: Oracle, { kind }: Offer): Promise<void> {
  await Promise.all(
    Array.from({ length: STRAGGLERS }, async (_, place) => {
      await lab.clock.sleep(place * STRAGGLER_EVERY_MS, lab.signal);
      const window = { quietMs: STRAGGLER_QUIET_MS };
      const { changes } = await lived(lab, oracle, kind, mainLife(kind), window);
      oracle.learnSettling(changes);
    }),
  );
}
