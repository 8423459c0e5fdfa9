import type { LoadProgress } from '../../load/load-tally.js';
import { grouped, some } from '../count.js';
import { duration } from '../time.js';

export const STATES_FIRST = 'beginning';
export const STATES_LAST = 'reading states';

/** How far a burst is, for a line that changes in place. */
export function burstProgressText(
  passedMs: number,
  forMs: number,
  { sent, settled, failed, late }: LoadProgress,
): string {
  const open = sent - settled;
  const isSending = passedMs < forMs;
  const stage = isSending
    ? `${duration(wholeSeconds(passedMs))} of ${duration(forMs)}`
    : 'waiting for the last answers';
  const counts = [
    `${grouped(sent)} sent`,
    ...some(failed, 'failed'),
    ...some(open, 'unanswered'),
    ...some(late, 'sent late'),
  ];
  return `${stage}: ${counts.join(', ')}`;
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}
