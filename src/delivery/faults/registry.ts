// The room of the faults: what a run does wrong on purpose. A fault is one file, which says all there
// is to say of it, and one line of this list; its types stand in shapes.ts, and the number of its draw
// in draw.ts. Whatever else deals with faults goes through the list.
import type { Faults } from '../plan.js';
import { drops } from './drops.js';
import { duplicates } from './duplicates.js';
import { lostAcks } from './lost-acks.js';
import { outages } from './outages.js';
import { overlaps } from './overlaps.js';
import { reorder } from './reorder.js';

/** In the order of their flags. Of those that would strike one attempt the lower in the list does. */
export const FAULTS = [duplicates, reorder, lostAcks, overlaps, outages, drops] as const;

export type AnyFault = (typeof FAULTS)[number];

/** Plans, summaries and totals were written before there was a list: each keeps its own order. */
export const FAULTS_IN_PLANS = movedAfter(outages, drops);
export const FAULTS_IN_SUMMARIES = movedAfter(duplicates, drops);
export const FAULTS_IN_TOTALS = movedAfter(duplicates, reorder);

function movedAfter(moved: AnyFault, place: AnyFault): readonly AnyFault[] {
  const others = FAULTS.filter((fault) => fault !== moved);
  return others.flatMap((fault) => (fault === place ? [fault, moved] : [fault]));
}

export const NO_FAULTS: Faults = Object.assign(
  {},
  ...FAULTS_IN_PLANS.map(({ key, off }) => ({ [key]: off })),
  { atLeastOnce: false },
);
