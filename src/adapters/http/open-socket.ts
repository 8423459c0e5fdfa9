import {
  connect as connectTcp,
  isIP,
  type LookupFunction,
  type Socket,
  type TcpNetConnectOpts,
} from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { ResolvedTarget } from '../resolve-target.js';

export interface SocketOptions {
  /** Accepts any certificate. */
  readonly insecure?: boolean | undefined;
}

/** The event that says the socket is ready for HTTP. */
export function readyEvent({ protocol }: ResolvedTarget): 'connect' | 'secureConnect' {
  return protocol === 'https:' ? 'secureConnect' : 'connect';
}

/** Starts connecting to the target's own addresses and to no other, one after the other if need be. */
export function openSocket(target: ResolvedTarget, { insecure }: SocketOptions): Socket {
  const where = {
    host: target.hostname,
    port: target.port,
    lookup: pinnedLookup(target),
    autoSelectFamily: true,
    noDelay: true,
  } satisfies TcpNetConnectOpts;
  if (target.protocol === 'http:') return connectTcp(where);
  return connectTls({
    ...where,
    ...servername(target),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !insecure,
  });
}

function pinnedLookup({ addresses }: ResolvedTarget): LookupFunction {
  return (_hostname, _options, callback) => callback(null, [...addresses]);
}

/** TLS names the host it wants, unless that is an address (RFC 6066, section 3). */
function servername({ hostname }: ResolvedTarget): Pick<ConnectionOptions, 'servername'> {
  return isIP(hostname) === 0 ? { servername: hostname } : {};
}
