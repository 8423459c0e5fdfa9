import type { LocatedEvent } from '../event-index.js';
import type { AttemptRecord } from '../records.js';
import type { FaultChance } from './chance.js';
import type { Fault } from './fault.js';
import type { ReorderShape } from './shapes.js';

/** The first three take faults of single attempts: others may be late. */
const NOT_LATE = 3;

/** First attempts leave late, so that events overtake each other. */
export const reorder: Fault<ReorderShape> = {
  key: 'reorderMs',
  off: 0,
  flag: {
    name: 'reorder',
    usage: '--reorder <duration>',
    help: 'first attempts late by up to this',
    takes: 'duration',
  },
  chaos: ({ spacingMs }) => 2 * spacingMs,
  delaying: (chance) => {
    const { reorderMs } = chance.faults;
    if (reorderMs === 0) return undefined;
    const { late, overtaker } = surelyLate(chance);
    return (located) => {
      if (located.sequence === late?.sequence) return reorderMs;
      if (located.sequence === overtaker?.sequence) return 0;
      return Math.floor(chance.draw('late', located, 0) * reorderMs);
    };
  },
  counts: [
    { name: 'late', of: 'lateMs', includes: isOriginal, words: { one: 'late', many: 'late' } },
  ],
  remark: ({ lateMs }) => (lateMs === undefined ? undefined : { words: 'late', ms: lateMs }),
};

/** A copy is as late as its original, and counts as a copy. */
function isOriginal({ duplicate }: AttemptRecord): boolean {
  return duplicate === undefined;
}

interface SurelyLate {
  /** The event whose first attempt is as late as can be. */
  readonly late: LocatedEvent | undefined;
  /** The event that overtakes it, because it is not late at all. */
  readonly overtaker: LocatedEvent | undefined;
}

/** An event that the longest delay lets the next of its resource overtake; else any. */
export function surelyLate(chance: FaultChance): SurelyLate {
  const { index, faults, sureEvents } = chance;
  const events = [...sureEvents.slice(NOT_LATE), ...sureEvents.slice(0, NOT_LATE)];
  for (const late of events) {
    const overtaker = index.nextOfResource(late);
    if (overtaker === undefined || chance.isDropped(overtaker)) continue;
    const isEarlier = overtaker.event.dueMs < late.event.dueMs + faults.reorderMs;
    if (isEarlier) return { late, overtaker };
  }
  return { late: events[0], overtaker: undefined };
}
