import type { VerifySummary } from '../../verification/records.js';
import { errorDocument } from '../error.js';
import { exitCodeOfVerify } from '../exit-code.js';
import { jsonLine, jsonText } from '../foreign-text.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { VerifyRenderer } from './renderer.js';

/** One entry a line; the first says that the command is ready, the last is the summary. */
export function ndjsonVerify(): VerifyRenderer {
  return {
    begin: () => jsonLine({ kind: 'ready', schemaVersion: SCHEMA_VERSION, command: 'verify' }),
    record: jsonLine,
    end: (summary) => jsonLine(withExitCode(summary)),
    fail: (error) => errorDocument(error, 'ndjson'),
  };
}

/** One document, written as the entries come. */
export function jsonVerify(): VerifyRenderer {
  let separator = '\n';
  return {
    begin: () => `{"schemaVersion":${SCHEMA_VERSION},"command":"verify","entries":[`,
    record: (record) => {
      const text = separator + jsonText(record);
      separator = ',\n';
      return text;
    },
    end: (summary) => `\n],"summary":${jsonText(withExitCode(summary))}}\n`,
    fail: ({ code, message, hint }) => `\n],"error":${jsonText({ code, message, hint })}}\n`,
  };
}

function withExitCode(summary: VerifySummary) {
  return { ...summary, exitCode: exitCodeOfVerify(summary) };
}
