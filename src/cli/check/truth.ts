import type { TruthServer } from '../../conformance/laboratory.js';
import { Asked } from '../../mock-api/asked.js';
import { createAuthenticator } from '../../mock-api/authentication.js';
import { createMockApi } from '../../mock-api/mock-api.js';
import { createPublishedTruth, type PublishedTruth } from '../../mock-api/published-truth.js';
import { ROUTES } from '../../mock-api/routes.js';
import { apiFindingText } from '../../report/mock-api/words.js';
import { credentialsFrom, LOOPBACK } from '../mock-api/open-mock-api.js';
import type { World } from '../world.js';
import type { CheckFlags } from './flags.js';

/** The mock of Inqud's API beside a check: it knows what the check delivers, and what it keeps back. */
export interface TruthBesideCheck extends PublishedTruth, TruthServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the mock if it is asked for. @throws HookError `cannot-listen`, `missing-secret` */
export async function truthBesideCheck(
  { mockApi }: CheckFlags,
  seed: string,
  world: Pick<World, 'env' | 'startMockApi'>,
): Promise<TruthBesideCheck | undefined> {
  if (mockApi === undefined) return undefined;
  const truth = createPublishedTruth();
  const answer = createMockApi({
    truth,
    authenticate: createAuthenticator(credentialsFrom(world)),
    errorRate: 0,
    seed,
    wording: apiFindingText,
  });
  const asked = new Asked();
  const server = await world.startMockApi({
    host: LOOPBACK,
    port: mockApi,
    latencyMs: 0,
    answer: (request) => {
      const said = answer(request);
      asked.hear(request.target, said);
      return said;
    },
    onAnswer: () => undefined,
  });
  return {
    ...truth,
    kinds: ROUTES.flatMap(({ kinds }) => kinds),
    asked,
    url: server.url,
    close: () => server.close(),
  };
}
