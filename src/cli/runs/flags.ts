import { ASSUMED_BASE_MS, ASSUMED_FACTOR } from '../../delivery/schedule.js';
import { INQUD_RETRIES, INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { parseWindow } from '../duration.js';
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
  jitter: {
    flag: '--jitter <rate>',
    help: 'shorten waits at random by up to this share',
    parse: parseRate,
  },
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

/** What goes wrong on purpose. */
export const FAULT_FLAGS = {
  chaos: { flag: '--chaos', help: 'all but drops, each at least once', type: 'on' },
  duplicates: {
    flag: '--duplicates <rate>',
    help: 'extra attempts, together or later',
    parse: parseRate,
  },
  reorder: {
    flag: '--reorder <duration>',
    help: 'first attempts late by up to this',
    type: 'duration',
  },
  lostAcks: {
    flag: '--lost-acks <rate>',
    help: 'answers the sender never hears',
    parse: parseRate,
  },
  overlaps: {
    flag: '--overlaps <rate>',
    help: 'retries that leave while one is under way',
    parse: parseRate,
  },
  outage: {
    flag: '--outage <from..to>',
    help: 'nothing gets through, repeatable',
    parse: collectWindows,
  },
  drops: { flag: '--drops <rate>', help: 'events that are never sent', parse: parseRate },
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
