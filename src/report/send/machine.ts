import type { SentRecord } from '../../delivery/send-records.js';
import { exitCodeOfSend } from '../exit-code.js';
import { jsonLine, jsonText } from '../foreign-text.js';
import { outcomeDocument } from '../outcome-document.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { SendStory } from './pretty.js';
import type { SendRenderer } from './renderer.js';

/** For programs: one document, or one record a line. */
export function machineSend(story: SendStory, format: 'json' | 'ndjson'): SendRenderer {
  const head = {
    schemaVersion: SCHEMA_VERSION,
    command: 'send',
    url: story.url,
    signed: story.isSigned,
  };
  const { reproduce } = story;
  if (format === 'ndjson') {
    return {
      begin: () => jsonLine({ kind: 'ready', ...head }),
      record: (record) => jsonLine(recordDocument(record)),
      end: (summary) => jsonLine({ ...summary, reproduce, exitCode: exitCodeOfSend(summary) }),
    };
  }
  let separator = '\n';
  return {
    begin: () => `${jsonText(head).slice(0, -1)},"records":[`,
    record: (record) => {
      const text = separator + jsonText(recordDocument(record));
      separator = ',\n';
      return text;
    },
    end: (summary) => {
      const tail = { summary, reproduce, exitCode: exitCodeOfSend(summary) };
      return `\n],${jsonText(tail).slice(1)}\n`;
    },
  };
}

function recordDocument(record: SentRecord) {
  return { ...record, outcome: outcomeDocument(record.outcome) };
}
