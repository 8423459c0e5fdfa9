import { HookError } from '../../errors.js';
import { openLoop } from '../../load/open-loop.js';
import type { LoadSummary } from '../../load/records.js';
import { burstReport } from '../../report/burst/report.js';
import type { AskedRate, BurstNote, BurstStory } from '../../report/burst/story.js';
import { exitCodeOfBurst } from '../../report/exit-code.js';
import { reachOf } from '../../settings/reach.js';
import { createSigner } from '../../webhook/digest.js';
import { refuseConflicts, refuseIdle, typedFlags } from '../conflicts.js';
import { type CommandContext, VERSION } from '../context.js';
import { refuseSecondDigest, requestHeaders } from '../headers.js';
import { reportWithPages, tryPages } from '../page-reports.js';
import { rendererFor } from '../renderer.js';
import { reproduceCommand } from '../reproduce.js';
import { oneSecret } from '../secrets.js';
import { waitForTarget } from '../wait-for.js';
import { withWhatListens } from '../what-listens.js';
import type { LoadedTarget } from '../world.js';
import { highestPerSecond } from './asked-rate.js';
import { BurstWatch } from './burst-watch.js';
import { exportLoad, NOT_WITH_EXPORT } from './export.js';
import { BURST_FLAGS, type BurstFlags } from './flags.js';
import { NOT_WITH_LIMIT, reportLimit } from './limit.js';
import { type Load, loadFrom } from './load-from.js';
import {
  refuseIdleStates,
  type StatesAfter,
  type StatesMeans,
  statesAfter,
} from './states-after.js';
import { warmUp } from './warm-up.js';

/** More a second is not sent to other machines. */
const MOST_REMOTE_PER_SECOND = 50;

/** Sends web hooks at a rate, and reports. Returns the exit code. */
export async function burst(
  url: string,
  flags: BurstFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  refuseIdleStates(flags);
  refuseIdle(typedFlags(BURST_FLAGS, flags), [
    ['--p99', '--find-limit'],
    ['--out', '--export <engine>'],
  ]);
  const secret = flags.unsigned === true ? undefined : await oneSecret(flags, world);
  const headers = requestHeaders(flags, VERSION);
  if (secret !== undefined) refuseSecondDigest(headers);
  const signer = secret && createSigner(secret);
  const findsLimit = flags.findLimit === true;
  if (findsLimit) refuseConflicts(typedFlags(BURST_FLAGS, flags), limitConflicts());
  if (flags.export !== undefined) {
    refuseConflicts(typedFlags(BURST_FLAGS, flags), exportConflicts());
  }
  const load = await loadFrom(flags, { headers, signer }, world);
  await tryPages(flags.report, world);
  const timeoutMs = flags.timeout ?? BURST_FLAGS['What is wanted:'].timeout.absent;
  if (flags.export !== undefined) {
    return exportLoad(flags.export, { url, load, headers, timeoutMs }, flags, world);
  }
  await waitForTarget(url, flags, world);
  const target = await world.openLoad(url, { ...reachOf(flags), timeoutMs });
  try {
    if (findsLimit) {
      const { seed, endless: composer } = load;
      const means = { target, composer, seed, isSigned: secret !== undefined, timeoutMs };
      return await reportLimit(means, flags, context);
    }
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
        ...scheduleNotes(load.asked),
        ...(secret !== undefined || flags.unsigned === true ? [] : [{ code: 'unsigned' } as const]),
      ],
      reproduce: reproduceCommand(context, load.seed),
    };
    const means = { url, load, secret, headers, timeoutMs };
    const delivered = deliverLoad({ target, load, story, means }, flags, context);
    return await withWhatListens(delivered, url, flags, world);
  } finally {
    await target.transport.close();
  }
}

function exportConflicts() {
  return NOT_WITH_EXPORT.map((flag) => ['--export', flag] as const);
}

function limitConflicts() {
  return NOT_WITH_LIMIT.map((flag) => ['--find-limit', flag] as const);
}

interface Prepared {
  readonly target: LoadedTarget;
  readonly load: Load;
  readonly story: BurstStory;
  readonly means: StatesMeans;
}

async function deliverLoad(
  { target, load, story, means }: Prepared,
  flags: BurstFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const { clock, signal } = world;
  const watch = new BurstWatch(load.asked.forMs, world);
  const report = await reportWithPages(
    await rendererFor(burstReport(story), flags, context),
    flags.report,
    async (page) => {
      const { burstPage } = await import('../../report/html/burst.js');
      return burstPage(story, page);
    },
    world,
  );
  await report.begin();
  const connections = flags.connections ?? BURST_FLAGS['How fast:'].connections.absent;
  let states: StatesAfter | undefined;
  try {
    await watch.start();
    states = await statesAfter(means, flags, world);
    await warmUp({ target, load, connections }, world);
    const run = openLoop(
      load.arrivals,
      { ...target, clock, composer: load.composer },
      {
        connections,
        timeoutMs: means.timeoutMs,
        allowedShare: flags.allow ?? BURST_FLAGS['What is wanted:'].allow.absent,
        signal,
        onStart: watch.onStart,
        onLanded: states?.onLanded,
      },
    );
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done === true) {
        watch.readsStates();
        const summary = await withStates(step.value, states);
        watch.stop();
        await report.end(summary);
        return exitCodeOfBurst(summary);
      }
      await report.record(step.value);
    }
  } finally {
    watch.stop();
    await states?.close();
  }
}

/** What is known of states when the run is interrupted is nothing. */
async function withStates(
  summary: LoadSummary,
  states: StatesAfter | undefined,
): Promise<LoadSummary> {
  if (states === undefined || summary.interrupted) return summary;
  return { ...summary, states: await states.judge() };
}

/** Inqud publishes no numbers today, so no schedule is more than an assumption. */
function scheduleNotes({ recovery }: AskedRate): readonly BurstNote[] {
  if (recovery === undefined || recovery.schedule === 'list') return [];
  return [{ code: recovery.schedule === 'published' ? 'published-waits' : 'assumed-waits' }];
}

/** This tool is no traffic cannon. @throws HookError `bad-flag` */
function refuseCannon({ isLoopback, url }: LoadedTarget, { asked }: Load): void {
  if (isLoopback || highestPerSecond(asked) <= MOST_REMOTE_PER_SECOND) return;
  throw new HookError(
    'bad-flag',
    `${new URL(url).host} is not on this machine, and other machines are sent ${MOST_REMOTE_PER_SECOND} web hooks a second at most.`,
    'Lower the rate. For more, --export artillery or --export k6 writes a test for an engine of yours.',
  );
}
