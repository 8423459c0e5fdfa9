import type { CourierOptions } from '../../conformance/lab/courier.js';
import { readAllSamples } from '../../delivery/read-samples.js';
import type { LoadOptions } from '../../load/open-loop.js';
import type { LoadStates } from '../../load/records.js';
import { AcknowledgedLives } from '../../load/states/acknowledged-lives.js';
import { liveFirst } from '../../load/states/first-lives.js';
import { judgeStates } from '../../load/states/judge-states.js';
import type { Header } from '../../ports.js';
import { reachOf } from '../../settings/reach.js';
import type { Secret } from '../../webhook/secret.js';
import { probeFrom } from '../check/ports.js';
import { refuseIdle, typedFlags } from '../conflicts.js';
import { noSecret } from '../secrets.js';
import type { World } from '../world.js';
import { BURST_FLAGS, type BurstFlags } from './flags.js';
import type { Load } from './load-from.js';

/** What states have to be, learned before a load, and what they are after it. */
export interface StatesAfter {
  readonly onLanded: NonNullable<LoadOptions['onLanded']>;
  judge(): Promise<LoadStates>;
  close(): Promise<void>;
}

export interface StatesMeans {
  readonly url: string;
  readonly load: Load;
  readonly secret: Secret | undefined;
  readonly headers: readonly Header[];
  readonly timeoutMs: number;
}

/** First lives are other resources than those of the load. */
const FIRST_LIVES = 'first lives';
/** Bodies of first lives speak of a time long ago, so that a receiver's own clock is told from them. */
const AGE_MS = 3 * 24 * 3_600_000;

/** @throws HookError `bad-flag` where a state is read in no way */
export function refuseIdleStates(flags: BurstFlags): void {
  const typed = typedFlags(BURST_FLAGS, flags);
  const way = '--state-url <template>';
  if (flags.stateCommand !== undefined) return;
  refuseIdle(typed, [
    ['--state-ignore', way],
    ['--state-only', way],
    ['--state-limit', way],
  ]);
}

/**
 * Lives first lives, where states can be read. @throws HookError `missing-secret`, `bad-url`,
 * `remote-target`
 */
export async function statesAfter(
  { url, load, secret, headers, timeoutMs }: StatesMeans,
  flags: BurstFlags,
  world: World,
): Promise<StatesAfter | undefined> {
  const probe = await probeFrom(flags, world);
  if (probe === undefined) return undefined;
  if (secret === undefined) throw noSecret();
  const { transport } = await world.connect(url, { ...reachOf(flags) });
  const close = async () => {
    await transport.close();
    await probe.close();
  };
  const { plan, line } = load;
  const epochMs = Math.floor((world.clock.now() - AGE_MS) / 1_000) * 1_000;
  const courier: CourierOptions = {
    samples: await readAllSamples(world.samples),
    secret,
    headers,
    seed: plan.seed,
    salt: plan.salt,
    epochMs,
  };
  const { clock, signal } = world;
  try {
    const first = await liveFirst(
      {
        batches: plan.batches,
        courier: { ...courier, salt: `${FIRST_LIVES} ${world.draw()} ${clock.now()}` },
        ignore: flags.stateIgnore ?? [],
        only: flags.stateOnly ?? [],
        timeoutMs,
      },
      { transport, clock, probe, signal },
    );
    const lives = new AcknowledgedLives(plan.batches, line);
    return {
      onLanded: (sequence, outcome) => lives.add(sequence, outcome),
      judge: () => judgeStates(lives, first, { batches: plan.batches, courier }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
