import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Header } from '../../ports.js';

/** What is answered where nothing is served. */
export interface Refusal {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: readonly Header[];
}

/** Refuses a request. The connection can be used again, unless this is the last answer on it. */
export function refuse(response: ServerResponse, refusal: Refusal, which?: 'last'): void {
  const headers = headersOfRefusal(refusal);
  if (which === 'last') headers.push(CLOSING);
  response.writeHead(refusal.status, headers.flat());
  response.end(refusal.body);
}

/** Refuses where no request could be read that a response would belong to. */
export function refuseSocket(
  socket: Socket,
  refusal: Refusal,
  close: (socket: Socket) => void,
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = refusal;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...[...headersOfRefusal(refusal), CLOSING].map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  close(socket);
}

const CLOSING: Header = ['Connection', 'close'];

function headersOfRefusal({ contentType, body, headers = [] }: Refusal): Header[] {
  return [
    ['Content-Type', contentType],
    ['Content-Length', String(Buffer.byteLength(body))],
    ...headers,
  ];
}
