import { bodyFromBase64 } from '../body-text.js';
import { isoFromText } from '../instant.js';
import { listOf, memberOf, textOf } from '../json-value.js';
import { malformed, type ParsedCapture, type PlacedCapture } from '../record.js';
import { readHttp } from './http.js';
import { eachEntry, parseDocument } from './json-document.js';

/**
 * Reads the JSON of ngrok's inspection API (ngrok.com/docs/agent/api: `/api/requests/http`, the
 * list or one request). `raw` is the request as it was on the wire, in base64.
 */
export function* readNgrok(bytes: Uint8Array): Generator<PlacedCapture> {
  const document = parseDocument(bytes);
  if (document.kind === 'malformed') return yield document;
  const { value } = document;
  yield* eachEntry(listOf(memberOf(value, 'requests')) ?? [value], parseRequest);
}

function parseRequest(captured: unknown): ParsedCapture {
  const raw = textOf(memberOf(memberOf(captured, 'request'), 'raw'));
  if (raw === undefined) return malformed('The entry has no request.raw, which holds the bytes.');
  const found = bodyFromBase64(raw);
  if (found.kind === 'malformed') return malformed('The request.raw of the entry is no base64.');
  const [message] = readHttp(found.body);
  if (message === undefined) return malformed('The request.raw of the entry is no HTTP request.');
  if (message.kind === 'malformed') return malformed(message.reason);
  const at = isoFromText(memberOf(captured, 'start'));
  const remote = textOf(memberOf(captured, 'remote_addr'));
  return { kind: 'capture', record: { ...message.record, at, remote } };
}
