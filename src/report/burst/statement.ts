import type { FailedRecord, LoadSummary } from '../../load/records.js';
import { exitCodeOfBurst } from '../exit-code.js';
import { outcomeDocument } from '../outcome-document.js';
import { runNoteText } from '../run/words.js';
import type { Statement } from '../statement.js';
import type { BurstStory } from './story.js';

/** What a burst says to programs: the first failures, and what it all came to. */
export function burstStatement(story: BurstStory): Statement<FailedRecord, LoadSummary> {
  const { url, isSigned, seed, asked, planned, resources, reproduce } = story;
  const { from, to, forMs, spread, recovery } = asked;
  const rate = {
    fromPerSecond: from.perSecond,
    toPerSecond: to.perSecond,
    forMs,
    spread,
    recovery,
  };
  const notes = story.notes.map(runNoteText);
  return {
    head: { command: 'burst', url, signed: isSigned, seed, ...rate, planned, resources, notes },
    list: 'failures',
    document: (failed) => ({ ...failed, outcome: outcomeDocument(failed.outcome) }),
    end: (summary) => ({ summary, beside: { reproduce, exitCode: exitCodeOfBurst(summary) } }),
  };
}
