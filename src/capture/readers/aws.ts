import { decodeUtf8, isObject, listOf, memberOf, parseJson } from '../json-value.js';
import { malformed, type ParsedCapture, type PlacedCapture } from '../record.js';
import { isAwsEvent, parseAwsEvent } from './aws-event.js';
import { eachEntry, parseDocument } from './json-document.js';

/** Where loggers and log exports put an event, as an object or as its JSON. */
const WRAPPERS = ['event', 'message', '@message', 'input'] as const;
const MAX_WRAPPING = 4;
const LOOKS_LIKE_AN_EVENT = /\\?"(?:isBase64Encoded|httpMethod|requestContext)\\?"\s*:/;

/** Reads a file that is one JSON document: an event, a list of them, or exported log events. */
export function* readAwsDocument(bytes: Uint8Array): Generator<PlacedCapture> {
  const document = parseDocument(bytes);
  if (document.kind === 'malformed') return yield document;
  const { value } = document;
  const logEvents = listOf(memberOf(value, 'events'));
  if (logEvents !== undefined) yield* eachEntry(logEvents, (item) => eventsIn(item, 0)[0]);
  else yield* eachEntry(listOf(value) ?? [value], parseItem);
}

/** The events of one log line, whatever stands in front of them; none where the line holds no event. */
export function parseAwsLine(line: Uint8Array): readonly ParsedCapture[] {
  const text = decodeUtf8(line);
  return text === undefined ? [malformed('The line is not valid UTF-8.')] : eventsInText(text, 0);
}

function parseItem(item: unknown): ParsedCapture {
  return eventsIn(item, 0)[0] ?? malformed('The entry is no API Gateway or load balancer event.');
}

function eventsInText(text: string, depth: number): readonly ParsedCapture[] {
  const brace = text.indexOf('{');
  if (brace === -1) return [];
  const value = parseJson(text) ?? parseJson(text.slice(brace));
  if (value !== undefined) return eventsIn(value, depth);
  return LOOKS_LIKE_AN_EVENT.test(text)
    ? [malformed('The line holds an event that is cut off or not valid JSON.')]
    : [];
}

function eventsIn(value: unknown, depth: number): readonly ParsedCapture[] {
  if (isAwsEvent(value)) return [parseAwsEvent(value)];
  if (depth >= MAX_WRAPPING) return [];
  const list = listOf(value) ?? listOf(memberOf(value, 'events'));
  if (list !== undefined) return list.flatMap((item) => eventsIn(item, depth + 1));
  return WRAPPERS.flatMap((key) => eventsUnder(memberOf(value, key), depth + 1));
}

function eventsUnder(value: unknown, depth: number): readonly ParsedCapture[] {
  if (typeof value === 'string') return eventsInText(value, depth);
  return isObject(value) ? eventsIn(value, depth) : [];
}
