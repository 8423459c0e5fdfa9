import type { LoadTransport, OutgoingRequest, SendOptions, Transport } from '../ports.js';
import { openLoadTransport } from './http/load/load-transport.js';
import type { SocketOptions } from './http/open-socket.js';
import type { ResolvedTarget } from './resolve-target.js';

/** From so many requests on plain sockets are worth while. */
export const LONG_RUN_REQUESTS = 2_000;
/** Enough to see how the receiver answers at all. */
const OWN_CONNECTIONS = 32;
/** A receiver that closes each connection without saying so has done it by then. */
const FIRST_REST_MS = 25;

export interface LongRunOptions extends SocketOptions {
  /** So many requests get a connection of their own; 32 by default. */
  readonly ownConnections?: number | undefined;
}

/**
 * Sends thousands of requests to one target over plain sockets, which take less of the processor than
 * undici does. What they cannot do goes over undici all the same: an answer that is kept, a body in
 * two pieces, a connection of its own for each.
 */
export function openLongRunTransport(target: ResolvedTarget, options: LongRunOptions): Transport {
  const { insecure, ownConnections = OWN_CONNECTIONS } = options;
  const plain = new Map<number, LoadTransport>();
  let thorough: Promise<Transport> | undefined;
  let isClosed = false;
  const plainFor = (timeoutMs: number): LoadTransport => {
    const known = plain.get(timeoutMs);
    if (known !== undefined) return known;
    if (isClosed) throw new Error('This transport is closed.');
    const opened = openLoadTransport(target, {
      insecure,
      timeoutMs,
      ownConnections,
      firstRestMs: FIRST_REST_MS,
    });
    plain.set(timeoutMs, opened);
    return opened;
  };
  const openThorough = async () => {
    const { openTransport } = await import('./undici-transport.js');
    return openTransport(target, { insecure });
  };
  return {
    send: async (request, sendOptions) => {
      if (!isPlain(request, sendOptions)) {
        thorough ??= openThorough();
        return (await thorough).send(request, sendOptions);
      }
      return plainFor(sendOptions.timeoutMs).send(request, sendOptions);
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...plain.values(), await thorough].map((opened) => opened?.close()));
    },
  };
}

function isPlain({ firstBytes }: OutgoingRequest, options: SendOptions): boolean {
  const { keepBodyBytes = 0, freshConnection = false } = options;
  return firstBytes === undefined && keepBodyBytes === 0 && !freshConnection;
}
