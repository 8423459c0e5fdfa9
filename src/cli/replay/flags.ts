import { CAPTURE_FORMATS } from '../../capture/registry.js';
import type { FlagGroups, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG, PAGE_FLAG } from '../format.js';
import { parseSpeed } from '../numbers.js';
import { SECRET_FLAGS, TARGET_FLAGS } from '../options.js';
import {
  CONCURRENCY_FLAG,
  FAULT_FLAGS,
  FAULTS_HEADING,
  RETRIES_HEADING,
  RETRY_FLAGS,
  VOLUME_FLAGS,
} from '../runs/flags.js';

export const DEFAULT_RECEIVER = 'healthy';

export const REPLAY_FLAGS = {
  'What is replayed:': {
    only: {
      flag: '--only <event|id|verdict>',
      help: 'only these, repeatable, see below',
      type: 'texts',
    },
    order: {
      flag: '--order <order>',
      help: 'in which order (shuffle: by seed)',
      type: 'choice',
      choices: ['received', 'reverse', 'shuffle'],
      default: 'received',
    },
    from: {
      flag: '--from <format>',
      help: 'what the capture is, when its content misleads',
      type: 'choice',
      choices: CAPTURE_FORMATS,
    },
    bodyField: {
      flag: '--body-field <path>',
      help: 'where log lines keep the body, e.g. request.rawBody',
      type: 'text',
    },
    digestField: {
      flag: '--digest-field <path>',
      help: 'where log lines keep the digest',
      type: 'text',
    },
  },
  'What is changed:': {
    resign: { flag: '--resign', help: 'sign every body anew', type: 'on' },
    resignEnv: {
      flag: '--resign-env <name>',
      help: 'the same, with the secret in this environment variable',
      type: 'text',
    },
    resignFile: {
      flag: '--resign-file <path>',
      help: 'the same, with the secret in this file',
      type: 'text',
    },
    freshIds: {
      flag: '--fresh-ids',
      help: 'give resources and orders new ids, and sign anew',
      type: 'on',
    },
  },
  [RETRIES_HEADING]: RETRY_FLAGS,
  [FAULTS_HEADING]: FAULT_FLAGS,
  'How it runs:': {
    speed: {
      flag: '--speed <factor>',
      help: 'times the original speed (no waiting when absent)',
      parse: parseSpeed,
    },
    ...CONCURRENCY_FLAG,
    seed: {
      flag: '--seed <text>',
      help: 'repeats order, faults and fresh ids (drawn when absent)',
      type: 'text',
    },
    dryRun: { flag: '--dry-run', help: 'list what would be sent, send nothing', type: 'on' },
    receiver: {
      flag: '--receiver <behaviour>',
      help: 'which built-in receiver',
      type: 'text',
      absent: DEFAULT_RECEIVER,
    },
    ...VOLUME_FLAGS,
    ...FORMAT_FLAG,
    ...PAGE_FLAG,
  },
  'Target and secret:': { ...TARGET_FLAGS, ...SECRET_FLAGS },
} as const satisfies FlagGroups;

export type ReplayFlags = GroupedFlags<typeof REPLAY_FLAGS>;
