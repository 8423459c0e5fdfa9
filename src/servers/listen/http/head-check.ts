import type { IncomingMessage } from 'node:http';
import type { Filter, ListenerBounds } from '../../../listening/listener.js';
import type { Header } from '../../../ports.js';
import { type Rejection, rejection, tooLarge } from './rejection.js';

/** Says what keeps a request from being read, by its head alone. */
export type HeadCheck = (
  request: IncomingMessage,
  headers: readonly Header[],
) => Rejection | undefined;

export function createHeadCheck(accepts: Filter, bounds: ListenerBounds): HeadCheck {
  return (request, headers) =>
    formFault(request, headers, bounds) ??
    filtered(request, accepts) ??
    declaredTooLarge(request, bounds);
}

function formFault(
  request: IncomingMessage,
  headers: readonly Header[],
  { maxHeaders }: ListenerBounds,
): Rejection | undefined {
  if (headers.length > maxHeaders) {
    return rejection(431, `There are more than ${maxHeaders} headers.`);
  }
  if (request.httpVersionMinor > 0 && request.headers.host === undefined) {
    return rejection(400, 'This is no valid HTTP/1.1: there is no Host header.');
  }
  return undefined;
}

function filtered(request: IncomingMessage, { paths, methods }: Filter): Rejection | undefined {
  const { url = '', method = '' } = request;
  if (paths.length > 0 && !paths.includes(pathOf(url))) {
    return rejection(404, `Nothing is recorded here but ${paths.join(', ')}.`);
  }
  if (methods.length > 0 && !methods.includes(method)) {
    const reason = `Nothing is recorded here but ${methods.join(', ')}.`;
    return rejection(405, reason, [['Allow', methods.join(', ')]]);
  }
  return undefined;
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

function declaredTooLarge(
  request: IncomingMessage,
  { maxBodyBytes }: ListenerBounds,
): Rejection | undefined {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared <= maxBodyBytes) return undefined;
  return tooLarge(maxBodyBytes);
}
