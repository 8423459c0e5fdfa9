import type { Header } from '../ports.js';
import { DIGEST_HEADER } from '../webhook/scheme.js';
import { bodyFromBase64, bodyFromText, type FoundBody } from './body-text.js';
import {
  decodeUtf8,
  isObject,
  type JsonObject,
  listOf,
  memberOf,
  parseJson,
  textOf,
} from './json-value.js';
import {
  type CaptureRecord,
  type Doubt,
  type MalformedCapture,
  malformed,
  type ParsedCapture,
  type SkippedEntry,
} from './record.js';

const KIND = 'capture';
const SCHEMA_VERSION = 1;
const TEXT_FIELDS = ['at', 'remote', 'method', 'path'] as const;

const REDACTED: Doubt = {
  reason: 'This copy was redacted by listen: its digest can no longer match.',
  hint: 'Verify the capture itself, which listen keeps beside the redacted copy.',
};

/** What a line may say beside the capture; readers of captures step over it. */
export interface CaptureRemarks {
  /** What the digest said when the request came in. */
  readonly verdict?: string;
  /** Paths of values that were replaced, so that the digest is another body's. */
  readonly redacted?: readonly string[];
}

/**
 * One line of the tool's own capture format, without the newline. The body goes in as text where
 * that gives the same bytes back, as base64 otherwise.
 */
export function formatCapture(record: CaptureRecord, remarks?: CaptureRemarks): string {
  const { at, remote, method, path, headers } = record;
  const text = decodeUtf8(record.body);
  const body =
    text === undefined
      ? { bodyBase64: Buffer.from(record.body).toString('base64') }
      : { body: text };
  return JSON.stringify({
    kind: KIND,
    schemaVersion: SCHEMA_VERSION,
    at,
    remote,
    method,
    path,
    ...remarks,
    headers,
    ...body,
  });
}

/**
 * Reads one line of the tool's own capture format, with or without its line ending. Keys it does
 * not know are ignored, records of another kind are skipped.
 */
export function parseCaptureLine(line: Uint8Array): ParsedCapture | SkippedEntry {
  const text = decodeUtf8(line);
  if (text === undefined) return malformed('The line is not valid UTF-8.');
  const value = parseJson(text);
  if (value === undefined) return malformed('The line is not valid JSON.');
  if (!isObject(value)) return malformed('The line is no JSON object.');
  const kind = textOf(memberOf(value, 'kind'));
  if (kind === undefined) return malformed('The line has no "kind".');
  return kind === KIND ? parseRecord(value) : { kind: 'skipped' };
}

function parseRecord(value: JsonObject): ParsedCapture {
  const problem = versionProblem(memberOf(value, 'schemaVersion')) ?? textProblem(value);
  if (problem !== undefined) return malformed(problem);
  const headers = memberOf(value, 'headers');
  if (!isHeaderList(headers)) {
    return malformed('The headers of the capture are no list of [name, value] pairs.');
  }
  const found = parseBody(memberOf(value, 'body'), memberOf(value, 'bodyBase64'));
  if (found.kind === 'malformed') return found;
  const capture = {
    kind: 'capture',
    record: { ...textFields(value), headers, body: found.body },
  } as const;
  const isRedacted = changesDigest(listOf(memberOf(value, 'redacted')) ?? []);
  return isRedacted ? { ...capture, note: REDACTED.reason, doubt: REDACTED } : capture;
}

/** A header is no part of what was signed, but for the digest itself. */
function changesDigest(redacted: readonly unknown[]): boolean {
  const digest = `headers.${DIGEST_HEADER}`.toLowerCase();
  return redacted.some((path) => {
    const text = textOf(path)?.toLowerCase();
    return text !== undefined && (text === digest || !text.startsWith('headers.'));
  });
}

function versionProblem(version: unknown): string | undefined {
  if (version === SCHEMA_VERSION) return undefined;
  if (typeof version === 'number' && version > SCHEMA_VERSION) {
    return `The capture has schemaVersion ${version}; this version of inqud-hook reads ${SCHEMA_VERSION}.`;
  }
  return `The capture has no schemaVersion, which must be ${SCHEMA_VERSION}.`;
}

function textProblem(value: JsonObject): string | undefined {
  const wrong = TEXT_FIELDS.find((name) => value[name] !== undefined && !isText(value[name]));
  return wrong === undefined ? undefined : `The "${wrong}" of the capture is no text.`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isHeaderList(value: unknown): value is readonly Header[] {
  return Array.isArray(value) && value.every(isHeader);
}

function isHeader(value: unknown): value is Header {
  return Array.isArray(value) && value.length === 2 && value.every(isText);
}

function parseBody(text: unknown, base64: unknown): FoundBody | MalformedCapture {
  if (text !== undefined && base64 !== undefined) {
    return malformed('The capture has both "body" and "bodyBase64".');
  }
  if (isText(text)) return bodyFromText(text);
  if (isText(base64)) return bodyFromBase64(base64);
  return malformed('The capture has neither "body" nor "bodyBase64" as text.');
}

function textFields(value: JsonObject): Partial<Record<(typeof TEXT_FIELDS)[number], string>> {
  const fields: Partial<Record<(typeof TEXT_FIELDS)[number], string>> = {};
  for (const name of TEXT_FIELDS) {
    const text = value[name];
    if (isText(text)) fields[name] = text;
  }
  return fields;
}
