import type { Hooks } from '../../src/conformance/laboratory.js';
import { Asked } from '../../src/mock-api/asked.js';
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
  /** The body of a resource; undefined where it is not known, its kind has no path, or the token is absent. */
  ask(kind: string, id: string, hasToken: boolean): Promise<Uint8Array | undefined>;
}

/** There and back, in milliseconds. */
const ANSWER_MS = 2;

export function simulatedApi(clock: Clock): SimulatedApi {
  const truth = createPublishedTruth();
  const kinds = [...new Set(ROUTES.flatMap((route) => route.kinds))];
  const asked = new Asked();
  return {
    truth: { publish: truth.publish, kinds, asked },
    ask: async (kind, id, hasToken) => {
      await clock.sleep(ANSWER_MS);
      const found = kinds.includes(kind) ? truth.find([kind], 'id', id) : undefined;
      const status = hasToken ? (found === undefined ? 404 : 200) : 401;
      const body = Buffer.from(JSON.stringify({ message: `answered ${status}` }));
      asked.hear(`/${kind}/${id}`, { status, body });
      return hasToken ? found : undefined;
    },
  };
}
