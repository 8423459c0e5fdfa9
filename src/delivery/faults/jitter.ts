import type { LocatedEvent } from '../event-index.js';
import type { FaultChance } from './chance.js';
import type { FaultFlag } from './fault.js';

/** It lies in the waits: a plan has it beside them, and nothing counts or names it. */
export const JITTER_FLAG: FaultFlag<'jitter'> = {
  name: 'jitter',
  usage: '--jitter <rate>',
  help: 'shorten waits at random by up to this share',
  takes: 'rate',
};

/** The wait after an attempt, shortened by the plan's jitter. */
export function jittered(
  chance: FaultChance,
  waitMs: number,
  located: LocatedEvent,
  attempt: number,
): number {
  const { jitter } = chance;
  if (jitter === 0) return waitMs;
  return Math.round(waitMs * (1 - jitter * chance.draw('jitter', located, attempt)));
}
