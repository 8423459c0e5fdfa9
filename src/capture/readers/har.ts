import { bodyFromBase64, bodyFromText, type FoundBody } from '../body-text.js';
import { headersFromNamedList } from '../header-shapes.js';
import { isoFromText } from '../instant.js';
import { isObject, listOf, memberOf, textOf } from '../json-value.js';
import {
  type MalformedCapture,
  malformed,
  type ParsedCapture,
  type PlacedCapture,
} from '../record.js';
import { pathOfUrl } from '../request-target.js';
import { eachEntry, parseDocument } from './json-document.js';

/**
 * Reads a HAR 1.2 file. The format keeps request bodies as text only; tools that keep other bytes
 * mark base64 with a member of their own (`encoding` as in response contents, `_encoding`) or in
 * the comment.
 */
export function* readHar(bytes: Uint8Array): Generator<PlacedCapture> {
  const document = parseDocument(bytes);
  if (document.kind === 'malformed') return yield document;
  const entries = listOf(memberOf(memberOf(document.value, 'log'), 'entries'));
  if (entries === undefined)
    return yield malformed('The file has no log.entries, so it is no HAR.');
  yield* eachEntry(entries, parseEntry);
}

function parseEntry(entry: unknown): ParsedCapture {
  const request = memberOf(entry, 'request');
  if (!isObject(request)) return malformed('The entry has no request.');
  const found = parseBody(request);
  if (found.kind === 'malformed') return found;
  const record = {
    at: isoFromText(memberOf(entry, 'startedDateTime')),
    method: textOf(memberOf(request, 'method')),
    path: pathOfUrl(textOf(memberOf(request, 'url'))),
    headers: headersFromNamedList(memberOf(request, 'headers')),
    body: found.body,
  };
  return { kind: 'capture', record };
}

function parseBody(request: unknown): FoundBody | MalformedCapture {
  const postData = memberOf(request, 'postData');
  const text = textOf(memberOf(postData, 'text'));
  if (text !== undefined) return isBase64(postData) ? bodyFromBase64(text) : bodyFromText(text);
  return missingBody(request, postData);
}

function isBase64(postData: unknown): boolean {
  const marks = ['encoding', '_encoding', 'comment'].map((key) => memberOf(postData, key));
  return marks.some((mark) => typeof mark === 'string' && /\bbase-?64\b/i.test(mark));
}

function missingBody(request: unknown, postData: unknown): FoundBody | MalformedCapture {
  if (listOf(memberOf(postData, 'params'))?.length) {
    return malformed('The entry keeps the parsed form fields and not the text of the body.');
  }
  const bodyBytes = memberOf(request, 'bodySize');
  if (typeof bodyBytes === 'number' && bodyBytes > 0) {
    return malformed(`The entry does not keep the body, which had ${bodyBytes} bytes.`);
  }
  return { kind: 'body', body: Buffer.alloc(0) };
}
