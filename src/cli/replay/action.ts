import type { Composer } from '../../delivery/composer.js';
import { deliverEvents } from '../../delivery/deliver.js';
import { makeRules } from '../../delivery/delivery-rules.js';
import type { EventIndex } from '../../delivery/event-index.js';
import { chaosFaults } from '../../delivery/faults/chaos.js';
import type { Pace } from '../../delivery/pace.js';
import type { DeliveryRules } from '../../delivery/plan.js';
import type { RunSummary } from '../../delivery/records.js';
import { createCapturedComposer } from '../../delivery/replay/captured-composer.js';
import type { CapturedEvents } from '../../delivery/replay/captured-events.js';
import { indexCaptured } from '../../delivery/replay/captured-index.js';
import type { Collector } from '../../delivery/replay/collector.js';
import { byArrival, type ReplayOrder, sendingOrder } from '../../delivery/replay/replay-order.js';
import { parseSelection } from '../../delivery/replay/selection.js';
import { exitCodeOfReplay } from '../../report/exit-code.js';
import type { ReplayNote, ReplayStory } from '../../report/replay/story.js';
import { reachOf } from '../../settings/reach.js';
import { createDigestCheck } from '../../webhook/check-digest.js';
import { createSigner } from '../../webhook/digest.js';
import { createRenaming } from '../../webhook/fresh-ids.js';
import { refuseConflicts, typedFlags } from '../conflicts.js';
import type { CommandContext } from '../context.js';
import { refuseOtherDigest, userHeaders } from '../headers.js';
import { pageReports, tryPages } from '../page-reports.js';
import { rendererFor } from '../renderer.js';
import { reproduceCommand } from '../reproduce.js';
import { backoffFrom } from '../runs/backoff-flags.js';
import { faultsFrom } from '../runs/plan-flags.js';
import { reportRun } from '../runs/report-run.js';
import { openTarget } from '../runs/run-target.js';
import { RunWatch } from '../runs/run-watch.js';
import { waitForTarget } from '../wait-for.js';
import { withWhatListens } from '../what-listens.js';
import { openCapture } from './capture.js';
import { DEFAULT_RECEIVER, REPLAY_FLAGS, type ReplayFlags } from './flags.js';
import { listPlanned, replayReport } from './report.js';
import { type ReplaySecrets, replaySecrets } from './secrets.js';

/** Reads a capture, delivers what is selected of it and reports. Returns the exit code. */
export async function replay(
  path: string,
  url: string | undefined,
  flags: ReplayFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const typed = {
    ...typedFlags(REPLAY_FLAGS, flags),
    'a URL': url,
    'a capture on standard input': path === '-',
    'a secret there': readsSecretFromStdin(flags),
  };
  refuseConflicts(typed, [
    ['a URL', '--receiver'],
    ['--verbose', '--quiet'],
    ['--resign-env', '--resign-file'],
    ['--dry-run', '--report'],
    ['a capture on standard input', 'a secret there'],
  ]);
  const selection = parseSelection(flags.only ?? []);
  const secrets = await replaySecrets(flags, { verdict: selection.needsVerdict }, world);
  const check = secrets.checking.length === 0 ? undefined : createDigestCheck(secrets.checking);
  const headers = userHeaders(flags);
  refuseOtherDigest(headers);
  const seed = flags.seed ?? world.draw();
  const capture = await openCapture(path, flags, { selection, check }, world);
  try {
    const { collector } = capture;
    const composer = createCapturedComposer(collector.requests, collector.events, {
      signer: secrets.signing && createSigner(secrets.signing),
      rename: flags.freshIds === true ? createRenaming(seed) : undefined,
      headers,
    });
    const run = prepare(collector, flags, seed);
    const { leftOver } = capture;
    const planned: Planned = { ...run, path, url, collector, composer, secrets, leftOver };
    return flags.dryRun === true
      ? await listRun(planned, flags, context)
      : await withWhatListens(deliverRun(planned, flags, context), url, flags, world);
  } finally {
    capture.close();
  }
}

interface PreparedRun {
  readonly rules: DeliveryRules;
  readonly index: EventIndex;
  readonly order: ReplayOrder;
  readonly untimed: number;
}

interface Planned extends PreparedRun {
  readonly path: string;
  readonly url: string | undefined;
  readonly collector: Collector;
  readonly composer: Composer;
  readonly secrets: ReplaySecrets;
  readonly leftOver: number;
}

