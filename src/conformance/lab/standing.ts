import type { ProbeReading } from '../../ports.js';
import type { CheckFinding } from '../grounds.js';
import { type Exchange, isLimited } from './exchange.js';

/** Why nothing more is delivered. */
export type Fall =
  /** Nothing was there from the beginning. */
  | { readonly kind: 'unreached'; readonly last: readonly Exchange[] }
  /** It takes web hooks, and answers none of them in time. */
  | { readonly kind: 'silent'; readonly last: readonly Exchange[] }
  /** It answered, and cannot be reached any more. */
  | { readonly kind: 'gone'; readonly last: readonly Exchange[] }
  /** It answers 429 and nothing else, however slowly web hooks come. */
  | { readonly kind: 'limiting'; readonly last: readonly Exchange[] }
  /** Its state was read, and cannot be read any more. That says nothing of how it takes web hooks. */
  | { readonly kind: 'unread'; readonly last: readonly Exchange[]; readonly reason: string };

/** Whether a receiver still answers. */
export interface Standing {
  readonly answers: boolean;
  /** How it came to fall, once it has. */
  readonly fall: Fall | undefined;
}

/** Why a rule cannot be told of a receiver that limits how many web hooks it takes. */
export const ONLY_LIMITED: CheckFinding = { code: 'only-limited' };

/** Why nothing more can be told. */
export function fallen(fall: Fall): CheckFinding {
  const reason = fall.kind === 'unread' ? fall.reason : undefined;
  return { code: 'fallen', fall: fall.kind, reason };
}

/** Why a run ended before its time. */
export function whyOver({ standing: { fall } }: { readonly standing: Standing }): CheckFinding {
  return fall === undefined ? { code: 'interrupted' } : fallen(fall);
}

export interface StandingWatch extends Standing {
  hear(exchange: Exchange): void;
  hearReading(reading: ProbeReading, nowMs: number): void;
}

/** So many in a row, with no other answer between them, and nothing else is to be expected. */
const TIMEOUTS_IN_A_ROW = 8;
/** So many in all: what comes after would take minutes and tell nothing new. */
const MOST_TIMEOUTS = 60;
/** What is being started is up by then; who waits for longer says so with --wait-for. */
const UNREACHED_AFTER_MS = 1_000;
/** A supervisor has started a receiver again by then. */
const GONE_AFTER_MS = 3_500;
const LIMITING_AFTER_MS = 8_000;
/** A receiver that went down with its state is known to be gone by then. */
const UNREAD_AFTER_MS = 10_000;
const UNREAD_IN_A_ROW = 3;
/** What was under way when it fell is worth a look. */
const KEPT = 40;

type Name = Exchange['outcome']['kind'] | 'limited';

export function createStanding(): StandingWatch {
  const recent: Exchange[] = [];
  let fall: Fall | undefined;
  let wasReached = false;
  let timeouts = 0;
  let row: { readonly name: Name; readonly sinceMs: number; readonly length: number } | undefined;

  const judged = (nowMs: number): Exclude<Fall['kind'], 'unread'> | undefined => {
    if (row === undefined) return undefined;
    const { name, length, sinceMs } = row;
    const isLongRow = name === 'timed-out' && length >= TIMEOUTS_IN_A_ROW;
    if (isLongRow || timeouts >= MOST_TIMEOUTS) return 'silent';
    if (name === 'unreachable') {
      if (wasReached) return nowMs - sinceMs >= GONE_AFTER_MS ? 'gone' : undefined;
      return nowMs - sinceMs >= UNREACHED_AFTER_MS ? 'unreached' : undefined;
    }
    return name === 'limited' && nowMs - sinceMs >= LIMITING_AFTER_MS ? 'limiting' : undefined;
  };

  let unread: { readonly sinceMs: number; readonly length: number } | undefined;

  return {
    get answers() {
      return fall === undefined;
    },
    get fall() {
      return fall;
    },
    hear: (exchange) => {
      const name = nameOf(exchange);
      if (name === 'cancelled' || fall !== undefined) return;
      if (name !== 'unreachable') wasReached = true;
      if (name === 'timed-out') timeouts += 1;
      const { endMs } = exchange;
      row =
        row?.name === name
          ? { ...row, length: row.length + 1 }
          : { name, sinceMs: endMs, length: 1 };
      // What only found nobody there tells nothing of how it came to that.
      if (name !== 'unreachable') recent.splice(0, recent.push(exchange) - KEPT);
      const kind = judged(endMs);
      if (kind !== undefined) fall = { kind, last: [...recent] };
    },
    hearReading: ({ unread: why }, nowMs) => {
      if (fall !== undefined || why?.kind === 'cancelled') return;
      unread = why && { sinceMs: unread?.sinceMs ?? nowMs, length: (unread?.length ?? 0) + 1 };
      if (why === undefined || unread === undefined || unread.length < UNREAD_IN_A_ROW) return;
      if (nowMs - unread.sinceMs < UNREAD_AFTER_MS) return;
      fall = { kind: 'unread', last: [], reason: why.reason };
    },
  };
}

function nameOf(exchange: Exchange): Name {
  return isLimited(exchange) ? 'limited' : exchange.outcome.kind;
}
