import { isoFromEpochMs, isoFromText } from '../instant.js';
import { listOf, memberOf, textOf } from '../json-value.js';
import { pathOfTarget } from '../request-target.js';
import type { Variables } from './brace-variables.js';

const TIMES = ['loggedDate', 'timestamp', 'startedAt', 'created_at', 'createdAt', 'time', 'date'];
const PATHS = ['path', 'urlPath', 'uri', 'urlPattern'];

/** Method, path and time of an exported request, where it has them. */
export function requestOf(value: unknown, variables: Variables | undefined) {
  const target = targetOf(value);
  const filled = target === undefined ? undefined : (variables?.fillIn(target).text ?? target);
  return {
    at: timeOf(value),
    remote: textOf(memberOf(value, 'clientIp')) ?? textOf(memberOf(value, 'client_ip')),
    method: textOf(memberOf(value, 'method')),
    path: filled === undefined ? undefined : pathOfTarget(filled),
  };
}

function timeOf(value: unknown): string | undefined {
  const times = TIMES.map((key) => memberOf(value, key));
  const found = times.map((time) => isoFromText(time) ?? isoFromEpochMs(time));
  return found.find((time) => time !== undefined);
}

function targetOf(value: unknown): string | undefined {
  const url = memberOf(value, 'url');
  const text = textOf(url) ?? textOf(memberOf(url, 'raw')) ?? partsOfUrl(url);
  return (
    text ?? PATHS.map((key) => textOf(memberOf(value, key))).find((path) => path !== undefined)
  );
}

/** Newman keeps a URL in its parts. */
function partsOfUrl(url: unknown): string | undefined {
  const path = listOf(memberOf(url, 'path'));
  if (path === undefined) return undefined;
  const query = (listOf(memberOf(url, 'query')) ?? []).map(
    (item) => `${textOf(memberOf(item, 'key')) ?? ''}=${textOf(memberOf(item, 'value')) ?? ''}`,
  );
  return `/${path.join('/')}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}
