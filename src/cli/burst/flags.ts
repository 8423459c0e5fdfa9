import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { STATE_FLAGS, STATE_HEADING } from '../check/flags.js';
import type { FlagGroups, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG, PAGE_FLAG } from '../format.js';
import { parseRate } from '../numbers.js';
import { SECRET_FLAGS, TARGET_FLAGS } from '../options.js';
import { RETRY_FLAGS } from '../runs/flags.js';
import { parseRamp, parseRateInWords } from './rates.js';

const { backoff, base, factor, maxWait, retries } = RETRY_FLAGS;

export const BURST_DEFAULTS = { rate: '50/s', forMs: 10_000 } as const;

export const BURST_FLAGS = {
  'What is sent:': {
    lifecycle: {
      flag: '--lifecycle <kind[:end]>',
      help: 'lives of fresh resources, repeatable (checkout)',
      type: 'texts',
    },
    event: {
      flag: '--event <kind.status>',
      help: 'single events instead, repeatable',
      type: 'texts',
    },
    set: {
      flag: '--set <path=value>',
      help: 'change a field of every body, repeatable',
      type: 'texts',
    },
    unsigned: { flag: '--unsigned', help: 'send no digest', type: 'on' },
    seed: {
      flag: '--seed <text>',
      help: 'the same web hooks again (drawn when absent)',
      type: 'text',
    },
  },
  'How fast:': {
    rate: {
      flag: '--rate <n/s>',
      help: 'web hooks a time: 200/s, 20/min',
      parse: parseRateInWords,
      absent: BURST_DEFAULTS.rate,
    },
    ramp: { flag: '--ramp <from..to>', help: 'a rate that changes: 50/s..500/s', parse: parseRamp },
    for: {
      flag: '--for <duration>',
      help: 'how long',
      type: 'duration',
      absent: BURST_DEFAULTS.forMs,
    },
    arrivals: {
      flag: '--arrivals <kind>',
      help: 'even, as independent events come, or as after an outage',
      type: 'choice',
      choices: ['constant', 'poisson', 'catch-up'],
      absent: 'constant',
    },
    connections: {
      flag: '--connections <n>',
      help: 'web hooks unanswered at once, at most',
      type: 'whole',
      least: 1,
      most: 20_000,
      absent: 1_000,
    },
  },
  'The highest rate instead:': {
    findLimit: { flag: '--find-limit', help: 'find how fast web hooks may come', type: 'on' },
    p99: {
      flag: '--p99 <duration>',
      help: 'within which 99 % are to be answered then',
      type: 'time-limit',
      absent: INQUD_TIMEOUT_MS,
    },
  },
  'The catch-up after an outage:': {
    outage: {
      flag: '--outage <duration>',
      help: 'how long the receiver was away',
      type: 'duration',
    },
    backoff,
    base,
    factor,
    maxWait,
    retries,
  },
  'Beyond one machine:': {
    export: {
      flag: '--export <engine>',
      help: 'write a test for another engine, send nothing',
      type: 'choice',
      choices: ['artillery', 'k6'],
    },
    out: { flag: '--out <folder>', help: 'where it is written (here)', type: 'text' },
  },
  'What is wanted:': {
    timeout: {
      flag: '--timeout <duration>',
      help: 'time to answer',
      type: 'time-limit',
      absent: INQUD_TIMEOUT_MS,
    },
    allow: {
      flag: '--allow <share>',
      help: 'as many may fail: 1% or 0.01',
      parse: parseRate,
      absent: 0,
    },
    ...FORMAT_FLAG,
    ...PAGE_FLAG,
  },
  [STATE_HEADING]: STATE_FLAGS,
  'Target and secret:': { ...TARGET_FLAGS, ...SECRET_FLAGS },
} as const satisfies FlagGroups;

export type BurstFlags = GroupedFlags<typeof BURST_FLAGS>;
