import { JITTER_FLAG } from '../../delivery/faults/jitter.js';
import { type AnyFault, FAULTS } from '../../delivery/faults/registry.js';
import { ASSUMED_BASE_MS, ASSUMED_FACTOR } from '../../delivery/schedule.js';
import { INQUD_RETRIES, INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { parseDuration, parseWindow } from '../duration.js';
import type { FlagSet, FlagsOf } from '../flags.js';
import { parseFactor, parseRate } from '../numbers.js';

/** How a failed attempt is tried again. */
export const RETRY_FLAGS = {
  backoff: {
    flag: '--backoff <schedule>',
    help: 'exponential, published, or a list: 1m,5m,30m',
    type: 'text',
  },
  base: {
    flag: '--base <duration>',
    help: 'first exponential wait',
    type: 'duration',
    absent: ASSUMED_BASE_MS,
    note: 'an assumption',
  },
  factor: {
    flag: '--factor <n>',
    help: 'growth of exponential waits',
    parse: parseFactor,
    absent: ASSUMED_FACTOR,
    note: 'an assumption',
  },
  maxWait: { flag: '--max-wait <duration>', help: 'no wait is longer', type: 'duration' },
  jitter: { flag: JITTER_FLAG.usage, help: JITTER_FLAG.help, parse: parseRate },
  retries: {
    flag: '--retries <n>',
    help: 'retries after the first attempt',
    type: 'whole',
    least: 0,
    most: 100,
    absent: INQUD_RETRIES,
  },
  timeout: {
    flag: '--timeout <duration>',
    help: 'real time to answer',
    type: 'time-limit',
    absent: INQUD_TIMEOUT_MS,
  },
} as const satisfies FlagSet;

/** By what its fault says of a flag. */
const FAULT_PARSERS = { rate: parseRate, duration: parseDuration, windows: collectWindows };

/** A flag of each fault. */
const FLAGS_OF_FAULTS: {
  readonly [Each in AnyFault as Each['flag']['name']]: {
    readonly flag: string;
    readonly help: string;
    readonly parse: (text: string, ...before: never) => Each['off'];
  };
} = Object.assign(
  {},
  ...FAULTS.map(({ flag: { name, usage, help, takes } }) => ({
    [name]: { flag: usage, help, parse: FAULT_PARSERS[takes] },
  })),
);

/** What goes wrong on purpose. */
export const FAULT_FLAGS = {
  chaos: { flag: '--chaos', help: 'all but drops, each at least once', type: 'on' },
  ...FLAGS_OF_FAULTS,
} as const satisfies FlagSet;

export const RETRIES_HEADING = 'Retries:';
export const FAULTS_HEADING = 'Faults, ours and on purpose:';

/** How many attempts are under way, and how many of them are shown. */
export const CONCURRENCY_FLAG = {
  concurrency: {
    flag: '--concurrency <n>',
    help: 'attempts in flight',
    type: 'whole',
    least: 1,
    most: 1_024,
    default: 16,
  },
} as const satisfies FlagSet;

export const VOLUME_FLAGS = {
  verbose: {
    flag: '--verbose',
    help: 'list every attempt, also of more than 1,000 events',
    type: 'on',
  },
  quiet: { flag: '--quiet', help: 'print the summary alone', type: 'on' },
} as const satisfies FlagSet;

export type RetryFlags = FlagsOf<typeof RETRY_FLAGS>;
export type FaultFlags = FlagsOf<typeof FAULT_FLAGS>;

function collectWindows(text: string, before: readonly ReturnType<typeof parseWindow>[] = []) {
  return [...before, parseWindow(text)];
}
