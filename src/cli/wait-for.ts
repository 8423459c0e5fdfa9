import { HookError } from '../errors.js';
import type { Progress } from '../ports.js';
import { awaitedText } from '../report/awaited-text.js';
import { duration } from '../report/time.js';
import { reachOf } from '../settings/reach.js';
import type { TargetFlags } from './options.js';
import { whatListensAt } from './what-listens.js';
import type { World } from './world.js';

const LOOK_EVERY_MS = 250;

type WaitingWorld = Pick<
  World,
  | 'clock'
  | 'signal'
  | 'stderr'
  | 'startProgress'
  | 'parseTarget'
  | 'takesConnections'
  | 'listeningPorts'
>;

/**
 * Waits as long as `--wait-for` says until the receiver takes connections; an interruption ends it too.
 * @throws HookError `unreachable-target` when the time is over, `bad-url`, `remote-target`
 */
export async function waitForTarget(
  url: string | undefined,
  flags: Pick<TargetFlags, 'waitFor' | 'allowRemote' | 'insecure'>,
  world: WaitingWorld,
): Promise<void> {
  const { waitFor: mostMs } = flags;
  if (mostMs === undefined) return;
  if (url === undefined) throw nothingToWaitFor();
  const { clock, signal } = world;
  const { authority } = await world.parseTarget(url);
  const startMs = clock.monotonic();
  const passedMs = () => clock.monotonic() - startMs;
  let progress: Progress | undefined;
  try {
    while (!signal.aborted && !(await world.takesConnections(url, reachOf(flags)))) {
      const leftMs = mostMs - passedMs();
      if (leftMs <= 0) {
        await world.stderr.write(await whatListensAt(url, flags, world));
        throw unreachable(authority, mostMs);
      }
      if (progress === undefined && world.stderr.isTerminal) {
        progress = await world.startProgress();
        progress.follow(() => awaitedText(authority, passedMs(), mostMs));
      }
      await clock.sleep(Math.min(LOOK_EVERY_MS, leftMs), signal);
    }
  } finally {
    progress?.stop();
  }
}

function unreachable(authority: string, waitedMs: number): HookError {
  return new HookError(
    'unreachable-target',
    `Nothing took connections on ${authority} within ${duration(waitedMs)}.`,
    'Start the receiver, check host and port, or raise --wait-for.',
  );
}

function nothingToWaitFor(): HookError {
  return new HookError(
    'bad-flag',
    '--wait-for does nothing without a URL.',
    'The built-in receiver is there at once: add the URL of yours, or leave --wait-for away.',
  );
}
