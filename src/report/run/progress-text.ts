import { clockTime } from '../time.js';

export interface RunProgress {
  readonly settled: number;
  readonly events: number;
  /** Plan time, in milliseconds. */
  readonly planMs: number;
}

/** How far a run is, for a line that changes in place. */
export function progressText({ settled, events, planMs }: RunProgress): string {
  return `${settled} of ${events} events settled, plan time ${clockTime(planMs)}`;
}
