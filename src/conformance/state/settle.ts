import type { Execution } from '../lab/exchange.js';
import type { Lab } from '../lab/lab.js';
import type { Change } from './change.js';
import { pathsThatDiffer } from './difference.js';
import { areEqual, type Oracle, type States } from './oracle.js';

export interface SettledStates {
  readonly states: States;
  readonly changes: readonly Change[];
}

const FIRST_POLL_MS = 5;
const LONGEST_POLL_MS = 50;
/** What has not come to rest by then never does. */
const LONGEST_MS = 20_000;

export interface SettlingWindow {
  readonly quietMs: number;
  readonly longestMs?: number;
  /** Hears of every change that is seen. */
  readonly onChange?: (before: States, after: States) => void;
}

/** Looks until nothing has changed for so long, at most for `longestMs`, or 20 s. */
export async function settle(
  lab: Lab,
  oracle: Oracle,
  execution: Execution,
  { quietMs, longestMs = LONGEST_MS, onChange }: SettlingWindow,
): Promise<SettledStates> {
  const { clock, signal } = lab;
  if (lab.isOver) return { states: [], changes: [] };
  const startMs = clock.monotonic();
  let states = await oracle.look(execution);
  const changes: Change[] = [];
  let changedMs = startMs;
  let pollMs = FIRST_POLL_MS;
  while (!lab.isOver) {
    const nowMs = clock.monotonic();
    if (nowMs - changedMs >= quietMs || nowMs - startMs >= longestMs) break;
    await clock.sleep(Math.min(pollMs, quietMs - (nowMs - changedMs)), signal);
    pollMs = Math.min(pollMs * 2, pollLimit(quietMs));
    const seen = await oracle.look(execution);
    if (areEqual(states, seen)) continue;
    onChange?.(states, seen);
    changedMs = clock.monotonic();
    changes.push({
      ms: Math.max(0, changedMs - execution.lastAnswerMs),
      paths: seen.flatMap((leaves, index) => pathsThatDiffer(states[index] ?? new Map(), leaves)),
    });
    states = seen;
  }
  return { states, changes };
}

/**
 * Looks until the states are the expected ones, and have been for the quiet window; gives up when a
 * difference has lasted long enough to be one. Gives the states it saw last.
 */
export async function settleAs(
  lab: Lab,
  oracle: Oracle,
  execution: Execution,
  isExpected: (states: States) => boolean,
  patienceMs = oracle.judgedAfterMs,
): Promise<{ readonly states: States; readonly isAsExpected: boolean }> {
  const { clock, signal } = lab;
  if (lab.isOver) return { states: [], isAsExpected: false };
  const startMs = clock.monotonic();
  const quietMs = oracle.quietMs;
  let equalSinceMs: number | undefined;
  let changedMs = startMs;
  let pollMs = FIRST_POLL_MS;
  let states: States = [];
  for (;;) {
    const seen = await oracle.look(execution);
    const nowMs = clock.monotonic();
    if (!areEqual(states, seen)) changedMs = nowMs;
    states = seen;
    equalSinceMs = isExpected(states) ? (equalSinceMs ?? nowMs) : undefined;
    if (equalSinceMs !== undefined && nowMs - equalSinceMs >= quietMs) {
      return { states, isAsExpected: true };
    }
    const isJudged = nowMs - startMs >= patienceMs && nowMs - changedMs >= quietMs;
    if (lab.isOver || (equalSinceMs === undefined && isJudged)) {
      return { states, isAsExpected: false };
    }
    await clock.sleep(equalSinceMs === undefined ? pollMs : quietMs / 2, signal);
    pollMs = Math.min(pollMs * 2, pollLimit(quietMs));
  }
}

function pollLimit(quietMs: number): number {
  return Math.max(LONGEST_POLL_MS / 2, Math.min(LONGEST_POLL_MS * 4, quietMs / 5));
}
