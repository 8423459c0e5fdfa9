import type { FlagGroups, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG } from '../format.js';
import { parseRate } from '../numbers.js';

export const MOCK_API_FLAGS = {
  '': {
    plan: {
      flag: '--plan <path>',
      help: 'the plan whose resources it knows; - is standard input',
      type: 'text',
    },
    at: {
      flag: '--at <duration>',
      help: 'as things are at this plan time (the end)',
      type: 'duration',
    },
    latency: {
      flag: '--latency <duration>',
      help: 'every answer takes this long',
      type: 'duration',
    },
    errorRate: {
      flag: '--error-rate <rate>',
      help: 'this share of answers is 500',
      parse: parseRate,
    },
    seed: { flag: '--seed <text>', help: 'which ones (drawn when absent)', type: 'text' },
    host: {
      flag: '--host <address>',
      help: 'listen on this address',
      type: 'text',
      default: '127.0.0.1',
    },
    for: { flag: '--for <duration>', help: 'end after this time', type: 'duration' },
    ...FORMAT_FLAG,
  },
} as const satisfies FlagGroups;

export type MockApiFlags = GroupedFlags<typeof MOCK_API_FLAGS>;
