import type { Header } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { bodyFromBase64, bodyFromText, type FoundBody } from '../body-text.js';
import { headersFromMap } from '../header-shapes.js';
import { isoFromEpochMs } from '../instant.js';
import { isObject, type JsonObject, listOf, memberOf, textOf } from '../json-value.js';
import { namesDigest } from '../left-over.js';
import { loggedBytes } from '../logs/logged-bytes.js';
import { type MalformedCapture, malformed, type ParsedCapture } from '../record.js';

/**
 * Reads what AWS hands to a function: API Gateway proxy events of payload format 1.0 and 2.0 (the
 * latter also from function URLs), events of an Application Load Balancer, requests at Lambda@Edge,
 * and messages of SQS and SNS that a web hook was put into. Undefined for anything else.
 */
export function parseEvent(value: JsonObject): ParsedCapture | undefined {
  if (isProxyEvent(value)) return parseProxyEvent(value);
  const edgeRequest = memberOf(memberOf(value, 'cf'), 'request');
  if (isObject(edgeRequest)) return parseEdgeRequest(edgeRequest);
  return parseMessage(value);
}

/** Frameworks trim an event down to the request; an answer looks the same but for its status. */
function isProxyEvent(value: JsonObject): boolean {
  const isMarked = ['isBase64Encoded', 'httpMethod', 'routeKey', 'rawPath'].some((key) =>
    Object.hasOwn(value, key),
  );
  if (!isMarked || Object.hasOwn(value, 'statusCode')) return false;
  if (isObject(memberOf(value, 'requestContext'))) return true;
  const hasHeaders = ['headers', 'multiValueHeaders'].some((key) => isObject(memberOf(value, key)));
  return hasHeaders && Object.hasOwn(value, 'body');
}

function parseProxyEvent(event: JsonObject): ParsedCapture {
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
  const logged = loggedBytes(body);
  if (logged !== undefined) return { kind: 'body', body: logged };
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

/** Headers there are `{"host": [{"key": "Host", "value": …}]}`. */
function parseEdgeRequest(request: JsonObject): ParsedCapture {
  const body = memberOf(request, 'body');
  if (memberOf(body, 'inputTruncated') === true) {
    return malformed('Lambda@Edge cut the body of the event: it was too long for it.');
  }
  const isBase64 = memberOf(body, 'encoding') === 'base64';
  const found = parseBody(memberOf(body, 'data') ?? '', isBase64);
  if (found.kind === 'malformed') return found;
  const query = textOf(memberOf(request, 'querystring'));
  const path = textOf(memberOf(request, 'uri'));
  const record = {
    remote: textOf(memberOf(request, 'clientIp')),
    method: textOf(memberOf(request, 'method')),
    path: path !== undefined && query ? `${path}?${query}` : path,
    headers: edgeHeaders(memberOf(request, 'headers')),
    body: found.body,
  };
  return { kind: 'capture', record };
}

function edgeHeaders(headers: unknown): readonly Header[] {
  if (!isObject(headers)) return [];
  return Object.entries(headers).flatMap(([name, values]) =>
    (listOf(values) ?? []).flatMap((item) => {
      const value = textOf(memberOf(item, 'value'));
      return value === undefined ? [] : [[textOf(memberOf(item, 'key')) ?? name, value] as const];
    }),
  );
}

/** A queue or topic in front of the function: the body as the message, the digest as an attribute. */
function parseMessage(message: JsonObject): ParsedCapture | undefined {
  const body = textOf(memberOf(message, 'body') ?? memberOf(message, 'Message'));
  const attributes =
    memberOf(message, 'messageAttributes') ?? memberOf(message, 'MessageAttributes');
  if (body === undefined || !isObject(attributes)) return undefined;
  const name = Object.keys(attributes).find((key) => namesDigest(key));
  const attribute = name === undefined ? undefined : memberOf(attributes, name);
  const value = memberOf(attribute, 'stringValue') ?? memberOf(attribute, 'Value');
  const digest = textOf(value ?? memberOf(attribute, 'StringValue'));
  if (digest === undefined) return undefined;
  const found = bodyFromText(body);
  if (found.kind === 'malformed') return found;
  return { kind: 'capture', record: { headers: [[DIGEST_HEADER, digest]], body: found.body } };
}
