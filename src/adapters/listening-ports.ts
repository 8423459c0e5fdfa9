import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { ListeningPort } from '../ports.js';

type Loopback = ListeningPort['on'][number];

/** As Linux writes them: 32-bit words, each with its lowest byte first on what runs Node. */
const ADDRESSES: Readonly<Record<string, readonly Loopback[]>> = {
  '0100007F': ['127.0.0.1'],
  '00000000': ['127.0.0.1'],
  '00000000000000000000000001000000': ['::1'],
  // Node, Go and Java take IPv4 there as well, unless they are told not to.
  '00000000000000000000000000000000': ['127.0.0.1', '::1'],
  '0000000000000000FFFF00000100007F': ['127.0.0.1'],
};
const LISTEN = '0A';
const LINE = /^\s*\d+: ([\dA-F]+):([\dA-F]{4}) [\dA-F]+:[\dA-F]{4} ([\dA-F]{2}) /gm;
/** Loopback refuses at once: what takes longer is no receiver that is ready. */
const PATIENCE_MS = 300;

/**
 * The ports that take connections over loopback, in rising order. Linux tells all of them; elsewhere the
 * likely ones are tried. Nothing but a connection is ever asked for.
 */
export async function listeningPorts(likely: readonly number[]): Promise<readonly ListeningPort[]> {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map(textOf);
  if (tables[0] !== undefined) return portsIn(tables.join('\n'));
  const tried = await Promise.all(likely.map(tryPort));
  return tried.filter(({ on }) => on.length > 0).sort((a, b) => a.port - b.port);
}

/** What the kernel's own tables of TCP tell (Linux, `Documentation/networking/proc_net_tcp.rst`). */
export function portsIn(tables: string): readonly ListeningPort[] {
  const found = new Map<number, Set<Loopback>>();
  for (const [, address = '', port = '', state] of tables.matchAll(LINE)) {
    const addresses = ADDRESSES[address];
    if (state !== LISTEN || addresses === undefined) continue;
    const number = Number.parseInt(port, 16);
    found.set(number, new Set([...(found.get(number) ?? []), ...addresses]));
  }
  return [...found]
    .map(([port, on]) => ({ port, on: [...on].sort() }))
    .sort((a, b) => a.port - b.port);
}

async function tryPort(port: number): Promise<ListeningPort> {
  const loopbacks = ['127.0.0.1', '::1'] as const;
  const takes = await Promise.all(loopbacks.map((host) => takesConnection(host, port)));
  return { port, on: loopbacks.filter((_, at) => takes[at]) };
}

function takesConnection(host: string, port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host, port });
    const end = (takes: boolean) => {
      socket.destroy();
      settle(takes);
    };
    socket.setTimeout(PATIENCE_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
