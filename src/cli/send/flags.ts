import { DELIVERED_STATUS, INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import type { FlagGroups, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG } from '../format.js';
import { SECRET_FLAGS, TARGET_FLAGS } from '../options.js';

export const SEND_FLAGS = {
  'What is sent:': {
    event: {
      flag: '--event <kind.status>',
      help: 'a sample event',
      type: 'text',
      absent: 'checkout.success',
    },
    set: { flag: '--set <path=value>', help: 'change a field of it, repeatable', type: 'texts' },
    body: {
      flag: '--body <@file or ->',
      help: 'your own body instead, byte for byte',
      type: 'text',
    },
    unsigned: { flag: '--unsigned', help: 'send no digest', type: 'on' },
    tamper: {
      flag: '--tamper <how>',
      help: 'sign it wrongly on purpose',
      type: 'choice',
      // Written out, because reading `webhook/` would slow `--help` down; a test holds them together.
      choices: [
        'other-secret',
        'body',
        'truncated',
        'sha256',
        'base64',
        'uppercase',
        'prefix',
        'missing',
        'empty',
        'twice',
      ],
    },
    seed: { flag: '--seed <text>', help: 'the same bytes again (drawn when absent)', type: 'text' },
  },
  'How:': {
    count: {
      flag: '--count <n>',
      help: 'how many, each of a fresh resource',
      type: 'whole',
      least: 1,
      most: 10_000_000,
      default: 1,
    },
    same: { flag: '--same', help: 'the same event every time, with --count', type: 'on' },
    concurrency: {
      flag: '--concurrency <n>',
      help: 'in flight at once',
      type: 'whole',
      least: 1,
      most: 1_024,
      default: 1,
    },
    timeout: {
      flag: '--timeout <duration>',
      help: 'time to answer',
      type: 'time-limit',
      absent: INQUD_TIMEOUT_MS,
    },
    expectStatus: {
      flag: '--expect-status <status>',
      help: 'the right answer',
      type: 'whole',
      least: 100,
      most: 599,
      absent: DELIVERED_STATUS,
    },
    dryRun: { flag: '--dry-run', help: 'print the exact request, send nothing', type: 'on' },
    curl: { flag: '--curl', help: 'print a curl command for it, send nothing', type: 'on' },
    ...FORMAT_FLAG,
  },
  'Target and secret:': { ...TARGET_FLAGS, ...SECRET_FLAGS },
} as const satisfies FlagGroups;

export type SendFlags = GroupedFlags<typeof SEND_FLAGS>;
