import type { HookError } from '../errors.js';
import { inLine, jsonLine } from './foreign-text.js';
import type { Palette } from './palette.js';
import { SCHEMA_VERSION } from './schema-version.js';
import { wrapped } from './wrap.js';

/** What is wrong, then what to type: for people. */
export function errorText({ message, hint }: HookError, palette: Palette): string {
  const sentence = `${palette.bad('✗')} ${wrapped(inLine(message), palette, '  ')}\n`;
  return hint === undefined ? sentence : `${sentence}  ${wrapped(inLine(hint), palette, '  ')}\n`;
}

/** The same as the one document, or the last line, of a program's output. */
export function errorDocument(error: ErrorFacts, format: 'json' | 'ndjson'): string {
  const { code, message, hint } = error;
  const kind = format === 'ndjson' ? { kind: 'error' } : {};
  const document = { ...kind, schemaVersion: SCHEMA_VERSION, error: { code, message, hint } };
  return jsonLine(document);
}

/** What a program learns of a mistake, of Ctrl-C before there was a report, or of a bug of ours. */
export interface ErrorFacts {
  readonly code: HookError['code'] | 'interrupted' | 'bug';
  readonly message: string;
  readonly hint?: string | undefined;
}
