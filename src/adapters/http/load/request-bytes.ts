import type { OutgoingRequest } from '../../../ports.js';
import type { Target } from '../../target.js';

/** Writes a request as it goes over the wire; `keepsAlive` says what becomes of its connection. */
export function requestWriter(
  target: Target,
): (request: OutgoingRequest, keepsAlive: boolean) => Buffer {
  const start = `POST ${target.path} HTTP/1.1\r\nhost: ${new URL(target.origin).host}\r\n`;
  const kept = `${start}connection: keep-alive\r\n`;
  const closed = `${start}connection: close\r\n`;
  return ({ headers, body }, keepsAlive) => {
    let head = keepsAlive ? kept : closed;
    for (const [name, value] of headers) head += `${name}: ${value}\r\n`;
    head += `content-length: ${body.length}\r\n\r\n`;
    const bytes = Buffer.allocUnsafe(head.length + body.length);
    bytes.write(head, 0, 'latin1');
    bytes.set(body, head.length);
    return bytes;
  };
}
