import type { ListeningPort } from '../ports.js';

/** Where the receiver is thought to listen. */
export interface ChosenPort {
  readonly port: number;
  /** Something listens there; else it is the usual port of the stack. */
  readonly listens: boolean;
  /** Others that could be meant, in rising order. */
  readonly others: readonly number[];
}

/** Where servers of web applications listen most often, the most usual first. */
export const LIKELY_PORTS: readonly number[] = [
  3000, 8000, 8080, 5000, 4000, 3001, 8081, 5001, 4567, 9292, 1337, 8888,
];

/** What is known to listen there is no receiver of web hooks: databases, queues, mail, debuggers. */
const OF_OTHERS = new Set([
  1025, 1433, 1521, 2181, 2375, 3306, 3389, 5037, 5353, 5432, 5433, 5672, 5900, 6379, 8025, 9003,
  9042, 9092, 9200, 9229, 9300, 11_211, 15_672, 27_017,
]);
const FIRST_OF_USERS = 1_024;
/** From here on the system gives out ports by itself (Linux, `ip_local_port_range`). */
const FIRST_EPHEMERAL = 32_768;

/** What is known beforehand. */
export interface KnownPorts {
  /** The one that the project itself names. */
  readonly stated?: number | undefined;
  /** The one that its stack takes otherwise. */
  readonly usual?: number | undefined;
}

/** The port that is stated; else the usual one where it listens, else the likeliest that does. */
export function choosePort(
  listening: readonly ListeningPort[],
  { stated, usual = LIKELY_PORTS[0] ?? 0 }: KnownPorts,
): ChosenPort {
  const ports = [...new Set(listening.map(({ port }) => port))].sort((a, b) => a - b);
  const candidates = ports.filter((port) => port === (stated ?? usual) || canBeMeant(port));
  const likely = [usual, ...LIKELY_PORTS].find((port) => candidates.includes(port));
  const port = stated ?? likely ?? usual;
  return {
    port,
    listens: candidates.includes(port),
    others: candidates.filter((other) => other !== port),
  };
}

/** A receiver of web hooks could listen there. */
export function canBeMeant(port: number): boolean {
  return port >= FIRST_OF_USERS && port < FIRST_EPHEMERAL && !OF_OTHERS.has(port);
}
