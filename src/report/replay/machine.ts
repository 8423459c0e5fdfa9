import { exitCodeOfReplay } from '../exit-code.js';
import { jsonLine, jsonText } from '../foreign-text.js';
import { recordDocument, summaryDocument } from '../run/machine.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { PlannedRenderer, ReplayRenderer } from './renderer.js';
import type { ReplayStory } from './story.js';

/** One record a line: `ready`, what is malformed, the attempts, the summary. */
export function ndjsonReplay(story: ReplayStory): ReplayRenderer {
  return {
    begin: () => [readyOf(story), ...story.malformed].map(jsonLine).join(''),
    record: (record) => jsonLine(recordDocument(record)),
    end: (summary) =>
      jsonLine({
        ...summaryDocument(summary),
        ...tailOf(story, exitCodeOfReplay(summary, story.captures)),
      }),
  };
}

/** One document, written as the replay goes, so that a long one needs no more memory than a short one. */
export function jsonReplay(story: ReplayStory): ReplayRenderer {
  const { begin, record, end } = jsonRecords(story);
  return {
    begin,
    record: (run) => record(recordDocument(run)),
    end: (summary) =>
      end({
        summary: summaryDocument(summary),
        ...tailOf(story, exitCodeOfReplay(summary, story.captures)),
      }),
  };
}

export function ndjsonPlanned(story: ReplayStory): PlannedRenderer {
  return {
    begin: () => [{ ...readyOf(story), dryRun: true }, ...story.malformed].map(jsonLine).join(''),
    record: jsonLine,
    end: (exitCode) => jsonLine({ kind: 'summary', ...tailOf(story, exitCode) }),
  };
}

export function jsonPlanned(story: ReplayStory): PlannedRenderer {
  const { begin, record, end } = jsonRecords(story);
  return { begin, record, end: (exitCode) => end(tailOf(story, exitCode)) };
}

function jsonRecords(story: ReplayStory) {
  let separator = '\n';
  return {
    begin: () => {
      const head = { schemaVersion: SCHEMA_VERSION, ...headOf(story), malformed: story.malformed };
      return `${jsonText(head).slice(0, -1)},"records":[`;
    },
    record: (record: object) => {
      const written = separator + jsonText(record);
      separator = ',\n';
      return written;
    },
    end: (tail: object) => `\n],${jsonText(tail).slice(1)}\n`,
  };
}

function readyOf(story: ReplayStory) {
  return { kind: 'ready', schemaVersion: SCHEMA_VERSION, ...headOf(story) };
}

function headOf(story: ReplayStory) {
  const { capture, url, receiver, captures, captureNotes, notes } = story;
  const { order, speed, signing, freshIds, resources, rules } = story;
  return {
    command: 'replay',
    capture,
    url,
    receiver,
    captures,
    captureNotes,
    notes,
    order,
    speed: speed ?? null,
    signing,
    freshIds,
    events: captures.replayed,
    resources,
    rules,
  };
}

function tailOf({ captures, reproduce }: ReplayStory, exitCode: number) {
  return { captures, reproduce, exitCode };
}
