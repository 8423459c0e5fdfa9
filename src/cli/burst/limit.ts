import { HookError } from '../../errors.js';
import { findLimit } from '../../load/find-limit.js';
import type { LoadComposer } from '../../load/open-loop.js';
import { limitReport } from '../../report/burst/limit/report.js';
import { limitProgressText } from '../../report/burst/limit/words.js';
import { exitCodeOfLimit, KEPT_SHARE } from '../../report/exit-code.js';
import type { CommandContext } from '../context.js';
import { reportWithPages } from '../page-reports.js';
import { rendererFor } from '../renderer.js';
import { reproduceCommand } from '../reproduce.js';
import type { LoadedTarget } from '../world.js';
import { BURST_DEFAULTS, BURST_FLAGS, type BurstFlags } from './flags.js';

export interface LimitMeans {
  readonly target: LoadedTarget;
  readonly composer: LoadComposer;
  readonly seed: string;
  readonly isSigned: boolean;
  readonly timeoutMs: number;
}

/** What else says how fast web hooks come, or wants to know more of them. */
export const NOT_WITH_LIMIT = [
  '--rate',
  '--ramp',
  '--arrivals',
  '--state-url',
  '--state-command',
] as const;

/** Finds the highest rate that holds, and reports. Returns the exit code. */
export async function reportLimit(
  { target, composer, seed, isSigned, timeoutMs }: LimitMeans,
  flags: BurstFlags,
  context: CommandContext,
): Promise<number> {
  refuseRemote(target);
  const { clock, signal, stderr, startProgress } = context.world;
  const { connections } = BURST_FLAGS['How fast:'];
  const { p99 } = BURST_FLAGS['The highest rate instead:'];
  const options = {
    connections: flags.connections ?? connections.absent,
    forMs: flags.for ?? BURST_DEFAULTS.forMs,
    p99LimitMs: flags.p99 ?? p99.absent,
    timeoutMs,
    allowedShare: flags.allow ?? BURST_FLAGS['What is wanted:'].allow.absent,
    keptShare: KEPT_SHARE,
    signal,
  };
  const reproduce = reproduceCommand(context, seed);
  const story = { url: target.url, isSigned, seed, reproduce };
  const report = await reportWithPages(
    await rendererFor(limitReport(story), flags, context),
    flags.report,
    async (page) => {
      const { limitPage } = await import('../../report/html/burst-limit.js');
      return limitPage(story, page);
    },
    context.world,
  );
  await report.begin();
  const progress = stderr.isTerminal ? await startProgress() : undefined;
  try {
    const run = findLimit({ ...target, clock, composer }, options);
    progress?.update(limitProgressText());
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done === true) {
        progress?.stop();
        await report.end(step.value);
        return exitCodeOfLimit(step.value);
      }
      await report.record(step.value);
    }
  } finally {
    progress?.stop();
  }
}

/** A closed loop is as fast as the receiver, which is no rate for a machine of others. */
function refuseRemote({ isLoopback, url }: LoadedTarget): void {
  if (isLoopback) return;
  throw new HookError(
    'bad-flag',
    `--find-limit sends as fast as it can, and ${new URL(url).host} is not on this machine.`,
    'Run it beside the receiver, or write a test for an engine of yours with --export artillery or --export k6.',
  );
}
