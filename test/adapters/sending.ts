import { openLoadTransport } from '../../src/adapters/http/load/load-transport.js';
import { openLongRunTransport } from '../../src/adapters/long-run-transport.js';
import { resolveTarget } from '../../src/adapters/resolve-target.js';
import { parseTarget } from '../../src/adapters/target.js';
import { openTransport, type TransportOptions } from '../../src/adapters/undici-transport.js';
import type { LoadTransport, OutgoingRequest, Transport } from '../../src/ports.js';

/** A small signed request. */
export const REQUEST: OutgoingRequest = {
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('{"id":"CCO-1"}'),
};

export async function transportTo(url: string, options?: TransportOptions): Promise<Transport> {
  return openTransport(await resolveTarget(parseTarget(url)), options);
}

/** The transport of bursts, as one whose attempts say how long they take: the first one says it for all. */
export async function loadTransportTo(
  url: string,
  { insecure }: TransportOptions = {},
): Promise<Transport> {
  const target = await resolveTarget(parseTarget(url));
  let transport: LoadTransport | undefined;
  return {
    send: (request, { timeoutMs, signal, onWritten }) => {
      transport ??= openLoadTransport(target, { insecure, timeoutMs });
      return transport.send(request, { signal, onWritten });
    },
    close: async () => transport?.close(),
  };
}

/** The transport of long runs. */
export async function longRunTransportTo(
  url: string,
  { insecure, reuseAfterAttempts }: TransportOptions = {},
): Promise<Transport> {
  const target = await resolveTarget(parseTarget(url));
  return openLongRunTransport(target, { insecure, ownConnections: reuseAfterAttempts });
}
