// The room of HTTP coming in: the floor that all servers of ours stand on. They bind and close a port,
// read bodies within bounds, keep places for connections, and refuse what they do not serve, by what
// is in this folder.
import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { HookError } from '../../errors.js';

export interface ListenAddress {
  /** A name or an address. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
}

/** Connections that the system holds until they are accepted; it may hold fewer. */
const MOST_WAITING = 4_096;

/** A server that has its port. */
export class BoundServer {
  readonly port: number;
  /** `http://host:port`, as a client asks for it. */
  readonly origin: string;
  readonly #server: Server;

  private constructor(server: Server, host: string, port: number) {
    this.#server = server;
    this.port = port;
    this.origin = `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  }

  /** @throws HookError `cannot-listen` */
  static bind(server: Server, { host, port }: ListenAddress): Promise<BoundServer> {
    return new Promise((resolve, reject) => {
      // It stays: a connection that cannot be accepted later must not end the program.
      server.on('error', (error) => reject(cannotListen(host, port, error)));
      server.listen({ port, host, backlog: MOST_WAITING }, () => {
        const address = server.address();
        if (typeof address !== 'object' || address === null) return;
        resolve(new BoundServer(server, host, address.port));
      });
    });
  }

  /** Takes no more connections, and ends those that are there after a last piece of work. */
  async close(lastWork?: () => Promise<void>): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await lastWork?.();
    this.#server.closeAllConnections();
    await closed;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'permission is denied',
  ENOTFOUND: 'the name does not resolve',
};

const OTHER_HOST = 'Name an address of this machine with --host; 127.0.0.1 is always one.';

/** What to type, where it is not the port that is wrong. */
const HINTS: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: OTHER_HOST,
  ENOTFOUND: OTHER_HOST,
};

function cannotListen(host: string, port: number, error: Error & { code?: string }): HookError {
  const reason = REASONS[error.code ?? ''] ?? error.message;
  return new HookError(
    'cannot-listen',
    `Port ${port} of ${host} cannot be listened on: ${reason}.`,
    HINTS[error.code ?? ''] ?? 'Name another port; 0 picks a free one.',
  );
}
