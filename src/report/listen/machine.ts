import type { ListenSummary } from '../../listening/records.js';
import { exitCodeOfListen } from '../exit-code.js';
import { jsonLine, jsonText } from '../foreign-text.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { ListenRenderer, ListenStory } from './renderer.js';

/** One record a line; the first says that requests can come, and where to. */
export function ndjsonListen(): ListenRenderer {
  return {
    ready: (story) => jsonLine({ kind: 'ready', ...head(story) }),
    record: jsonLine,
    skipped: (records) => jsonLine({ kind: 'skipped', records }),
    end: (summary) => jsonLine(withExitCode(summary)),
  };
}

/** One document, written as the requests come; it is whole when the listener has ended. */
export function jsonListen(): ListenRenderer {
  let separator = '\n';
  const item = (value: object) => {
    const text = separator + jsonText(value);
    separator = ',\n';
    return text;
  };
  return {
    ready: (story) => `${jsonText(head(story)).slice(0, -1)},"records":[`,
    record: item,
    skipped: (records) => item({ kind: 'skipped', records }),
    end: (summary) => `\n],"summary":${jsonText(withExitCode(summary))}}\n`,
  };
}

function head({ seed, ...story }: ListenStory) {
  return { schemaVersion: SCHEMA_VERSION, command: 'listen', ...story, seed };
}

function withExitCode(summary: ListenSummary) {
  return { ...summary, exitCode: exitCodeOfListen(summary) };
}
