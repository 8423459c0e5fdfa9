import type { Command } from 'commander';
import { parseDuration, parseDurations, parseTimeLimit, parseWindow } from '../duration.js';
import { parseFactor, parseRate, wholeNumber } from '../numbers.js';

/** How a failed attempt is tried again. */
export interface RetryFlags {
  readonly backoff?: string;
  readonly base?: number;
  readonly factor?: number;
  readonly maxWait?: number;
  readonly jitter?: number;
  readonly retries?: number;
  readonly timeout?: number;
}

/** What goes wrong on purpose. */
export interface FaultFlags {
  readonly duplicates?: number;
  readonly reorder?: number;
  readonly lostAcks?: number;
  readonly overlaps?: number;
  readonly outage?: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly drops?: number;
  readonly chaos?: boolean;
}

const MOST_RETRIES = 100;

export function withRetryOptions(command: Command): Command {
  return command
    .optionsGroup('Retries:')
    .option('--backoff <schedule>', 'exponential, published, or a list: 1m,5m,30m')
    .option('--base <duration>', 'first exponential wait (2m, an assumption)', parseDuration)
    .option('--factor <n>', 'growth of exponential waits (2, an assumption)', parseFactor)
    .option('--max-wait <duration>', 'no wait is longer', parseDuration)
    .option('--jitter <rate>', 'shorten waits at random by up to this share', parseRate)
    .option('--retries <n>', 'retries after the first attempt (10)', wholeNumber(0, MOST_RETRIES))
    .option('--timeout <duration>', 'real time to answer (10s)', parseTimeLimit);
}

export function withFaultOptions(command: Command): Command {
  return command
    .optionsGroup('Faults, ours and on purpose:')
    .option('--chaos', 'all but drops, each at least once')
    .option('--duplicates <rate>', 'extra attempts, together or later', parseRate)
    .option('--reorder <duration>', 'first attempts late by up to this', parseDuration)
    .option('--lost-acks <rate>', 'answers the sender never hears', parseRate)
    .option('--overlaps <rate>', 'retries that leave while one is under way', parseRate)
    .option('--outage <from..to>', 'nothing gets through, repeatable', collectWindows)
    .option('--drops <rate>', 'events that are never sent', parseRate);
}

function collectWindows(text: string, before: readonly ReturnType<typeof parseWindow>[] = []) {
  return [...before, parseWindow(text)];
}

/** Reads `--backoff 1m,5m`; undefined when it names a schedule instead. */
export function backoffList(text: string): readonly number[] | undefined {
  return text === 'exponential' || text === 'published' ? undefined : parseDurations(text);
}
