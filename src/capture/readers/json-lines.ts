import type { Header } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { bodyFromBase64, bodyFromText } from '../body-text.js';
import { asBuffer, decodeUtf8, listOf } from '../json-value.js';
import { digestNamed } from '../logs/digest-named.js';
import { type FoundField, findField } from '../logs/field-path.js';
import { recordsIn } from '../logs/log-items.js';
import { CUT_BUFFER, holdsCutBuffer, loggedBytes } from '../logs/logged-bytes.js';
import { ANY_FIELDS, digestBeside, suggestFields } from '../logs/suggest-fields.js';
import { type LoggedValue, type LoggedValues, valuesIn } from '../logs/values-in.js';
import {
  type MalformedCapture,
  malformed,
  PARSED_BODY,
  type ParsedCapture,
  type PlacedCapture,
} from '../record.js';
import { unwrapBody } from './wrapped-body.js';

/** Where a log keeps a body and its digest, as dotted paths. */
interface Fields {
  readonly bodyField: string;
  readonly digestField: string | undefined;
}

const PRINTED = 'It was printed by Python or Node, and is read back from that.';
const TYPEABLE_PATH = /^[\w@.-]+$/;

/** Said once for the whole file. */
export function noBodyField(head: Uint8Array): MalformedCapture {
  const suggested = suggestFields(head);
  if (suggested === undefined && holdsCutBuffer(asBuffer(head).toString('latin1'))) {
    return CUT_BUFFER;
  }
  return malformed('Nothing says which field of the line holds the body.', suggested ?? ANY_FIELDS);
}

/**
 * Reads one line of an application's log, whatever its tools put before the JSON. A body that the
 * application had parsed before logging is taken as the exact text it has in the line, and noted; a
 * Buffer is its bytes. None for a line with neither field.
 */
export function parseLogLine(line: Uint8Array, fields: Fields): readonly ParsedCapture[] {
  const text = decodeUtf8(line);
  if (text === undefined) return [malformed('The line is not valid UTF-8.')];
  const found = valuesIn(text);
  const captures = capturesIn(found, fields);
  return found.isBroken ? [...captures, malformed('The line is not valid JSON.')] : captures;
}

/** Reads a whole file that starts with JSON of several lines: a list, or an export that holds one. */
export function* readLogDocument(bytes: Uint8Array, fields: Fields): Generator<PlacedCapture> {
  const text = decodeUtf8(bytes);
  if (text === undefined) return yield malformed('The file is not valid UTF-8.');
  const found = valuesIn(text);
  let entry = 0;
  for (const capture of capturesIn(found, fields)) {
    entry += 1;
    yield { ...capture, entry };
  }
  if (found.isBroken) yield malformed('The file is not valid JSON; it may be cut off.');
}

function capturesIn(
  { values }: LoggedValues,
  { bodyField, digestField }: Fields,
): readonly ParsedCapture[] {
  const isRecord = (logged: LoggedValue) =>
    findField(logged, bodyField) !== undefined ||
    (digestField !== undefined && findField(logged, digestField) !== undefined);
  return values.flatMap((value) =>
    [...recordsIn(value, isRecord)].flatMap((record) =>
      parseRecord(record, bodyField, digestField),
    ),
  );
}

function parseRecord(
  record: LoggedValue,
  bodyField: string,
  digestField: string | undefined,
): readonly ParsedCapture[] {
  const found = findField(record, bodyField);
  const headers = digestHeaders(record, digestField, found?.value);
  if (found === undefined || found.value === null) {
    if (headers.length === 0) return [];
    return [malformed(`The line has a digest and nothing at "${bodyField}".`)];
  }
  const missed = headers.length > 0 ? undefined : missedDigest(record, found, digestField);
  if (missed !== undefined) return [missed];
  const body = bodyOf(found, bodyField);
  if (body.kind === 'malformed') return [body];
  const isPrinted = record.json === undefined;
  const note = [...(isPrinted ? [PRINTED] : []), ...(body.note === undefined ? [] : [body.note])];
  return [
    {
      kind: 'capture',
      record: { headers, body: body.bytes },
      ...(note.length > 0 && { note: note.join(' ') }),
      ...(body.note !== undefined && { doubt: PARSED_BODY }),
      ...(isPrinted && { isGuessed: true }),
    },
  ];
}

/** A record that holds a digest where nobody looks for it is not unsigned. */
function missedDigest(
  record: LoggedValue,
  body: FoundField,
  digestField: string | undefined,
): MalformedCapture | undefined {
  if (digestField !== undefined && findField(record, digestField) !== undefined) return undefined;
  const path = digestBeside(record.value, body.value);
  if (path === undefined) return undefined;
  const hint = TYPEABLE_PATH.test(path)
    ? `If it is one, name it: --digest-field ${path}.`
    : undefined;
  return malformed('Something like a digest stands here, and no field is named for it.', hint);
}

interface LineBody {
  readonly kind: 'body';
  readonly bytes: Uint8Array;
  readonly note?: string;
}

function bodyOf({ value, json }: FoundField, bodyField: string): LineBody | MalformedCapture {
  const logged = loggedBytes(value);
  if (logged !== undefined) return { kind: 'body', bytes: logged };
  if (typeof value === 'string') return textBody(value);
  const wrapped = unwrapBody(value);
  if (wrapped?.kind === 'text') return textBody(wrapped.text);
  if (wrapped?.kind === 'base64') return base64Body(wrapped.text);
  if (typeof value !== 'object') return malformed(`The value at "${bodyField}" is no body.`);
  if (json === undefined) {
    return malformed(`The value at "${bodyField}" was parsed before it was printed.`);
  }
  const note = `The value at "${bodyField}" is no text; its JSON is taken as it stands in the line.`;
  return textBody(json, note);
}

function base64Body(text: string): LineBody | MalformedCapture {
  const found = bodyFromBase64(text);
  return found.kind === 'malformed' ? found : { kind: 'body', bytes: found.body };
}

function textBody(text: string, note?: string): LineBody | MalformedCapture {
  const found = bodyFromText(text);
  if (found.kind === 'malformed') return found;
  return { kind: 'body', bytes: found.body, ...(note !== undefined && { note }) };
}

/** Where no field is named, any member that is called like the header. */
function digestHeaders(
  record: LoggedValue,
  field: string | undefined,
  body: unknown,
): readonly Header[] {
  const found =
    field === undefined ? digestNamed(record.value, body) : findField(record, field)?.value;
  const digests = listOf(found) ?? [found];
  return digests.flatMap((digest) =>
    typeof digest === 'string' ? [[DIGEST_HEADER, digest] as const] : [],
  );
}
