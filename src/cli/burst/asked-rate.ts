import { waitsOf } from '../../delivery/schedule.js';
import { HookError } from '../../errors.js';
import type { AskedRate, Recovery } from '../../report/burst/story.js';
import { refuseConflicts, refuseIdle, typedFlags } from '../conflicts.js';
import { backoffFrom } from '../runs/backoff-flags.js';
import { BURST_DEFAULTS, BURST_FLAGS, type BurstFlags } from './flags.js';
import { parseRateInWords } from './rates.js';

/** The rate that the flags ask for. @throws HookError `bad-flag` when they contradict each other */
export function askedRate(flags: BurstFlags): AskedRate {
  refuseContradictions(flags);
  const forMs = flags.for ?? BURST_DEFAULTS.forMs;
  if (forMs === 0) {
    throw new HookError('bad-flag', '--for 0 sends nothing.', 'Write how long, e.g. --for 30s.');
  }
  const spread = flags.arrivals ?? 'constant';
  const rate = flags.rate ?? parseRateInWords(BURST_DEFAULTS.rate);
  const { from, to } = flags.ramp ?? { from: rate, to: rate };
  const recovery = spread === 'catch-up' ? recoveryFrom(flags) : undefined;
  return { from, to, forMs, spread, recovery };
}

/** What comes in a second at most, on average: after an outage each retry may add as much again. */
export function highestPerSecond({ from, to, recovery }: AskedRate): number {
  const attempts = 1 + (recovery?.waitsMs.length ?? 0);
  return Math.max(from.perSecond, to.perSecond) * attempts;
}

function refuseContradictions(flags: BurstFlags): void {
  const catchUp = '--arrivals catch-up';
  const isCatchUp = flags.arrivals === 'catch-up';
  const typed = { ...typedFlags(BURST_FLAGS, flags), [catchUp]: isCatchUp };
  refuseConflicts(typed, [
    ['--rate', '--ramp'],
    [catchUp, '--ramp'],
  ]);
  refuseIdle(typed, [
    ['--outage', catchUp],
    ['--backoff', catchUp],
    ['--base', catchUp],
    ['--factor', catchUp],
    ['--max-wait', catchUp],
    ['--retries', catchUp],
  ]);
}

function recoveryFrom(flags: BurstFlags): Recovery {
  if (flags.outage === undefined) {
    throw new HookError(
      'bad-flag',
      '--arrivals catch-up needs to know how long the receiver was away.',
      'Add --outage, e.g. --outage 3h.',
    );
  }
  const backoff = backoffFrom(flags);
  return {
    outageMs: flags.outage,
    schedule: backoff.kind,
    waitsMs: waitsOf(backoff, flags.maxWait),
  };
}
