import type { FlagGroups, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG } from '../format.js';

export const EVENTS_FLAGS = { '': FORMAT_FLAG } as const satisfies FlagGroups;

export type EventsFlags = GroupedFlags<typeof EVENTS_FLAGS>;
