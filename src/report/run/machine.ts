import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { exitCodeOfRun } from '../exit-code.js';
import { jsonLine, jsonText } from '../foreign-text.js';
import { outcomeDocument } from '../outcome-document.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { RunRenderer } from './renderer.js';
import type { RunStory } from './story.js';

/** One record a line; the first says that the run is ready, the last is the summary. */
export function ndjsonRun(story: RunStory): RunRenderer {
  return {
    begin: () => jsonLine({ kind: 'ready', ...headOf(story) }),
    record: (record) => jsonLine(recordDocument(record)),
    end: (summary) => {
      const { reproduce } = story;
      return jsonLine({ ...summaryDocument(summary), reproduce, exitCode: exitCodeOfRun(summary) });
    },
  };
}

/** One document, written as the run goes, so that a long run needs no more memory than a short one. */
export function jsonRun(story: RunStory): RunRenderer {
  let separator = '\n';
  return {
    begin: () => `${jsonText(headOf(story)).slice(0, -1)},"records":[`,
    record: (record) => {
      const text = separator + jsonText(recordDocument(record));
      separator = ',\n';
      return text;
    },
    end: (summary) => {
      const { reproduce } = story;
      const exitCode = exitCodeOfRun(summary);
      const tail = { summary: summaryDocument(summary), reproduce, exitCode };
      return `\n],${jsonText(tail).slice(1)}\n`;
    },
  };
}

function headOf(story: RunStory) {
  const { url, receiver, signed, mockApi, events, resources, notes, plan } = story;
  const command = 'simulate-retries';
  const schemaVersion = SCHEMA_VERSION;
  const target = { url, receiver, signed, mockApi };
  return { schemaVersion, command, ...target, events, resources, notes, plan };
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
