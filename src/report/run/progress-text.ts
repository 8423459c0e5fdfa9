import { counted, grouped } from '../count.js';
import { clockTime, duration } from '../time.js';

export interface RunProgress {
  readonly settled: number;
  readonly lost: number;
  readonly events: number;
  /** Plan time, in milliseconds. */
  readonly planMs: number;
}

/** How far a run is, for a line that changes in place. */
export function progressText({ settled, lost, events, planMs }: RunProgress): string {
  const losses = lost === 0 ? '' : `, ${grouped(lost)} lost`;
  return `${grouped(settled)} of ${counted(events, 'event')} settled${losses}, plan time ${clockTime(planMs)}`;
}

/** The same while it waits for a due time, so many real milliseconds from now. */
export function waitingText(progress: RunProgress, dueMs: number, leftMs: number): string {
  const left = duration(Math.ceil(Math.max(0, leftMs) / 1_000) * 1_000);
  return `next attempt in ${left}, at ${clockTime(dueMs)} · ${progressText(progress)}`;
}
