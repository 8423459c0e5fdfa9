import { isIP } from 'node:net';
import { HookError } from '../errors.js';

/** Where requests go, as the user wrote it: nothing has been looked up. */
export interface Target {
  readonly protocol: 'http:' | 'https:';
  /** Without brackets around an IPv6 address. */
  readonly hostname: string;
  readonly port: number;
  /** Path and query, exactly as given; it starts with `/`. */
  readonly path: string;
  /** Scheme, host and port, e.g. `http://localhost:3000`. */
  readonly origin: string;
}

type Protocol = Target['protocol'];
type HostAndPort = readonly [host: string, port: string | undefined];

const SHAPE = /^(?:([a-z][a-z\d+.-]*):\/\/)?([^/?#]*)([^#]*)(#.*)?$/is;
const AUTHORITY = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s;
const DEFAULT_HINT = 'Type a URL such as http://localhost:3000/webhooks, or just a port: 3000.';
const HIGHEST_PORT = 65_535;
const LISTEN_ONLY = ['0.0.0.0', '::'];

/**
 * Reads a target: an http or https URL, or its short forms `3000`, `:3000/path`, `host`, `host:port`
 * and `host:port/path`, which mean http and, without a host, localhost.
 * @throws HookError `bad-url`, also for what a request cannot carry: credentials and a fragment.
 */
export function parseTarget(text: string): Target {
  const [, scheme, authority = '', rest = '', fragment] = SHAPE.exec(text) ?? [];
  const protocol = protocolOf(scheme);
  if (fragment !== undefined)
    throw badUrl('The URL has a fragment, which is never sent.', 'Drop the # and what follows it.');
  if (authority.includes('@'))
    throw badUrl(
      'The URL holds credentials, which Inqud does not send.',
      'Drop the part up to the @.',
    );
  const [host, port] = scheme === undefined ? splitShort(authority) : splitAuthority(authority);
  return assemble(protocol, canonicalHost(host), portOf(port, protocol), pathOf(rest));
}

function protocolOf(scheme: string | undefined): Protocol {
  if (scheme === undefined) return 'http:';
  const protocol = `${scheme.toLowerCase()}:`;
  if (protocol === 'http:' || protocol === 'https:') return protocol;
  throw badUrl(`The URL starts with ${scheme}://, and web hooks travel over http or https.`);
}

/** Without a scheme a port alone means localhost: `3000`, `:3000`. */
function splitShort(authority: string): HostAndPort {
  if (/^\d+$/.test(authority)) return ['localhost', authority];
  if (/^:./.test(authority)) return ['localhost', authority.slice(1)];
  return splitAuthority(authority);
}

function splitAuthority(authority: string): HostAndPort {
  const [, host = '', port] = AUTHORITY.exec(authority) ?? [];
  if (host === '') throw badUrl('The URL names no host.');
  return [host, port];
}

function canonicalHost(host: string): string {
  const hostname = hostnameOf(host);
  if (hostname === undefined) throw badUrl(`${JSON.stringify(host)} is no host name.`);
  if (!LISTEN_ONLY.includes(hostname)) return hostname;
  throw badUrl(
    `${hostname} is an address to listen on, not one to send to.`,
    'Type localhost instead.',
  );
}

/** The URL parser would take digits for an IPv4 address, a backslash for a slash, and decode `%`. */
function hostnameOf(host: string): string | undefined {
  if (/^\d+$|[\s\\%]/.test(host)) return undefined;
  try {
    return new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, '');
  } catch {
    return undefined;
  }
}

function portOf(text: string | undefined, protocol: Protocol): number {
  if (text === undefined) return protocol === 'https:' ? 443 : 80;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= HIGHEST_PORT) return port;
  throw badUrl(`${JSON.stringify(text)} is no port: ports are 1 to 65535.`);
}

function pathOf(rest: string): string {
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  if (/^[\x21-\x7e]*$/.test(path)) return path;
  throw badUrl(
    'The path holds a space or another character that a URL cannot hold.',
    `Percent-encode it: ${encodeURI(path)}`,
  );
}

function assemble(protocol: Protocol, hostname: string, port: number, path: string): Target {
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  const { origin } = new URL(`${protocol}//${host}:${port}`);
  return { protocol, hostname, port, path, origin };
}

function badUrl(message: string, hint = DEFAULT_HINT): HookError {
  return new HookError('bad-url', message, hint);
}
