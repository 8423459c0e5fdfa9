import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** A receiver that works on bytes, so that it can break every rule of HTTP. */
export interface RawReceiver {
  readonly url: string;
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
  /** Connections open now. */
  readonly openConnections: number;
  /** What closed connections had sent. */
  readonly sentBytes: number;
  /** Every complete request so far, as it came over the wire. */
  readonly requests: readonly Buffer[];
  /** Resolves when no connection is open. */
  allClosed(): Promise<void>;
  /** Resolves when the next complete request has come in. */
  nextRequest(): Promise<void>;
  close(): Promise<void>;
}

export interface RawServerOptions {
  readonly host?: string;
  readonly speaksTls?: boolean;
  /** Called for every connection as it opens. */
  readonly onConnection?: (socket: Socket) => void;
  /** Called for every complete request; `index` counts them per connection, from 0. */
  readonly onRequest?: (socket: Socket, index: number) => void;
}

/** Listens on a free port of the loopback. */
export async function listenRaw(options: RawServerOptions): Promise<RawReceiver> {
  const { host = '127.0.0.1', speaksTls } = options;
  const sockets = new Set<Socket>();
  const requests: Buffer[] = [];
  const waiting: (() => void)[] = [];
  let connections = 0;
  let sentBytes = 0;
  const serve = (socket: Socket) => {
    socket.on('error', () => {});
    options.onConnection?.(socket);
    readRequests(socket, (request, index) => {
      requests.push(request);
      for (const wake of waiting.splice(0)) wake();
      options.onRequest?.(socket, index);
    });
  };
  const server = speaksTls ? createTlsServer(certificate(), serve) : createServer(serve);
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => {
      sentBytes += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  const port = await listen(server, host);
  const scheme = speaksTls ? 'https' : 'http';
  return {
    url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}/hook`,
    port,
    requests,
    get connections() {
      return connections;
    },
    get sentBytes() {
      return sentBytes;
    },
    get openConnections() {
      return sockets.size;
    },
    allClosed: async () => {
      await Promise.all([...sockets].map((s) => new Promise((done) => s.once('close', done))));
    },
    nextRequest: () => new Promise((done) => waiting.push(done)),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, host, () => resolve(portOf(server.address())));
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
  return address.port;
}

function certificate(): { readonly key: Buffer; readonly cert: Buffer } {
  const pem = readFileSync(new URL('self-signed.pem', import.meta.url));
  return { key: pem, cert: pem };
}

/** Cuts what comes in into requests by their Content-Length. */
function readRequests(socket: Socket, onRequest: (request: Buffer, index: number) => void): void {
  let pending = Buffer.alloc(0);
  let index = 0;
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (let length = requestLength(pending); length <= pending.length; ) {
      const request = pending.subarray(0, length);
      pending = pending.subarray(length);
      onRequest(request, index);
      index += 1;
      length = requestLength(pending);
    }
  });
}

function requestLength(bytes: Buffer): number {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return Number.POSITIVE_INFINITY;
  const head = bytes.subarray(0, headEnd).toString('latin1');
  return headEnd + 4 + Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
}
