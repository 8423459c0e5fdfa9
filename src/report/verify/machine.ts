import type { VerifySummary } from '../../verification/records.js';
import { errorDocument } from '../error.js';
import { exitCodeOfVerify } from '../exit-code.js';
import { SCHEMA_VERSION } from '../schema-version.js';
import type { VerifyRenderer } from './renderer.js';

/** One entry a line; the first says that the command is ready, the last is the summary. */
export function ndjsonVerify(): VerifyRenderer {
  return {
    begin: () => line({ kind: 'ready', schemaVersion: SCHEMA_VERSION, command: 'verify' }),
    record: line,
    end: (summary) => line(withExitCode(summary)),
    fail: (error) => errorDocument(error, 'ndjson'),
  };
}

/** One document, written as the entries come. */
export function jsonVerify(): VerifyRenderer {
  let separator = '\n';
  return {
    begin: () => `{"schemaVersion":${SCHEMA_VERSION},"command":"verify","entries":[`,
    record: (record) => {
      const text = separator + JSON.stringify(record);
      separator = ',\n';
      return text;
    },
    end: (summary) => `\n],"summary":${JSON.stringify(withExitCode(summary))}}\n`,
    fail: ({ code, message, hint }) => `\n],"error":${JSON.stringify({ code, message, hint })}}\n`,
  };
}

function withExitCode(summary: VerifySummary) {
  return { ...summary, exitCode: exitCodeOfVerify(summary) };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
