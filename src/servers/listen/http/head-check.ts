import type { IncomingMessage } from 'node:http';
import type { Filter, ListenerBounds } from '../../../listening/listener.js';
import type { Header } from '../../../ports.js';
import type { Refusal } from './refusal.js';

/** Says what keeps a request from being read, by its head alone. */
export type HeadCheck = (
  request: IncomingMessage,
  headers: readonly Header[],
) => Refusal | undefined;

/** The headers as they came: in order, case kept, a character a byte. */
export function headersOf({ rawHeaders }: IncomingMessage): readonly Header[] {
  const headers: Header[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return headers;
}

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
): Refusal | undefined {
  if (headers.length > maxHeaders) {
    return { status: 431, reason: `There are more than ${maxHeaders} headers.` };
  }
  if (request.httpVersionMinor > 0 && request.headers.host === undefined) {
    return { status: 400, reason: 'This is no valid HTTP/1.1: there is no Host header.' };
  }
  return undefined;
}

function filtered(request: IncomingMessage, { paths, methods }: Filter): Refusal | undefined {
  const { url = '', method = '' } = request;
  if (paths.length > 0 && !paths.includes(pathOf(url))) {
    return { status: 404, reason: `Nothing is recorded here but ${paths.join(', ')}.` };
  }
  if (methods.length > 0 && !methods.includes(method)) {
    const reason = `Nothing is recorded here but ${methods.join(', ')}.`;
    return { status: 405, reason, allow: methods };
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
): Refusal | undefined {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared <= maxBodyBytes) return undefined;
  return { status: 413, reason: `The body is larger than ${maxBodyBytes} bytes.` };
}
