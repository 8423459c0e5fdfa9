import type { Hooks } from '../../src/conformance/laboratory.js';
import { createPublishedTruth } from '../../src/mock-api/published-truth.js';
import { ROUTES } from '../../src/mock-api/routes.js';
import type { Clock } from '../../src/ports.js';

/** A help beyond the state: orders that are prepared, work that fails on command, Inqud's API. */
export type Aid = 'prepare' | 'fault' | 'api';

export const NO_AIDS: ReadonlySet<Aid> = new Set();

/** Inqud's API in simulated time: what `--mock-api` is, without a socket. */
export interface SimulatedApi {
  /** What a check tells the API, and asks it. */
  readonly truth: NonNullable<Hooks['truth']>;
  /** The body of a resource; undefined where it is not known, or its kind has no path. */
  ask(kind: string, id: string): Promise<Uint8Array | undefined>;
}

/** There and back, in milliseconds. */
const ANSWER_MS = 2;

export function simulatedApi(clock: Clock): SimulatedApi {
  const truth = createPublishedTruth();
  const kinds = [...new Set(ROUTES.flatMap((route) => route.kinds))];
  const asked = new Set<string>();
  return {
    truth: { publish: truth.publish, kinds, wasAskedFor: (id) => asked.has(id) },
    ask: async (kind, id) => {
      asked.add(id);
      await clock.sleep(ANSWER_MS);
      return kinds.includes(kind) ? truth.find([kind], 'id', id) : undefined;
    },
  };
}
