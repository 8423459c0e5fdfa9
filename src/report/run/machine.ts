import type { RunRecord } from '../../delivery/records.js';
import { exitCodeOfRun } from '../exit-code.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { RunRenderer } from './renderer.js';
import type { RunStory } from './story.js';

/** One record a line; the first says that the run is ready, the last is the summary. */
export function ndjsonRun(story: RunStory): RunRenderer {
  return {
    begin: () => line({ kind: 'ready', schemaVersion: SCHEMA_VERSION, ...headOf(story) }),
    record: (record: RunRecord) => line(record),
    end: (summary) =>
      line({ ...summary, reproduce: story.reproduce, exitCode: exitCodeOfRun(summary) }),
  };
}

/** One document, written as the run goes, so that a long run needs no more memory than a short one. */
export function jsonRun(story: RunStory): RunRenderer {
  let separator = '\n';
  return {
    begin: () => {
      const head = { schemaVersion: SCHEMA_VERSION, command: 'simulate-retries', ...headOf(story) };
      return `${JSON.stringify(head).slice(0, -1)},"records":[`;
    },
    record: (record) => {
      const text = separator + JSON.stringify(record);
      separator = ',\n';
      return text;
    },
    end: (summary) => {
      const tail = { summary, reproduce: story.reproduce, exitCode: exitCodeOfRun(summary) };
      return `\n],${JSON.stringify(tail).slice(1)}\n`;
    },
  };
}

function headOf(story: RunStory) {
  const { url, receiver, signed, events, resources, notes, plan } = story;
  return { url, receiver, signed, events, resources, notes, plan };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
