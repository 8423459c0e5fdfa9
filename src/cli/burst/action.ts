import { HookError } from '../../errors.js';
import { openLoop } from '../../load/open-loop.js';
import { burstReport } from '../../report/burst/report.js';
import type { BurstStory } from '../../report/burst/story.js';
import { exitCodeOfBurst } from '../../report/exit-code.js';
import { reachOf } from '../../settings/reach.js';
import { createSigner } from '../../webhook/digest.js';
import { refuseConflicts, typedFlags } from '../conflicts.js';
import { type CommandContext, VERSION } from '../context.js';
import { refuseSecondDigest, requestHeaders } from '../headers.js';
import { pageReports, tryPages } from '../page-reports.js';
import { rendererFor } from '../renderer.js';
import { reproduceCommand } from '../reproduce.js';
import { oneSecret } from '../secrets.js';
import { waitForTarget } from '../wait-for.js';
import type { LoadedTarget } from '../world.js';
import { BurstWatch } from './burst-watch.js';
import { BURST_FLAGS, type BurstFlags } from './flags.js';
import { type Load, loadFrom } from './load-from.js';

/** More a second is not sent to other machines. */
const MOST_REMOTE_PER_SECOND = 50;

/** Sends web hooks at a rate, and reports. Returns the exit code. */
export async function burst(
  url: string,
  flags: BurstFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  refuseConflicts(typedFlags(BURST_FLAGS, flags), [['--rate', '--ramp']]);
  const secret = flags.unsigned === true ? undefined : await oneSecret(flags, world);
  const headers = requestHeaders(flags, VERSION);
  if (secret !== undefined) refuseSecondDigest(headers);
  const signer = secret && createSigner(secret);
  const load = await loadFrom(flags, { headers, signer }, world);
  await tryPages(flags.report, world);
  await waitForTarget(url, flags, world);
  const timeoutMs = flags.timeout ?? BURST_FLAGS['What is wanted:'].timeout.absent;
  const target = await world.openLoad(url, { ...reachOf(flags), timeoutMs });
  try {
    refuseCannon(target, load);
    const story: BurstStory = {
      url: target.url,
      isSigned: secret !== undefined,
      seed: load.seed,
      asked: load.asked,
      planned: load.arrivals.timesMs.length,
      resources: load.resources,
      notes: [
        ...load.newFields,
        ...(secret !== undefined || flags.unsigned === true ? [] : [{ code: 'unsigned' } as const]),
      ],
      reproduce: reproduceCommand(context.argv, load.seed),
    };
    return await deliverLoad({ target, load, story, timeoutMs }, flags, context);
  } finally {
    await target.transport.close();
  }
}

interface Prepared {
  readonly target: LoadedTarget;
  readonly load: Load;
  readonly story: BurstStory;
  readonly timeoutMs: number;
}

async function deliverLoad(
  { target, load, story, timeoutMs }: Prepared,
  flags: BurstFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const { stdout, clock, signal } = world;
  const watch = new BurstWatch(load.asked.forMs, world);
  const renderer = await rendererFor(burstReport(story), flags, context);
  const run = openLoop(
    load.arrivals,
    { ...target, clock, composer: load.composer },
    {
      connections: flags.connections ?? BURST_FLAGS['How fast:'].connections.absent,
      timeoutMs,
      allowedShare: flags.allow ?? BURST_FLAGS['What is wanted:'].allow.absent,
      signal,
      onStart: watch.onStart,
    },
  );
  const pages = await pageReports(
    flags.report,
    async (page) => {
      const { burstPage } = await import('../../report/html/burst.js');
      return burstPage(story, page);
    },
    world,
  );
  await stdout.write(renderer.begin());
  try {
    await watch.start();
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done === true) {
        watch.stop();
        await stdout.write(renderer.end(step.value));
        for (const page of pages) await page.end(step.value);
        return exitCodeOfBurst(step.value);
      }
      await stdout.write(renderer.record(step.value));
      for (const page of pages) page.record(step.value);
    }
  } finally {
    watch.stop();
  }
}

/** This tool is no traffic cannon. @throws HookError `bad-flag` */
function refuseCannon({ isLoopback, url }: LoadedTarget, { asked }: Load): void {
  const highest = Math.max(asked.from.perSecond, asked.to.perSecond);
  if (isLoopback || highest <= MOST_REMOTE_PER_SECOND) return;
  throw new HookError(
    'bad-flag',
    `${new URL(url).host} is not on this machine, and other machines are sent ${MOST_REMOTE_PER_SECOND} web hooks a second at most.`,
    'Lower the rate. For more, --export artillery or --export k6 writes a test for an engine of yours.',
  );
}
