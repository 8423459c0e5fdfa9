import type { ListeningPort } from '../ports.js';
import { canBeMeant } from '../project/choose-port.js';
import { USUAL_WIDTH, type Width, wrapped } from './wrap.js';

/** Where nothing listens. */
export interface SilentPlace {
  /** `localhost`, `127.0.0.1`, or `[::1]`. */
  readonly host: string;
  readonly port: number;
}

/** So many ports are named at most, the nearest first. */
const MOST_PORTS = 4;

/** What listens instead; empty where nothing does that could be meant. */
export function whatListensText(
  { host, port }: SilentPlace,
  listening: readonly ListeningPort[],
  width: Width = USUAL_WIDTH,
): string {
  if (listening.some((one) => one.port === port)) return otherLoopbackText(host, port, width);
  const near = listening
    .map((one) => one.port)
    .filter(canBeMeant)
    .sort((one, other) => Math.abs(one - port) - Math.abs(other - port))
    .slice(0, MOST_PORTS);
  const [first] = near;
  if (first === undefined) return '';
  const text =
    near.length === 1
      ? `Port ${first} of this machine takes connections. Is it yours?`
      : `Ports ${near.join(', ')} of this machine take connections. Is one yours?`;
  return `! ${wrapped(text, width, '  ')}\n`;
}

/** A name is tried on both, so only an address can miss. */
function otherLoopbackText(host: string, port: number, width: Width): string {
  if (host !== '127.0.0.1' && host !== '[::1]') return '';
  const [other, family] = host === '[::1]' ? ['127.0.0.1', 'IPv4'] : ['[::1]', 'IPv6'];
  const text =
    `${other}:${port} takes connections: what listens there speaks ${family} alone. ` +
    `Type localhost:${port}, which tries both.`;
  return `! ${wrapped(text, width, '  ')}\n`;
}
