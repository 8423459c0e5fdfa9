import { bodyFromBase64, bodyFromText, type FoundBody } from '../body-text.js';
import { headersFromMap } from '../header-shapes.js';
import { isoFromEpochMs } from '../instant.js';
import { isObject, type JsonObject, memberOf, textOf } from '../json-value.js';
import { type MalformedCapture, malformed, type ParsedCapture } from '../record.js';

/**
 * True for what AWS hands to a function: API Gateway proxy events of payload format 1.0 and 2.0
 * (the latter also from function URLs) and events of an Application Load Balancer.
 */
export function isAwsEvent(value: unknown): value is JsonObject {
  if (!isObject(value) || !isObject(memberOf(value, 'requestContext'))) return false;
  return ['isBase64Encoded', 'httpMethod', 'routeKey', 'rawPath'].some((key) =>
    Object.hasOwn(value, key),
  );
}

export function parseAwsEvent(event: unknown): ParsedCapture {
  const found = parseBody(memberOf(event, 'body') ?? '', memberOf(event, 'isBase64Encoded'));
  if (found.kind === 'malformed') return found;
  const context = memberOf(event, 'requestContext');
  const http = memberOf(context, 'http');
  const record = {
    at: isoFromEpochMs(memberOf(context, 'requestTimeEpoch') ?? memberOf(context, 'timeEpoch')),
    remote: textOf(memberOf(memberOf(context, 'identity') ?? http, 'sourceIp')),
    method: textOf(memberOf(event, 'httpMethod') ?? memberOf(http, 'method')),
    path: pathOf(event),
    headers: parseHeaders(event),
    body: found.body,
  };
  return { kind: 'capture', record };
}

function parseBody(body: unknown, isBase64: unknown): FoundBody | MalformedCapture {
  if (typeof body !== 'string') {
    return malformed('The "body" of the event is no text: it was parsed before it was saved.');
  }
  return isBase64 === true ? bodyFromBase64(body) : bodyFromText(body);
}

function pathOf(event: unknown): string | undefined {
  const path = textOf(memberOf(event, 'path') ?? memberOf(event, 'rawPath'));
  const query = textOf(memberOf(event, 'rawQueryString'));
  return path !== undefined && query ? `${path}?${query}` : path;
}

/** Where both are there, the single values are a part of the multiple ones. */
function parseHeaders(event: unknown) {
  const multiple = headersFromMap(memberOf(event, 'multiValueHeaders'));
  return multiple.length > 0 ? multiple : headersFromMap(memberOf(event, 'headers'));
}
