import type { CaptureRecord } from '../../capture/record.js';
import type { Header, OutgoingRequest } from '../../ports.js';

export type Forwardable =
  | { readonly kind: 'request'; readonly request: OutgoingRequest }
  /** The reason is a sentence. */
  | { readonly kind: 'unsendable'; readonly reason: string };

/**
 * What belongs to the connection a request came over, or is written anew for the next one (RFC 9110,
 * sections 7.6.1, 8.6, 10.1.1 and RFC 9112, section 6): it says nothing about the web hook.
 */
const HOP_BY_HOP: readonly string[] = [
  'connection',
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
/** RFC 9110, sections 5.1 and 5.5; a character is a byte. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A captured request as it can be sent to another receiver: body and headers as they are. */
export function forwardable({ headers, body }: CaptureRecord): Forwardable {
  const kept = withoutHops(headers);
  const unsendable = kept.find(([name, value]) => !NAME.test(name) || !VALUE.test(value));
  if (unsendable === undefined) return { kind: 'request', request: { headers: kept, body } };
  const name = JSON.stringify(unsendable[0].slice(0, 40));
  return { kind: 'unsendable', reason: `The header ${name} cannot be sent over HTTP/1.1.` };
}

function withoutHops(headers: readonly Header[]): readonly Header[] {
  const named = namedByConnection(headers);
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !HOP_BY_HOP.includes(lower) && !named.includes(lower) && !isPseudoHeader(name);
  });
}

/** The headers that Connection names belong to that connection too. */
function namedByConnection(headers: readonly Header[]): readonly string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) =>
      value
        .toLowerCase()
        .split(',')
        .map((name) => name.trim()),
    );
}

/** HTTP/2 has its request line in these; some captures keep them. */
function isPseudoHeader(name: string): boolean {
  return name.startsWith(':');
}
