import { type Composer, createComposer, type Samples } from '../../delivery/composer.js';
import { deliver } from '../../delivery/deliver.js';
import { type NewField, newFields } from '../../delivery/new-fields.js';
import type { Pace } from '../../delivery/pace.js';
import { countEvents, countResources, type Plan } from '../../delivery/plan.js';
import { formatPlan, planDocument } from '../../delivery/plan-document.js';
import { readSamples } from '../../delivery/read-samples.js';
import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { EXIT } from '../../report/exit-code.js';
import type { Report } from '../../report/renderer.js';
import { planText } from '../../report/run/plan-text.js';
import { prettyRun } from '../../report/run/pretty.js';
import { runStatement } from '../../report/run/statement.js';
import type { RunStory } from '../../report/run/story.js';
import { volumeOf, withVolume } from '../../report/run/summarised.js';
import type { RunNote } from '../../report/run/words.js';
import { reachOf } from '../../settings/reach.js';
import { createSigner } from '../../webhook/digest.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import { Secret } from '../../webhook/secret.js';
import { refuseConflicts, typedFlags } from '../conflicts.js';
import { type CommandContext, VERSION } from '../context.js';
import { refuseSecondDigest, requestHeaders } from '../headers.js';
import { pageReports, tryPages } from '../page-reports.js';
import { rendererFor } from '../renderer.js';
import { reproduceCommand } from '../reproduce.js';
import { planFrom } from '../runs/plan-flags.js';
import { reportRun } from '../runs/report-run.js';
import { type OpenTarget, openTarget } from '../runs/run-target.js';
import { RunWatch } from '../runs/run-watch.js';
import { oneSecret } from '../secrets.js';
import { waitForTarget } from '../wait-for.js';
import { withWhatListens } from '../what-listens.js';
import type { World } from '../world.js';
import { DEFAULT_RECEIVER, SIMULATE_FLAGS, type SimulateFlags } from './flags.js';
import { type TruthBeside, truthBeside } from './truth-beside.js';

/** The demo receiver hangs on purpose: shown in a second instead of ten. No plan says so, only that run. */
const DEMO_TIMEOUT_MS = 1_000;

/** Plans, delivers and reports. Returns the exit code. */
export async function simulateRetries(
  url: string | undefined,
  flags: SimulateFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  refuseConflicts({ ...typedFlags(SIMULATE_FLAGS, flags), 'a URL': url }, [
    ['a URL', '--receiver'],
    ['--time-scale', '--real-time'],
    ['--verbose', '--quiet'],
    ['--plan', '--save-plan'],
    ['--dry-run', '--report'],
  ]);
  const plan = await planFrom(flags, world);
  const samples = await readSamples(plan, world.samples);
  const secret = await secretFor(url, flags, plan, world);
  const headers = requestHeaders(flags, VERSION);
  if (secret !== undefined) refuseSecondDigest(headers);
  const composer = createComposer(plan, samples, {
    headers,
    signer: secret && createSigner(secret),
  });
  await tryPages(flags.report, world);
  if (flags.savePlan !== undefined) {
    await world.files.tryWriting(flags.savePlan);
    await world.files.write(flags.savePlan, new TextEncoder().encode(formatPlan(plan)));
  }
  if (flags.dryRun === true) {
    await world.stdout.write(planText(plan, flags.format));
    return EXIT.satisfied;
  }
  await waitForTarget(url, flags, world);
  const truth = await truthBeside(flags, plan, samples, world);
  try {
    const isShortened = isDemo(url, flags) && isPatient(plan, flags);
    const carriedOut = isShortened ? { ...plan, timeoutMs: DEMO_TIMEOUT_MS } : plan;
    const prepared = { url, plan: carriedOut, samples, composer, secret, isShortened, truth };
    return await withWhatListens(deliverPlan(prepared, flags, context), url, flags, world);
  } finally {
    await truth?.close();
  }
}

interface Prepared {
  readonly url: string | undefined;
  readonly plan: Plan;
  readonly samples: Samples;
  readonly composer: Composer;
  readonly secret: Secret | undefined;
  readonly isShortened: boolean;
  readonly truth: TruthBeside | undefined;
}

