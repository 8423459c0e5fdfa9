import { isDelivered } from '../../webhook/scheme.js';
import type { LocatedEvent } from '../event-index.js';
import type { AttemptRecord } from '../records.js';
import type { FaultChance } from './chance.js';
import type { Duplicate, Fault } from './fault.js';
import type { DuplicatesShape } from './shapes.js';

/** A duplicate that comes after its 200 comes within half an hour of plan time. */
const LONGEST_DELAY_MS = 30 * 60_000;

/** The receiver gets more than it was sent: a copy beside an attempt, or some time after its 200. */
export const duplicates: Fault<DuplicatesShape> = {
  key: 'duplicates',
  off: 0,
  flag: {
    name: 'duplicates',
    usage: '--duplicates <rate>',
    help: 'extra attempts, together or later',
    takes: 'rate',
  },
  chaos: () => 0.25,
  copying: (chance) => {
    const rate = chance.faults.duplicates;
    if (rate === 0) return undefined;
    return {
      sure: chance.sureAttempt(2),
      hits: (located, attempt) => chance.draw('duplicate', located, attempt) < rate,
      copy: (located, attempt) => drawnCopy(chance, located, attempt),
    };
  },
  counts: [
    {
      name: 'duplicates',
      of: 'duplicate',
      includes: isSent,
      words: { one: 'duplicate', many: 'duplicates' },
    },
    {
      name: 'duplicatesRefused',
      of: 'duplicate',
      includes: (record) => isSent(record) && !isDelivered(record.outcome),
      words: { ofThese: 'refused' },
    },
  ],
  remark: ({ duplicate }) => (duplicate === undefined ? undefined : { words: 'duplicate' }),
};

function drawnCopy(chance: FaultChance, located: LocatedEvent, attempt: number): Duplicate {
  if (chance.draw('duplicate-kind', located, attempt) < 0.5) return { kind: 'concurrent' };
  const share = chance.draw('duplicate-delay', located, attempt);
  return { kind: 'later', delayMs: 1 + Math.floor(share * LONGEST_DELAY_MS) };
}

function isSent({ outcome }: AttemptRecord): boolean {
  return outcome.kind !== 'blocked' && outcome.kind !== 'cancelled';
}
