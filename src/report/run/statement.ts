import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { exitCodeOfRun } from '../exit-code.js';
import { outcomeDocument } from '../outcome-document.js';
import type { Statement } from '../statement.js';
import type { RunStory } from './story.js';
import { runNoteText } from './words.js';

/** What a run says to programs. */
export function runStatement(story: RunStory): Statement<RunRecord, RunSummary> {
  const { url, receiver, signed, mockApi, events, resources, plan, reproduce } = story;
  const notes = story.notes.map(runNoteText);
  const target = { url, receiver, signed, mockApi };
  return {
    head: { command: 'simulate-retries', ...target, events, resources, notes, plan },
    list: 'records',
    document: recordDocument,
    end: (summary) => ({
      summary: summaryDocument(summary),
      beside: { reproduce, exitCode: exitCodeOfRun(summary) },
    }),
  };
}

export function recordDocument(record: RunRecord) {
  return record.kind === 'dropped'
    ? record
    : { ...record, outcome: outcomeDocument(record.outcome) };
}

export function summaryDocument(summary: RunSummary) {
  const lostEvents = summary.lostEvents.map((lost) => ({
    ...lost,
    lastOutcome: outcomeDocument(lost.lastOutcome),
  }));
  return { ...summary, lostEvents };
}
