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
/** So often a state is looked at in the time the receiver takes to settle. */
const LOOKS = 4;
/** What has not come to rest by then never does. */
const LONGEST_MS = 20_000;

/** How long a state is watched of whose settling nothing is known yet. */
export interface WatchWindow {
  /** So long without a change counts as settled; it may depend on what has been seen. */
  readonly quietMs: (changes: readonly Change[]) => number;
  readonly longestMs?: number;
  /** Whether the states are those that are waited for, so that nothing more is to be expected. */
  readonly isEnd?: (states: States) => boolean;
  /** Hears of every change that is seen. */
  readonly onChange?: (change: Change, before: States, after: States) => void;
}

/** Looks until nothing has changed for so long, at most for `longestMs`, or 20 s. */
export async function watch(
  lab: Lab,
  oracle: Oracle,
  execution: Execution,
  { quietMs, longestMs = LONGEST_MS, isEnd, onChange }: WatchWindow,
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
    const leftMs = quietMs(changes) - (nowMs - changedMs);
    if (leftMs <= 0 || nowMs - startMs >= longestMs || isEnd?.(states) === true) break;
    await clock.sleep(Math.min(pollMs, leftMs), signal);
    pollMs = Math.min(pollMs * 2, LONGEST_POLL_MS);
    const seen = await oracle.look(execution);
    if (areEqual(states, seen)) continue;
    changedMs = clock.monotonic();
    const change = changeBetween(states, seen, changedMs - execution.lastAnswerMs);
    onChange?.(change, states, seen);
    changes.push(change);
    states = seen;
  }
  return { states, changes };
}

/**
 * Looks until twice as long after the last answer as the receiver takes to settle, and longer where
 * the state has changed a moment ago; at most for 20 s.
 */
export async function settle(
  lab: Lab,
  oracle: Oracle,
  execution: Execution,
): Promise<SettledStates> {
  const { clock } = lab;
  if (lab.isOver) return { states: [], changes: [] };
  const startMs = clock.monotonic();
  await untilSettling(lab, oracle, execution);
  let states = await oracle.look(execution);
  const changes: Change[] = [];
  let changedMs: number | undefined;
  let pollMs = FIRST_POLL_MS;
  while (!lab.isOver) {
    const nowMs = clock.monotonic();
    const leftMs = Math.max(
      execution.lastAnswerMs + oracle.quietMs - nowMs,
      changedMs === undefined ? 0 : changedMs + oracle.stillMs - nowMs,
    );
    if (leftMs <= 0 || nowMs - startMs >= LONGEST_MS) break;
    await clock.sleep(Math.min(pollMs, leftMs), lab.signal);
    pollMs = nextPollMs(pollMs, oracle);
    const seen = await oracle.look(execution);
    if (areEqual(states, seen)) continue;
    changedMs = clock.monotonic();
    changes.push(changeBetween(states, seen, changedMs - execution.lastAnswerMs));
    states = seen;
  }
  return { states, changes };
}

/**
 * Looks until the states are the expected ones, and the receiver has had twice the time it takes to
 * settle to change them again; gives up when a difference has lasted long enough to be one. Gives the
 * states it saw last.
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
  let equalSinceMs: number | undefined;
  let changedMs = startMs;
  let pollMs = FIRST_POLL_MS;
  let states: States = [];
  await untilSettling(lab, oracle, execution);
  for (;;) {
    const seen = await oracle.look(execution);
    const nowMs = clock.monotonic();
    if (!areEqual(states, seen)) changedMs = nowMs;
    states = seen;
    equalSinceMs = isExpected(states) ? (equalSinceMs ?? nowMs) : undefined;
    const leftMs =
      equalSinceMs === undefined
        ? pollMs
        : Math.max(
            execution.lastAnswerMs + oracle.quietMs - nowMs,
            equalSinceMs + oracle.stillMs - nowMs,
          );
    if (leftMs <= 0) return { states, isAsExpected: true };
    const isJudged = nowMs - startMs >= patienceMs && nowMs - changedMs >= oracle.quietMs;
    if (lab.isOver || (equalSinceMs === undefined && isJudged)) {
      return { states, isAsExpected: false };
    }
    await clock.sleep(leftMs, signal);
    pollMs = nextPollMs(pollMs, oracle);
  }
}

/** Nothing is to be seen before the receiver has had the time it takes. */
async function untilSettling(
  { clock, signal }: Lab,
  { settleMs }: Oracle,
  { lastAnswerMs }: Execution,
): Promise<void> {
  const leftMs = lastAnswerMs + settleMs - clock.monotonic();
  if (leftMs > 0) await clock.sleep(leftMs, signal);
}

function nextPollMs(pollMs: number, { settleMs }: Oracle): number {
  return Math.max(Math.min(pollMs * 2, LONGEST_POLL_MS / 2), settleMs / LOOKS);
}

function changeBetween(before: States, after: States, ms: number): Change {
  const paths = after.flatMap((leaves, index) =>
    pathsThatDiffer(before[index] ?? new Map(), leaves),
  );
  return { ms: Math.max(0, ms), paths };
}
