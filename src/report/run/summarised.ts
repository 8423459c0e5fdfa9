import type { RunRecord, RunSummary } from '../../delivery/records.js';
import type { Palette } from '../palette.js';
import type { Renderer } from '../renderer.js';
import { unlistedText } from './words.js';

/** How much of a run people get to read. */
export type Volume = 'every-attempt' | 'head-and-summary' | 'summary';

/** Nobody reads more lines than these, and a terminal is slow to show them. */
const MOST_LISTED_EVENTS = 1_000;

export interface VolumeFlags {
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

export function volumeOf({ verbose, quiet }: VolumeFlags, events: number): Volume {
  if (quiet === true) return 'summary';
  return verbose === true || events <= MOST_LISTED_EVENTS ? 'every-attempt' : 'head-and-summary';
}

/** A report for people with as much of a run as they asked for. */
export function withVolume(
  renderer: Renderer<RunRecord, RunSummary>,
  { volume, events, palette }: { volume: Volume; events: number; palette: Palette },
): Renderer<RunRecord, RunSummary> {
  if (volume === 'every-attempt') return renderer;
  return {
    isSummary: true,
    begin: () =>
      volume === 'summary'
        ? ''
        : `${renderer.begin().trimEnd()}\n${palette.dim(unlistedText(events))}\n`,
    record: () => '',
    end: (summary) => {
      const text = renderer.end(summary);
      return volume === 'summary' ? text.trimStart() : text;
    },
  };
}
