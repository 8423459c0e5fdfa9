import { hasReached } from '../arrivals.js';
import type { AttemptRecord } from '../records.js';
import type { Fault, Mishap } from './fault.js';
import type { Overlap, OverlapsShape } from './shapes.js';

/** The sender does not wait for the answer: a retry runs beside the attempt it repeats. */
export const overlaps: Fault<OverlapsShape> = {
  key: 'overlaps',
  off: 0,
  flag: {
    name: 'overlaps',
    usage: '--overlaps <rate>',
    help: 'retries that leave while one is under way',
    takes: 'rate',
  },
  chaos: ({ hasRetries }) => (hasRetries ? 0.1 : 0),
  striking: (chance) => {
    const rate = chance.faults.overlaps;
    if (rate === 0) return undefined;
    return {
      sure: chance.sureAttempt(1),
      hits: (located, attempt) => chance.draw('overlap', located, attempt) < rate,
      mishap: () => OVERLAPPED,
    };
  },
  counts: [
    {
      name: 'overlaps',
      of: 'fault',
      includes: (record) => overlapOf(record)?.missed === false,
      words: { one: 'overlap', many: 'overlaps' },
    },
    {
      name: 'overlapsMissed',
      of: 'fault',
      includes: (record) => overlapOf(record)?.missed === true,
      words: { one: 'missed overlap', many: 'missed overlaps' },
    },
  ],
  remark: (record) => {
    const overlap = overlapOf(record);
    return overlap && { words: overlap.missed ? 'overlap missed' : 'overlap' };
  },
};

const OVERLAPPED: Mishap<Overlap> = {
  instead: undefined,
  hidesAnswer: true,
  bringsNext: true,
  mark: ({ outcome, overlap }) =>
    hasReached(outcome) ? { kind: 'overlap', missed: overlap?.missed ?? true } : undefined,
};

function overlapOf({ fault }: AttemptRecord): Overlap | undefined {
  return fault?.kind === 'overlap' ? fault : undefined;
}
