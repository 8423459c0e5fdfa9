import type { OutgoingRequest } from '../ports.js';
import { bodyDocument } from './body-document.js';

export interface PrintableRequest extends OutgoingRequest {
  /** Any certificate is taken. */
  readonly insecure: boolean;
  readonly target: {
    readonly url: string;
    /** Host and port as the Host header says them. */
    readonly authority: string;
    /** Path and query. */
    readonly path: string;
  };
}

/** The request as it goes over the wire: head, empty line, the body's own bytes. */
export function httpMessage({ target, headers, body }: PrintableRequest): Uint8Array {
  const head = [
    `POST ${target.path} HTTP/1.1`,
    `host: ${target.authority}`,
    'connection: close',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `content-length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** The request for programs. */
export function requestDocument({ target, headers, body }: PrintableRequest) {
  return {
    method: 'POST',
    url: target.url,
    headers,
    ...bodyDocument(body),
  };
}
