import { CAPTURE_FORMATS } from '../../capture/registry.js';
import { parseArrivalRate } from '../arrival-rate.js';
import { parseDuration, parseWindow } from '../duration.js';
import type { FlagGroups, GroupedFlags } from '../flags.js';
import { FORMAT_FLAG, PAGE_FLAG } from '../format.js';
import { RETRIES_HEADING, RETRY_FLAGS } from '../runs/flags.js';

const { backoff, base, factor, maxWait, retries } = RETRY_FLAGS;

export const FORECAST_FLAGS = {
  'What comes, and when nobody answers:': {
    rate: {
      flag: '--rate <rate|capture>',
      help: 'web hooks, e.g. 20/min, or a capture: as they came',
      type: 'text',
    },
    outage: {
      flag: '--outage <duration>',
      help: 'how long, or from when to when: 3h, 1h..4h',
      parse: parseOutage,
    },
    outageHangs: {
      flag: '--outage-hangs',
      help: 'the dead receiver hangs; without this it refuses',
      type: 'on',
    },
    from: {
      flag: '--from <format>',
      help: 'what the capture is, when its content misleads',
      type: 'choice',
      choices: CAPTURE_FORMATS,
    },
  },
  [RETRIES_HEADING]: { backoff, base, factor, maxWait, retries },
  'Your receiver:': {
    capacity: {
      flag: '--capacity <rate>',
      help: 'web hooks it can answer, e.g. 100/s',
      parse: parseArrivalRate,
    },
    answerTime: {
      flag: '--answer-time <duration>',
      help: 'work on one, queueing not counted (1 / capacity)',
      type: 'duration',
    },
    ...FORMAT_FLAG,
    ...PAGE_FLAG,
  },
} as const satisfies FlagGroups;

export type ForecastFlags = GroupedFlags<typeof FORECAST_FLAGS>;

/** Reads `3h`, which begins with the first web hook, or `1h..4h`. @throws HookError `bad-duration` */
function parseOutage(text: string): { readonly fromMs: number; readonly toMs: number } {
  return text.includes('..') ? parseWindow(text) : { fromMs: 0, toMs: parseDuration(text) };
}
