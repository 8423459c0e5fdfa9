import type { RunRecord, RunSummary } from '../../delivery/records.js';
import type { PlannedRecord } from '../../delivery/replay/records.js';
import { exitCodeOfReplay } from '../exit-code.js';
import { recordDocument, summaryDocument } from '../run/statement.js';
import type { Statement } from '../statement.js';
import type { ReplayStory } from './story.js';
import { malformedReason, replayNoteText } from './words.js';

/** What a replay says to programs; what is malformed comes before the attempts. */
export function replayStatement(story: ReplayStory): Statement<RunRecord, RunSummary> {
  return {
    ...beginningOf(story),
    document: recordDocument,
    end: (summary) => ({
      summary: summaryDocument(summary),
      beside: besideOf(story, exitCodeOfReplay(summary, story.captures)),
    }),
  };
}

/** What it says of requests that it would send. */
export function plannedStatement(story: ReplayStory): Statement<PlannedRecord, number> {
  return {
    ...beginningOf(story),
    ready: { dryRun: true },
    end: (exitCode) => ({ beside: besideOf(story, exitCode) }),
  };
}

function beginningOf(story: ReplayStory) {
  const { capture, url, receiver, captures, captureNotes } = story;
  const notes = story.notes.map(replayNoteText);
  const { order, speed = null, signing, freshIds, resources, rules } = story;
  const malformed = story.malformed.map((record) => ({
    ...record,
    reason: malformedReason(record.reason),
  }));
  const what = { capture, url, receiver, captures, captureNotes, notes };
  const how = { order, speed, signing, freshIds, events: captures.replayed, resources, rules };
  return {
    head: { command: 'replay', ...what, ...how },
    lists: { malformed },
    list: 'records',
  };
}

function besideOf({ captures, reproduce }: ReplayStory, exitCode: number) {
  return { captures, reproduce, exitCode };
}
