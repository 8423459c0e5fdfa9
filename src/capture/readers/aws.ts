import { parseCsv } from '../csv.js';
import { asBuffer, decodeUtf8, isObject, listOf, memberOf } from '../json-value.js';
import { leftOver, namesDigest } from '../left-over.js';
import { type LoggedValues, valuesIn } from '../logs/values-in.js';
import { malformed, type ParsedCapture, type PlacedEntry } from '../record.js';
import { parseEvent } from './aws-event.js';
import { parseDocument } from './json-document.js';

const MAX_WRAPPING = 8;
const PRINTED = 'The event was printed by Python or Node, and is read back from that.';
const MAY_HOLD_AN_EVENT =
  /isBase64Encoded|requestContext|httpMethod|rawPath|multiValueHeaders|\bcf\b/;
const LOOKS_LIKE_AN_EVENT =
  /(?:isBase64Encoded|httpMethod|requestContext|rawPath|multiValueHeaders)[\\"']*\s*:/;
const CSV_HEADER =
  /^(?:\xef\xbb\xbf)?(?:"?@?[\w.]+"?,)*"?@?(?:message|log)"?(?:,"?@?[\w.]+"?)*\r?\n/i;
/** Where exports keep their log events. */
const LISTS = ['events', 'logEvents', 'results', 'Records'] as const;

/** Reads a file that is one JSON document: an event, a list of them, or exported log events. */
export function* readAwsDocument(bytes: Uint8Array): Generator<PlacedEntry> {
  const document = parseDocument(bytes);
  if (document.kind === 'malformed') {
    const captures = capturesOf(valuesIn(decodeUtf8(bytes) ?? ''));
    if (captures.length === 0) return yield document;
    return yield* captures.map((capture, index) => ({ ...capture, entry: index + 1 }));
  }
  const { value } = document;
  const listed = LISTS.map((key) => listOf(memberOf(value, key))).find(
    (list) => list !== undefined,
  );
  const items = listOf(value) ?? listed ?? [value];
  for (const [index, item] of items.entries()) {
    const found = eventsIn(item, 0);
    const isLogged = listed !== undefined;
    const none = isLogged ? leftOver(JSON.stringify(item)) : NO_EVENT;
    for (const entry of found.length > 0 ? found : [none]) yield { ...entry, entry: index + 1 };
  }
}

/** The events of one line of a log, whatever stands around them; none where it holds no event. */
export function parseAwsLine(line: Uint8Array): readonly ParsedCapture[] {
  const text = decodeUtf8(line);
  return text === undefined ? [malformed('The line is not valid UTF-8.')] : eventsInText(text, 0);
}

/** True for the CSV that CloudWatch exports, of logs and of what Insights found. */
export function isLogCsv(head: Uint8Array): boolean {
  return CSV_HEADER.test(asBuffer(head).toString('latin1', 0, 1024));
}

export function* readLogCsv(bytes: Uint8Array): Generator<PlacedEntry> {
  const text = decodeUtf8(bytes);
  if (text === undefined) return yield malformed('The file is not valid UTF-8.');
  const [, ...rows] = parseCsv(text.replace(/^\uFEFF/, ''));
  for (const { line, fields, cut } of rows) {
    const found = fields.flatMap((field) => eventsInText(field, 0));
    if (cut) yield { ...malformed('The file ends inside a quoted field.'), line };
    else if (found.length === 0) yield { ...leftOver(fields.join(',')), line };
    else yield* found.map((event) => ({ ...event, line }));
  }
}

const NO_EVENT = malformed('The entry is no API Gateway or load balancer event.');

function eventsInText(text: string, depth: number): readonly ParsedCapture[] {
  if (!text.includes('{') || !(MAY_HOLD_AN_EVENT.test(text) || namesDigest(text))) return [];
  const found = valuesIn(text);
  const captures = capturesOf(found, depth);
  if (!found.isBroken || !LOOKS_LIKE_AN_EVENT.test(text)) return captures;
  return [...captures, malformed('The line holds an event that is cut off or not valid JSON.')];
}

function capturesOf({ values }: LoggedValues, depth = 0): readonly ParsedCapture[] {
  return values.flatMap(({ value, json }) => {
    const events = eventsIn(value, depth);
    return json === undefined ? events.map(readBack) : events;
  });
}

function readBack(event: ParsedCapture): ParsedCapture {
  return event.kind === 'capture' ? { ...event, isGuessed: true, note: PRINTED } : event;
}

/** Loggers, exports and queues put an event under all sorts of names, as an object or as its JSON. */
function eventsIn(value: unknown, depth: number): readonly ParsedCapture[] {
  if (typeof value === 'string') return eventsInText(value, depth + 1);
  if (depth >= MAX_WRAPPING || typeof value !== 'object' || value === null) return [];
  const event = isObject(value) ? parseEvent(value) : undefined;
  if (event !== undefined) return [event];
  return Object.values(value).flatMap((inside) => eventsIn(inside, depth + 1));
}
