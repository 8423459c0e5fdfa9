import { jsonLine, jsonText } from '../foreign-text.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { CheckRenderer, CheckStory } from './renderer.js';
import { resultDocument } from './result-document.js';

/** For programs: one document, or one record a line. */
export function machineCheck(story: CheckStory, format: 'json' | 'ndjson'): CheckRenderer {
  const { url, seed, reproduce } = story;
  const head = { schemaVersion: SCHEMA_VERSION, command: 'check', url, seed };
  if (format === 'ndjson') {
    return {
      begin: () => jsonLine({ kind: 'ready', ...head }),
      record: (record) =>
        jsonLine(
          record.kind === 'calibrated' ? record : { kind: 'result', ...resultDocument(record) },
        ),
      end: ({ summary, exitCode, baseline, replay }) =>
        jsonLine({ ...summary, baseline, replay: replay?.command, reproduce, exitCode }),
    };
  }
  const results: object[] = [];
  let calibration: object | undefined;
  return {
    begin: () => '',
    record: (record) => {
      if (record.kind === 'calibrated') calibration = record;
      else results.push(resultDocument(record));
      return '';
    },
    end: ({ summary, exitCode, baseline, replay }) => {
      const tail = { summary, baseline, replay: replay?.command, reproduce, exitCode };
      return `${jsonText({ ...head, calibration, results, ...tail }, 2)}\n`;
    },
  };
}
