import type { Outcome, OutgoingRequest, SendOptions, Transport } from '../ports.js';
import { Attempt } from './http/attempt.js';
import { type ConnectionOptions, Connections } from './http/connections.js';
import type { ResolvedTarget } from './resolve-target.js';

export type TransportOptions = ConnectionOptions;

/**
 * Sends with HTTP/1.1 to one target. It keeps as many connections as attempts are under way at once
 * and reuses them for at most a second of idleness. `close` ends what is under way as `cancelled`.
 */
export function openTransport(target: ResolvedTarget, options: TransportOptions = {}): Transport {
  const connections = new Connections(target, options);
  return {
    send: (request, sendOptions) => send(connections, request, sendOptions),
    close: () => connections.closeAll(),
  };
}

function send(
  connections: Connections,
  request: OutgoingRequest,
  options: SendOptions,
): Promise<Outcome> {
  if (options.signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
  return new Promise((resolve, reject) => {
    new Attempt(connections, request, options, { resolve, reject }).start();
  });
}
