import type { Samples } from '../../delivery/composer.js';
import type { Plan } from '../../delivery/plan.js';
import { HookError } from '../../errors.js';
import type { ApiServer, ApiServerOptions } from '../../mock-api/api-server.js';
import { type Credentials, createAuthenticator } from '../../mock-api/authentication.js';
import { createMockApi } from '../../mock-api/mock-api.js';
import { createTruth } from '../../mock-api/truth.js';
import { apiFindingText } from '../../report/mock-api/words.js';
import { Secret } from '../../webhook/secret.js';
import type { World } from '../world.js';

const ID_VARIABLE = 'INQUD_API_TOKEN_ID';
const SECRET_VARIABLE = 'INQUD_API_TOKEN_SECRET';

export const LOOPBACK = '127.0.0.1';

export interface MockApiRequest
  extends Pick<ApiServerOptions, 'host' | 'port' | 'latencyMs' | 'onAnswer'> {
  readonly plan: Plan;
  readonly samples: Samples;
  /** Plan time, in milliseconds. */
  readonly planNow: () => number;
  readonly errorRate: number;
  readonly seed: string;
}

/** Starts the mock of Inqud's API for the resources of a plan. @throws HookError `cannot-listen` */
export async function openMockApi(request: MockApiRequest, world: World): Promise<ApiServer> {
  const { plan, samples, planNow, errorRate, seed, ...server } = request;
  const answer = createMockApi({
    truth: createTruth(plan, { samples, planNow }),
    authenticate: createAuthenticator(credentialsFrom(world)),
    errorRate,
    seed,
    wording: apiFindingText,
  });
  return world.startMockApi({ ...server, answer });
}

/** Undefined when any token passes. @throws HookError `missing-secret` when only half of one is set */
export function credentialsFrom({ env }: Pick<World, 'env'>): Credentials | undefined {
  const tokenId = env[ID_VARIABLE];
  const secret = env[SECRET_VARIABLE];
  if (tokenId === undefined && secret === undefined) return undefined;
  if (tokenId === undefined || tokenId === '') throw halfSet(ID_VARIABLE, SECRET_VARIABLE);
  if (secret === undefined || secret === '') throw halfSet(SECRET_VARIABLE, ID_VARIABLE);
  return { tokenId, secret: Secret.fromText(secret) };
}

function halfSet(missing: string, set: string): HookError {
  return new HookError(
    'missing-secret',
    `$${missing} is not set or empty, and $${set} is.`,
    `export ${missing}=…, or unset both to let any token pass.`,
  );
}
