import type { CaptureRecord } from '../../capture/record.js';
import type { Header, OutgoingRequest } from '../../ports.js';
import { isHeaderName, isHeaderValue } from '../../webhook/sendable-header.js';

export type Forwardable =
  | { readonly kind: 'request'; readonly request: OutgoingRequest }
  /** A header of this name, or its value, cannot go over HTTP/1.1. */
  | { readonly kind: 'unsendable'; readonly header: string };

/**
 * What belongs to the connection a request came over, or is written anew for the next one (RFC 9110,
 * sections 7.6.1, 8.6, 10.1.1 and RFC 9112, section 6): it says nothing about the web hook.
 */
const HOP_BY_HOP: readonly string[] = [
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
/** So much of a name is shown. */
const SHOWN_NAME = 40;
/** What Connection says of itself rather than of a header. */
const CONNECTION_OPTIONS: readonly string[] = ['close', 'keep-alive', ''];

/** A captured request as it can be sent to another receiver: body and headers as they are. */
export function forwardable({ headers, body }: CaptureRecord): Forwardable {
  const kept: Header[] = [];
  const connection: string[] = [];
  for (const header of headers) {
    const [name, value] = header;
    const fate = fateOf(name);
    if (fate === 'connection') connection.push(...namesIn(value));
    if (fate === 'unsendable' || (fate === 'kept' && !isHeaderValue(value)))
      return unsendable(name);
    if (fate === 'kept') kept.push(header);
  }
  const sent = connection.length === 0 ? kept : kept.filter(isNotOf(connection));
  return { kind: 'request', request: { headers: sent, body } };
}

type Fate = 'kept' | 'dropped' | 'connection' | 'unsendable';

/** The same few names come with every request. */
const FATES = new Map<string, Fate>();
const MOST_FATES = 1_000;

function fateOf(name: string): Fate {
  const known = FATES.get(name);
  if (known !== undefined) return known;
  const fate = decideFate(name);
  if (FATES.size < MOST_FATES) FATES.set(name, fate);
  return fate;
}

function decideFate(name: string): Fate {
  const lower = name.toLowerCase();
  if (lower === 'connection') return 'connection';
  if (HOP_BY_HOP.includes(lower) || isPseudoHeader(name)) return 'dropped';
  return isHeaderName(name) ? 'kept' : 'unsendable';
}

/** HTTP/2 has its request line in these; some captures keep them. */
function isPseudoHeader(name: string): boolean {
  return name.startsWith(':');
}

function namesIn(value: string): readonly string[] {
  const names = value.toLowerCase().split(',');
  return names.map((name) => name.trim()).filter((name) => !CONNECTION_OPTIONS.includes(name));
}

/** The headers that Connection names belong to that connection too. */
function isNotOf(names: readonly string[]): (header: Header) => boolean {
  return ([name]) => !names.includes(name.toLowerCase());
}

function unsendable(name: string): Forwardable {
  return { kind: 'unsendable', header: name.slice(0, SHOWN_NAME) };
}