function prepare({ events }: Collector, flags: ReplayFlags, seed: string): PreparedRun {
  const received = byArrival(events);
  const { order } = flags;
  const index = indexCaptured(events, {
    received,
    order: sendingOrder(order, received.selected, seed),
    timing: flags.speed === undefined ? 'at-once' : 'original',
  });
  const untimed = flags.speed === undefined ? 0 : received.untimed;
  return { rules: rulesFrom(flags, index, seed), index, order, untimed };
}

function rulesFrom(flags: ReplayFlags, index: EventIndex, seed: string): DeliveryRules {
  const faults = faultsFrom(flags);
  const rules = makeRules({
    backoff: backoffFrom(flags),
    maxWaitMs: flags.maxWait,
    jitter: flags.jitter,
    timeoutMs: flags.timeout,
    faults,
    seed,
  });
  return flags.chaos === true ? { ...rules, faults: chaosFaults(rules, index, faults) } : rules;
}

async function listRun(
  planned: Planned,
  flags: ReplayFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const url = planned.url === undefined ? undefined : (await world.parseTarget(planned.url)).url;
  const story = storyOf(planned, flags, context, { url: url ?? 'nowhere', receiver: undefined });
  return listPlanned(story, planned, flags, context);
}

async function deliverRun(
  planned: Planned,
  flags: ReplayFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const { rules, index, composer, secrets } = planned;
  await tryPages(flags.report, world);
  await waitForTarget(planned.url, flags, world);
  const watch = new RunWatch(index.events, world);
  let planMs = 0;
  const target = await openTarget(
    {
      url: planned.url,
      receiver: flags.receiver ?? DEFAULT_RECEIVER,
      reach: reachOf(flags),
      secret: secrets.signing ?? secrets.checking[0],
      timeoutMs: rules.timeoutMs,
      planNow: () => planMs,
    },
    index.events,
    world,
  );
  try {
    const story = storyOf(planned, flags, context, target);
    const run = deliverEvents(
      { rules, index },
      { transport: target.transport, clock: world.clock, composer },
      {
        concurrency: flags.concurrency,
        pace: paceOf(flags),
        signal: world.signal,
        onInstant: (instantMs) => {
          planMs = instantMs;
        },
        onWait: watch.onWait,
      },
    );
    const renderer = await rendererFor(replayReport(story, flags), flags, context);
    const exitCodeOf = (summary: RunSummary) => exitCodeOfReplay(summary, story.captures);
    const waits = flags.speed !== undefined;
    const files = await pageReports(
      flags.report,
      async (page) => {
        const { replayPage } = await import('../../report/html/replay.js');
        return replayPage(story, page);
      },
      world,
    );
    return await reportRun(run, { renderer, files, watch, waits, exitCodeOf }, world);
  } finally {
    await target.close();
  }
}

function paceOf({ speed }: ReplayFlags): Pace {
  return speed === undefined ? { kind: 'stepping' } : { kind: 'real', scale: 1 / speed };
}

function storyOf(
  { path, collector, rules, index, order, untimed, secrets, leftOver }: Planned,
  flags: ReplayFlags,
  context: CommandContext,
  target: { readonly url: string; readonly receiver: string | undefined },
): ReplayStory {
  return {
    capture: path === '-' ? 'standard input' : path,
    url: target.url,
    receiver: target.receiver,
    captures: collector.counts,
    malformed: collector.malformed,
    captureNotes: collector.notes,
    notes: notesOf({ untimed, leftOver }, flags),
    order,
    speed: flags.speed,
    signing: secrets.signing === undefined ? 'as captured' : 'signed anew',
    freshIds: flags.freshIds === true,
    resources: index.resources,
    rules,
    eventWidth: longestName(collector.events),
    reproduce: reproduceCommand(context, rules.seed),
  };
}

function notesOf(
  { untimed, leftOver }: Pick<Planned, 'untimed' | 'leftOver'>,
  { speed, reorder, outage }: ReplayFlags,
): readonly ReplayNote[] {
  const isTimed = reorder !== undefined || outage !== undefined;
  return [
    ...(leftOver === 0 ? [] : [{ code: 'left-over', parts: leftOver } as const]),
    ...(untimed === 0 ? [] : [{ code: 'untimed', captures: untimed } as const]),
    ...(speed === undefined && isTimed ? [{ code: 'at-once' } as const] : []),
  ];
}

function longestName(events: CapturedEvents): number {
  return events.names.reduce((longest, name) => Math.max(longest, name.length), 0);
}

function readsSecretFromStdin({ secretFile = [], resignFile }: ReplayFlags): boolean {
  return secretFile.includes('-') || resignFile === '-';
}
