import {
  connect as connectTcp,
  isIP,
  type LookupFunction,
  type Socket,
  type TcpNetConnectOpts,
} from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { isLoopback, type ResolvedTarget } from '../resolve-target.js';

export interface SocketOptions {
  /** Accepts any certificate. */
  readonly insecure?: boolean | undefined;
}

/**
 * One address is given up for the next after so long. What loops back refuses at once when nothing
 * listens: where it is slow, this process or the receiver is busy, and no other address is better.
 */
const PATIENCE_MS = 2_000;
const LOCAL_PATIENCE_MS = 2 ** 31 - 1;
/** Where all plain sockets read, one after the other. */
const READING_PLACE = new Uint8Array(64 * 1024);

/** The event that says the socket is ready for HTTP. */
export function readyEvent({ protocol }: ResolvedTarget): 'connect' | 'secureConnect' {
  return protocol === 'https:' ? 'secureConnect' : 'connect';
}

/** Starts connecting to the target's own addresses and to no other, one after the other if need be. */
export function openSocket(target: ResolvedTarget, { insecure }: SocketOptions): Socket {
  const where = {
    host: target.hostname,
    port: target.port,
    ...pinnedTo(target),
    noDelay: true,
  } satisfies TcpNetConnectOpts;
  if (target.protocol === 'http:') return connectThrifty(where);
  return connectTls({
    ...where,
    ...servername(target),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !insecure,
  });
}

/**
 * Node gives each read 64 KiB of its own, most of which an answer leaves unused: at thousands of answers
 * a second the garbage collector stops everything ten times a second. So all read into one place, and
 * what came is copied out of it.
 */
function connectThrifty(where: TcpNetConnectOpts): Socket {
  const socket: Socket = connectTcp({
    ...where,
    onread: {
      buffer: READING_PLACE,
      callback: (length, bytes) => socket.push(Buffer.from(bytes.subarray(0, length))),
    },
  });
  return socket;
}

/** Connects to the target's own addresses and to no other. */
export function pinnedTo({ addresses }: ResolvedTarget) {
  const lookup: LookupFunction = (_hostname, _options, callback) => callback(null, [...addresses]);
  const patienceMs = addresses.every(isLoopback) ? LOCAL_PATIENCE_MS : PATIENCE_MS;
  return { lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: patienceMs };
}

/** TLS names the host it wants, unless that is an address (RFC 6066, section 3). */
function servername({ hostname }: ResolvedTarget): Pick<ConnectionOptions, 'servername'> {
  return isIP(hostname) === 0 ? { servername: hostname } : {};
}
