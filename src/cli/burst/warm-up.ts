import type { LoadComposer } from '../../load/open-loop.js';
import { rehearse, WORTH_REHEARSING_PER_SECOND } from '../../load/rehearse.js';
import type { LoadedTarget, World } from '../world.js';
import { highestPerSecond } from './asked-rate.js';
import type { Load } from './load-from.js';

const FIRST_MS = 10;
const TIMEOUT_MS = 1_000;

interface ColdBurst {
  readonly target: LoadedTarget;
  readonly load: Load;
  /** That may be open at the same time. */
  readonly connections: number;
}

/** Makes ready what a fast burst needs from its first web hook on. */
export async function warmUp(
  { target, load, connections }: ColdBurst,
  world: World,
): Promise<void> {
  if (highestPerSecond(load.asked) < WORTH_REHEARSING_PER_SECOND) return;
  await rehearseOnOurs(load.endless, world);
  await openAhead(target, load, connections);
}

/** Rehearses on a receiver of our own. */
async function rehearseOnOurs(
  composer: LoadComposer,
  { startReceiver, openLoad, clock, signal }: World,
): Promise<void> {
  const receiver = await startReceiver({
    behaviour: 'healthy',
    secret: undefined,
    planNow: () => 0,
    timeoutMs: TIMEOUT_MS,
  });
  try {
    const reach = { allowRemote: false, insecure: false, timeoutMs: TIMEOUT_MS };
    const target = await openLoad(receiver.url, reach);
    try {
      await rehearse({ ...target, clock, composer }, signal);
    } finally {
      await target.transport.close();
    }
  } finally {
    await receiver.close();
  }
}

/**
 * Opens the connections that the first web hooks need. A connection takes longer to open than to use, so
 * that without them the first of a fast burst are late, and hundreds are opened for them.
 */
async function openAhead(
  { transport }: LoadedTarget,
  { arrivals }: Load,
  most: number,
): Promise<void> {
  const first = arrivals.timesMs.findIndex((timeMs) => timeMs > FIRST_MS);
  await transport.open(Math.min(first === -1 ? arrivals.timesMs.length : first, most));
}
