import type { FlagGroups, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG } from '../format.js';

export const INIT_FLAGS = {
  '': {
    yes: { flag: '--yes', help: 'write without asking', type: 'on' },
    ...FORMAT_FLAG,
  },
} as const satisfies FlagGroups;

export type InitFlags = GroupedFlags<typeof INIT_FLAGS>;