async function deliverPlan(
  { url, plan, samples, composer, secret, isShortened, truth }: Prepared,
  flags: SimulateFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const pace = paceOf(flags);
  const watch = new RunWatch(countEvents(plan), world);
  let planMs = 0;
  const target = await openTarget(
    {
      url,
      receiver: flags.receiver ?? DEFAULT_RECEIVER,
      reach: reachOf(flags),
      secret,
      timeoutMs: plan.timeoutMs,
      planNow: () => planMs,
    },
    countEvents(plan),
    world,
  );
  try {
    const story = storyOf(plan, target, {
      newFields: newFields(plan.batches, samples),
      mockApi: truth?.url,
      flags,
      isShortened,
      isSigned: secret !== undefined,
      context,
    });
    const run = deliver(
      plan,
      { transport: target.transport, clock: world.clock, composer },
      {
        concurrency: flags.concurrency,
        pace,
        signal: world.signal,
        onInstant: (instantMs) => {
          planMs = instantMs;
        },
        onStep: (stepMs) => truth?.moveTo(stepMs),
        onWait: watch.onWait,
      },
    );
    const renderer = await rendererFor(reportOf(story, flags), flags, context);
    const files = await pageReports(
      flags.report,
      async (page) => {
        const { simulateRetriesPage } = await import('../../report/html/simulate-retries.js');
        return simulateRetriesPage(story, page);
      },
      world,
    );
    const waits = pace.kind !== 'stepping';
    return await reportRun(run, { renderer, files, watch, waits }, world);
  } finally {
    await target.close();
  }
}

function isDemo(url: string | undefined, flags: SimulateFlags): boolean {
  return url === undefined && (flags.receiver ?? DEFAULT_RECEIVER) === DEFAULT_RECEIVER;
}

/** It waits as long as Inqud does, and nobody has said that it should. */
function isPatient({ timeoutMs }: Plan, flags: SimulateFlags): boolean {
  return flags.timeout === undefined && timeoutMs === INQUD_TIMEOUT_MS;
}

/** The built-in receiver gets a secret of its own when the user has none; the seed repeats it. */
async function secretFor(
  url: string | undefined,
  flags: SimulateFlags,
  plan: Plan,
  world: World,
): Promise<Secret | undefined> {
  if (flags.unsigned === true) return undefined;
  const secret = await oneSecret(flags, world);
  return (
    secret ??
    (url === undefined ? Secret.fromText(`built-in receiver, seed ${plan.seed}`) : undefined)
  );
}

function paceOf({ realTime, timeScale }: SimulateFlags): Pace {
  if (realTime === true) return { kind: 'real' };
  return timeScale === undefined ? { kind: 'stepping' } : { kind: 'scaled', scale: timeScale };
}

interface StoryContext {
  readonly newFields: readonly NewField[];
  readonly mockApi: string | undefined;
  readonly flags: SimulateFlags;
  readonly isShortened: boolean;
  readonly isSigned: boolean;
  readonly context: CommandContext;
}

function storyOf(
  plan: Plan,
  target: OpenTarget,
  { newFields: fields, mockApi, flags, isShortened, isSigned, context }: StoryContext,
): RunStory {
  return {
    url: target.url,
    receiver: target.receiver,
    signed: isSigned,
    mockApi,
    plan: planDocument(plan),
    events: countEvents(plan),
    resources: countResources(plan),
    notes: [
      ...fields,
      ...scheduleNotes(plan),
      ...(isShortened ? [{ code: 'demo-limit', timeoutMs: plan.timeoutMs } as const] : []),
      ...(isSigned || flags.unsigned === true ? [] : [{ code: 'unsigned' } as const]),
    ],
    reproduce: reproduceCommand(context, plan.seed),
  };
}

function scheduleNotes({ schedule, waitsMs }: Plan): readonly RunNote[] {
  if (waitsMs.length === 0 || schedule === 'list') return [];
  return [{ code: schedule === 'published' ? 'published-waits' : 'assumed-waits' }];
}

function reportOf(story: RunStory, flags: SimulateFlags): Report<RunRecord, RunSummary> {
  const { events } = story;
  const volume = volumeOf(flags, events);
  return {
    machine: runStatement(story),
    pretty: (palette) => withVolume(prettyRun(story, palette), { volume, events, palette }),
  };
}
