import { createServer, type RequestListener, type Server } from 'node:http';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves on the loopback; on a free port when the port is 0. */
export function listen(listener: RequestListener, port = 0): Promise<Listening> {
  return listening(createServer(listener), port);
}

function listening(server: Server, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      resolve({ port: portOf(server), close: () => closed(server) });
    });
  });
}

export function portOf(server: { address(): unknown }): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null || !('port' in address)) {
    throw new Error('It listens on no port.');
  }
  return Number(address.port);
}

export function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
