import { ASSUMED_BASE_MS, ASSUMED_FACTOR, type Backoff } from '../../delivery/schedule.js';
import { HookError } from '../../errors.js';
import { INQUD_RETRIES, PUBLISHED_WAITS_MIN } from '../../webhook/scheme.js';
import { LONGEST_MS, parseDurations } from '../duration.js';
import { named } from '../named.js';
import type { RetryFlags } from './flags.js';

/** More cannot be asked of the published schedule. */
const PUBLISHED_RETRIES = PUBLISHED_WAITS_MIN.length;

/** The schedule the flags ask for. @throws HookError `bad-flag` when they contradict each other */
export function backoffFrom(flags: RetryFlags): Backoff {
  const { backoff = 'exponential', retries, base, factor } = flags;
  const waitsMs = backoffList(backoff);
  if (backoff !== 'exponential' && base !== undefined) {
    throw conflict('--base', `--backoff ${backoff}`);
  }
  if (backoff !== 'exponential' && factor !== undefined) {
    throw conflict('--factor', `--backoff ${backoff}`);
  }
  if (waitsMs !== undefined) {
    if (retries !== undefined && retries !== waitsMs.length) {
      throw conflict(`--retries ${retries}`, `a list of ${waitsMs.length} waits`);
    }
    return { kind: 'list', waitsMs };
  }
  if (backoff === 'published') {
    if ((retries ?? 0) > PUBLISHED_RETRIES) {
      throw conflict(
        `--retries ${retries}`,
        `the published schedule of ${PUBLISHED_RETRIES} waits`,
      );
    }
    return { kind: 'published', retries: retries ?? PUBLISHED_RETRIES };
  }
  return {
    kind: 'exponential',
    baseMs: base ?? ASSUMED_BASE_MS,
    factor: factor ?? ASSUMED_FACTOR,
    retries: retries ?? INQUD_RETRIES,
  };
}

/** Reads `--backoff 1m,5m`; undefined when it names a schedule instead. */
function backoffList(text: string): readonly number[] | undefined {
  return text === 'exponential' || text === 'published'
    ? undefined
    : named('--backoff', () => parseDurations(text));
}

function conflict(one: string, other: string): HookError {
  return new HookError('bad-flag', `${one} does not go with ${other}.`, 'Leave one of them away.');
}

/** Exponential waits outgrow every clock. @throws HookError `bad-flag` */
export function refuseEndlessWaits(waitsMs: readonly number[]): void {
  const totalMs = waitsMs.reduce((sum, waitMs) => sum + waitMs, 0);
  if (totalMs <= LONGEST_MS) return;
  throw new HookError(
    'bad-flag',
    'The waits between the retries add up to more than a hundred years.',
    'Lower --retries or --factor, or cap each wait, e.g. --max-wait 1d.',
  );
}
