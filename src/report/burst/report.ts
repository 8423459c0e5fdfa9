import type { FailedRecord, LoadSummary } from '../../load/records.js';
import type { Report } from '../renderer.js';
import { prettyBurst } from './pretty.js';
import { burstStatement } from './statement.js';
import type { BurstStory } from './story.js';

/** The report of a burst. */
export function burstReport(story: BurstStory): Report<FailedRecord, LoadSummary> {
  return {
    machine: burstStatement(story),
    pretty: (palette) => prettyBurst(story, palette),
  };
}
