import type { Samples } from '../../delivery/composer.js';
import type { Plan } from '../../delivery/plan.js';
import { LOOPBACK, openMockApi } from '../mock-api/open-mock-api.js';
import type { World } from '../world.js';
import type { SimulateFlags } from './flags.js';

/** The mock of Inqud's API beside a run: it knows what has happened by the run's plan time. */
export interface TruthBeside {
  readonly url: string;
  moveTo(planMs: number): void;
  close(): Promise<void>;
}

/** Before the first step nothing has happened. */
const BEFORE_ALL = -1;

/** Starts the mock if it is asked for. In real time its clock is the run's, otherwise it is told. */
export async function truthBeside(
  { mockApi, realTime }: SimulateFlags,
  plan: Plan,
  samples: Samples,
  world: World,
): Promise<TruthBeside | undefined> {
  if (mockApi === undefined) return undefined;
  const { clock } = world;
  let steppedMs = BEFORE_ALL;
  const startMs = clock.monotonic();
  const server = await openMockApi(
    {
      plan,
      samples,
      planNow: realTime === true ? () => clock.monotonic() - startMs : () => steppedMs,
      host: LOOPBACK,
      port: mockApi,
      latencyMs: 0,
      errorRate: 0,
      seed: plan.seed,
      onAnswer: () => undefined,
    },
    world,
  );
  return {
    url: server.url,
    moveTo: (planMs) => {
      steppedMs = planMs;
    },
    close: () => server.close(),
  };
}
