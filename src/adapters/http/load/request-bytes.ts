import type { OutgoingRequest } from '../../../ports.js';
import { isHeaderName, isHeaderValue } from '../../../webhook/sendable-header.js';
import type { Target } from '../../target.js';

/** Where one request after the other is written: at thousands a second the memory of each would be garbage. */
export interface RequestPlace {
  bytes: Buffer;
}

/** Writes a request as it goes over the wire. What it gives back lies in its place, until the next is written. */
export type WriteRequest = (place: RequestPlace) => Buffer;

/**
 * Of one target. `keepsAlive` says what becomes of the connection. What is written throws where a
 * header cannot be sent as it stands: that is a bug of ours.
 */
export type RequestWriter = (request: OutgoingRequest, keepsAlive: boolean) => WriteRequest;

const LEAST_PLACE_BYTES = 4_096;

export function requestWriter(target: Target): RequestWriter {
  const start = `POST ${target.path} HTTP/1.1\r\nhost: ${new URL(target.origin).host}\r\n`;
  const kept = `${start}connection: keep-alive\r\n`;
  const closed = `${start}connection: close\r\n`;
  return ({ headers, body }, keepsAlive) =>
    (place) => {
      let head = keepsAlive ? kept : closed;
      for (const [name, value] of headers) {
        const isSendable = isHeaderName(name) && isHeaderValue(value);
        if (!isSendable) throw new RangeError(`invalid ${name} header`);
        head += `${name}: ${value}\r\n`;
      }
      head += `content-length: ${body.length}\r\n\r\n`;
      const length = head.length + body.length;
      if (place.bytes.length < length) {
        place.bytes = Buffer.allocUnsafeSlow(Math.max(length, LEAST_PLACE_BYTES));
      }
      const { bytes } = place;
      bytes.write(head, 0, 'latin1');
      bytes.set(body, head.length);
      return bytes.subarray(0, length);
    };
}
