import { bodyFromText } from '../body-text.js';
import { headersFromMap } from '../header-shapes.js';
import { isoFromText } from '../instant.js';
import { isObject, listOf, memberOf, textOf } from '../json-value.js';
import { malformed, type ParsedCapture, type PlacedCapture } from '../record.js';
import { pathOfUrl } from '../request-target.js';
import { eachEntry, parseDocument } from './json-document.js';
import { readWebhookSiteCsv } from './webhook-site-csv.js';

const OPENS_JSON = /^(?:\u00ef\u00bb\u00bf)?\s*[[{]/;

/**
 * Reads what webhook.site exports: the JSON of its requests API (docs.webhook.site/api/requests.html;
 * a page of requests, a list or one request) or its CSV.
 */
export function* readWebhookSite(bytes: Buffer): Generator<PlacedCapture> {
  if (!OPENS_JSON.test(bytes.toString('latin1', 0, 1024))) return yield* readWebhookSiteCsv(bytes);
  const document = parseDocument(bytes);
  if (document.kind === 'malformed') return yield document;
  const { value } = document;
  yield* eachEntry(listOf(value) ?? listOf(memberOf(value, 'data')) ?? [value], parseRequest);
}

function parseRequest(request: unknown): ParsedCapture | undefined {
  if (!isObject(request)) return malformed('The entry is no request.');
  const type = textOf(memberOf(request, 'type')) ?? 'web';
  return type === 'web' ? parseWebRequest(request) : undefined;
}

function parseWebRequest(request: unknown): ParsedCapture {
  const content = memberOf(request, 'content') ?? '';
  if (typeof content !== 'string') return malformed('The "content" of the request is no text.');
  const found = bodyFromText(content);
  if (found.kind === 'malformed') return found;
  const record = {
    at: isoFromText(memberOf(request, 'created_at')),
    remote: textOf(memberOf(request, 'ip')),
    method: textOf(memberOf(request, 'method')),
    path: pathOfUrl(textOf(memberOf(request, 'url'))),
    headers: headersFromMap(memberOf(request, 'headers')),
    body: found.body,
  };
  return { kind: 'capture', record };
}
