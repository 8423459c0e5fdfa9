import type { Lab } from '../lab/lab.js';
import type { Leaves } from '../state/leaves.js';
import { areEqual, type Oracle } from '../state/oracle.js';
import { settle } from '../state/settle.js';
import type { Offer } from './lives.js';
import { createRestlessness } from './restlessness.js';

/** What the states of the offers became, and which of them changed at all. */
export interface FirstLook {
  readonly changed: ReadonlySet<string>;
  readonly states: ReadonlyMap<string, Leaves>;
}

export const NOTHING_SEEN: FirstLook = { changed: new Set(), states: new Map() };

export const WATCH_MS = 1_200;
const LONGEST_WATCH_MS = 10_000;
const LONGEST_MS = 20_000;

/** The first look is the longest: nothing is known yet about how long the receiver takes. */
export async function watchFirst(
  lab: Lab,
  oracle: Oracle,
  offers: readonly Offer[],
  longestMs = LONGEST_WATCH_MS,
): Promise<FirstLook> {
  const changed = new Set<string>();
  const states = new Map<string, Leaves>();
  const watch = async ({ kind, execution }: Offer, quietMs: number) => {
    const onChange = createRestlessness(oracle);
    const nothing = await lab.execute({ ...execution.script, steps: [] });
    const settled = await settle(lab, oracle, execution, {
      quietMs,
      longestMs: LONGEST_MS,
      onChange,
    });
    states.set(kind.kind, settled.states[0] ?? new Map());
    if (areEqual(await oracle.look(nothing), await oracle.look(execution))) return;
    changed.add(kind.kind);
    oracle.learnSettling(settled.changes);
  };
  await Promise.all(offers.map((offer) => watch(offer, WATCH_MS)));
  if (changed.size === 0 && longestMs > WATCH_MS) {
    await Promise.all(offers.map((offer) => watch(offer, longestMs - WATCH_MS)));
  }
  return { changed, states };
}
