import { sourceOf } from '../../json/source-of.js';
import type { Header } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/digest.js';
import { bodyFromText } from '../body-text.js';
import { findField } from '../field-path.js';
import { decodeUtf8, isObject, listOf, parseJson } from '../json-value.js';
import type { LogFields } from '../reader.js';
import { malformed, type ParsedCapture } from '../record.js';

const NO_BODY_FIELD = malformed('Nothing says which field of the line holds the body.');

/**
 * Reads one line of an application's log. A body that the application had parsed before logging is
 * taken as the exact text it has in the line, and noted. None for a line with neither field.
 */
export function parseLogLine(line: Uint8Array, fields: LogFields): readonly ParsedCapture[] {
  const parsed = parseObject(line, fields);
  return parsed === undefined ? [] : [parsed];
}

function parseObject(line: Uint8Array, fields: LogFields): ParsedCapture | undefined {
  const text = decodeUtf8(line);
  if (text === undefined) return malformed('The line is not valid UTF-8.');
  const value = parseJson(text);
  if (value === undefined) return malformed('The line is not valid JSON.');
  if (!isObject(value)) return malformed('The line is no JSON object.');
  if (fields.bodyField === undefined) return NO_BODY_FIELD;
  return parseFields(text, value, fields.bodyField, digestHeaders(value, fields.digestField));
}

function digestHeaders(value: unknown, field: string | undefined): readonly Header[] {
  const found = field === undefined ? undefined : findField(value, field)?.value;
  const digests = listOf(found) ?? [found];
  return digests.flatMap((digest) =>
    typeof digest === 'string' ? [[DIGEST_HEADER, digest] as const] : [],
  );
}

function parseFields(
  text: string,
  value: unknown,
  bodyField: string,
  headers: readonly Header[],
): ParsedCapture | undefined {
  const found = findField(value, bodyField);
  if (found === undefined || found.value === null) {
    return headers.length === 0
      ? undefined
      : malformed(`The line has a digest and nothing at "${bodyField}".`);
  }
  if (typeof found.value === 'string') return capture(found.value, headers);
  if (typeof found.value !== 'object') return malformed(`The value at "${bodyField}" is no body.`);
  const note = `The value at "${bodyField}" is no text; its JSON is taken as it stands in the line.`;
  return capture(sourceOf(text, found.keys) ?? '', headers, note);
}

function capture(text: string, headers: readonly Header[], note?: string): ParsedCapture {
  const found = bodyFromText(text);
  if (found.kind === 'malformed') return found;
  return { kind: 'capture', record: { headers, body: found.body }, ...(note && { note }) };
}
