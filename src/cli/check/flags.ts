import { CHECK_SETTINGS } from '../../settings/check.js';
import type { FlagGroups, FlagSet, FlagsOf, GroupedFlags } from '../flags.js';
import { HIGHEST_PORT } from '../numbers.js';
import { SECRET_FLAGS, TARGET_FLAGS } from '../options.js';

export const CHECK_FORMATS = [
  'pretty',
  'json',
  'ndjson',
  'junit',
  'github',
  'gitlab',
  'ctrf',
  'markdown',
] as const;
/** What a report in a file can be. */
export const REPORT_FORMATS = [...CHECK_FORMATS, 'html'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export const CHECK_URL = 'your receiver: a URL, host:port or port';
export const CONFIG_FILE = 'inqud-hook.config.json';

const { stateUrl, stateHeaders, stateIgnore, stateOnly, stateMaxBytes, blackBox } = CHECK_SETTINGS;
const { kinds, rules, skip, runs, budgetMs, seed, lingerMs, timeoutMs } = CHECK_SETTINGS;

/** How the state of a resource is read. */
export const STATE_FLAGS = {
  stateUrl,
  stateHeaders,
  stateHeaderEnv: {
    flag: '--state-header-env <name: variable>',
    help: 'the same, its value from the environment',
    type: 'texts',
  },
  stateCommand: {
    flag: '--state-command <command>',
    help: 'run this to read it instead',
    type: 'text',
  },
  stateIgnore,
  stateOnly,
  stateMaxBytes,
} as const satisfies FlagSet;

export const STATE_HEADING = "Your receiver's state:";

export const CHECK_FLAGS = {
  [STATE_HEADING]: { ...STATE_FLAGS, blackBox },
  'What is checked:': {
    kinds,
    rules,
    skip,
    runs,
    budgetMs,
    seed,
    lingerMs,
    timeoutMs,
    replay: {
      flag: '--replay <file>',
      help: 'only the failures saved in this file',
      type: 'text',
      config: false,
    },
  },
  'Commands of yours:': {
    prepare: {
      flag: '--prepare <command>',
      help: 'make the order a resource belongs to',
      type: 'text',
    },
    reset: { flag: '--reset <command>', help: 'clear the receiver before each rule', type: 'text' },
    faultOn: { flag: '--fault-on <command>', help: "make the receiver's work fail", type: 'text' },
    faultOff: { flag: '--fault-off <command>', help: 'make it work again', type: 'text' },
    mockApi: {
      flag: '--mock-api <port>',
      help: "play Inqud's API on this port",
      type: 'whole',
      least: 0,
      most: HIGHEST_PORT,
    },
    healWithin: {
      flag: '--heal-within <duration>',
      help: 'time to ask it for what was lost',
      type: 'duration',
      absent: 30_000,
    },
  },
  'Report:': {
    format: {
      flag: '--format <format>',
      help: 'how to say it',
      type: 'choice',
      choices: CHECK_FORMATS,
      absent: 'pretty',
    },
    report: {
      flag: '--report <format=file>',
      help: 'say it in a file as well, repeatable',
      type: 'texts',
    },
    baseline: {
      flag: '--baseline <file>',
      help: 'failures that are accepted for now',
      type: 'text',
    },
    save: {
      flag: '--save <file>',
      help: 'where failing scripts go',
      type: 'text',
      absent: 'inqud-hook-failing.json',
    },
    config: {
      flag: '--config <file>',
      help: 'flags as JSON',
      type: 'text',
      absent: CONFIG_FILE,
      config: false,
    },
  },
  'Target and secret:': { ...TARGET_FLAGS, ...SECRET_FLAGS },
} as const satisfies FlagGroups;

/** What `reachOf` wants to know beside them. */
export type StateFlags = FlagsOf<typeof STATE_FLAGS> &
  Pick<GroupedFlags<typeof CHECK_FLAGS>, 'allowRemote' | 'insecure'>;
export type CheckFlags = GroupedFlags<typeof CHECK_FLAGS>;
