import { PLAN_DEFAULTS } from '../../delivery/plan-defaults.js';
import { parseTimeScale } from '../duration.js';
import type { FlagGroups, FlagsOf, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG, PAGE_FLAG } from '../format.js';
import { HIGHEST_PORT } from '../numbers.js';
import { SECRET_FLAGS, TARGET_FLAGS } from '../options.js';
import {
  CONCURRENCY_FLAG,
  FAULT_FLAGS,
  FAULTS_HEADING,
  RETRIES_HEADING,
  RETRY_FLAGS,
  VOLUME_FLAGS,
} from '../runs/flags.js';

export const DEFAULT_RECEIVER = 'demo';

const LIVES = {
  lifecycle: {
    flag: '--lifecycle <kind[:end]>',
    help: 'a life, e.g. checkout or checkout:expired',
    type: 'texts',
  },
  event: { flag: '--event <kind.status>', help: 'single events, repeatable', type: 'texts' },
  resources: {
    flag: '--resources <n>',
    help: 'how many live that life',
    type: 'whole',
    least: 1,
    most: 10_000_000,
    absent: PLAN_DEFAULTS.resources,
  },
  spacing: {
    flag: '--spacing <duration>',
    help: 'time between events of a resource',
    type: 'duration',
    absent: PLAN_DEFAULTS.spacingMs,
  },
  set: {
    flag: '--set <path=value>',
    help: 'change a field of every body, repeatable',
    type: 'texts',
  },
} as const satisfies FlagGroups[string];

const DRAWS = {
  seed: {
    flag: '--seed <text>',
    help: 'repeats a run byte for byte (drawn when absent)',
    type: 'text',
  },
  fresh: { flag: '--fresh', help: 'the same faults on new ids and times', type: 'on' },
} as const satisfies FlagGroups[string];

/** The flags that shape a plan: with `--plan` the file has already said all of it. */
export const PLAN_FLAGS = { ...LIVES, ...RETRY_FLAGS, ...FAULT_FLAGS, ...DRAWS };

export const SIMULATE_FLAGS = {
  'What is delivered:': LIVES,
  [RETRIES_HEADING]: RETRY_FLAGS,
  [FAULTS_HEADING]: FAULT_FLAGS,
  'The same again:': {
    ...DRAWS,
    savePlan: { flag: '--save-plan <path>', help: 'write the plan to a file', type: 'text' },
    plan: { flag: '--plan <path>', help: 'run a saved plan', type: 'text' },
    dryRun: { flag: '--dry-run', help: 'print the plan as JSON, send nothing', type: 'on' },
  },
  'How it runs:': {
    ...CONCURRENCY_FLAG,
    timeScale: {
      flag: '--time-scale <plan=real>',
      help: 'wait in between, e.g. 1h=1s',
      parse: parseTimeScale,
    },
    realTime: { flag: '--real-time', help: 'wait as long as Inqud does', type: 'on' },
    mockApi: {
      flag: '--mock-api <port>',
      help: "serve Inqud's API beside it; 0 picks a port",
      type: 'whole',
      least: 0,
      most: HIGHEST_PORT,
    },
    receiver: {
      flag: '--receiver <behaviour>',
      help: 'which built-in receiver',
      type: 'text',
      absent: DEFAULT_RECEIVER,
    },
    unsigned: { flag: '--unsigned', help: 'send no digest', type: 'on' },
    ...VOLUME_FLAGS,
    ...FORMAT_FLAG,
    ...PAGE_FLAG,
  },
  'Target and secret:': { ...TARGET_FLAGS, ...SECRET_FLAGS },
} as const satisfies FlagGroups;

export type PlanFlags = FlagsOf<typeof PLAN_FLAGS>;
export type SimulateFlags = GroupedFlags<typeof SIMULATE_FLAGS>;
