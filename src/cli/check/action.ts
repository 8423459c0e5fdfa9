import {
  acceptFailure,
  type Baseline,
  parseBaseline,
  staleEntries,
} from '../../conformance/baseline.js';
import { type CheckRequest, check as checkReceiver } from '../../conformance/check.js';
import { checkRequest } from '../../conformance/check-request.js';
import type { CheckRecord, CheckSummary } from '../../conformance/records.js';
import { summarise } from '../../conformance/records.js';
import type { RuleResult } from '../../conformance/rule.js';
import { RULES } from '../../conformance/rules/registry.js';
import {
  formatScripts,
  parseScripts,
  type SavedScript,
  scriptsToSave,
} from '../../conformance/script-file.js';
import { HookError } from '../../errors.js';
import type { CheckEnd } from '../../report/check/story.js';
import { SHARED_STATE } from '../../report/check/words.js';
import { exitCodeOfCheck } from '../../report/exit-code.js';
import { inLine } from '../../report/foreign-text.js';
import { reachOf } from '../../settings/reach.js';
import { type CommandContext, VERSION } from '../context.js';
import { paletteFor } from '../format.js';
import { requestHeaders } from '../headers.js';
import { everyReport, type ReportOut, streamReport } from '../report-out.js';
import { replayCommand, reproduceCommand, withStateCommand } from '../reproduce.js';
import { noSecret, noteCredentials, oneSecret } from '../secrets.js';
import { waitForTarget } from '../wait-for.js';
import { withWhatListens } from '../what-listens.js';
import type { World } from '../world.js';
import { withConfig } from './config.js';
import { CHECK_FLAGS, type CheckFlags } from './flags.js';
import { portsFrom, probeFrom } from './ports.js';
import { checkRenderer, fileReports, githubReports, tryOutputs } from './reports.js';
import { truthBesideCheck } from './truth.js';
import { CheckWatch } from './watch.js';

/** Judges a receiver and reports. Returns the exit code. */
export async function check(
  typedUrl: string | undefined,
  typedFlags: CheckFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const { url, flags } = await withConfig(typedUrl, typedFlags, world);
  if (url === undefined) throw noUrl();
  noteCredentials([url, flags.stateUrl ?? '', ...(flags.header ?? [])], world);
  const saved = await savedScripts(flags, world);
  const baseline = await baselineFrom(flags, world);
  const request = await requestFrom(flags, saved, world);
  await tryOutputs(flags, world);
  const { seed } = request;
  await waitForTarget(url, flags, world);
  const probe = await probeFrom(flags, world);
  if (probe?.isShared === true) await world.stderr.write(SHARED_STATE);
  const truth = await truthBesideCheck(flags, seed, world);
  const connection = await world.connect(url, reachOf(flags));
  const watch = new CheckWatch({ allRules: RULES.length, lingerMs: request.lingerMs }, world);
  try {
    const reproduce = reproduceCommand(context, seed);
    const isFirstContact = probe === undefined && flags.blackBox !== true;
    const story = {
      url: connection.url,
      seed,
      reproduce,
      replayed: flags.replay,
      withState: isFirstContact ? withStateCommand(context, connection.url) : undefined,
    };
    const format = flags.format ?? CHECK_FLAGS['Report:'].format.absent;
    const renderer = checkRenderer(format, story, {
      palette: await paletteFor(world, context.argv),
      world,
    });
    const told = everyReport([
      streamReport(renderer, (text) => world.stdout.write(text)),
      ...(await fileReports(flags.report ?? [], story, world)),
      ...githubReports(format, story, world),
    ]);
    const ports = portsFrom(flags, world, {
      transport: connection.transport,
      probe,
      truth,
    });
    await watch.start();
    const run = checkReceiver(request, { ...ports, onProgress: watch.onProgress });
    const reported = report(run, told, { flags, baseline, context });
    return await withWhatListens(reported, url, flags, world);
  } finally {
    watch.stop();
    await connection.transport.close();
    await probe?.close();
    await truth?.close();
  }
}

interface Reporting {
  readonly flags: CheckFlags;
  readonly baseline: Baseline | undefined;
  readonly context: CommandContext;
}

async function report(
  run: AsyncGenerator<CheckRecord, CheckSummary>,
  told: ReportOut<CheckRecord, CheckEnd>,
  { flags, baseline, context }: Reporting,
): Promise<number> {
  await told.begin();
  const judged: RuleResult[] = [];
  const shown: RuleResult[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) {
      const accepted = acceptedOf(judged, shown);
      const summary =
        baseline === undefined
          ? step.value
          : summarise(shown, {
              ...step.value,
              all: RULES,
              accepted: mustsAmong(accepted),
              isReplay: flags.replay !== undefined,
            });
      const stale = baseline === undefined ? [] : staleEntries(judged, baseline);
      const exitCode = exitCodeOfCheck(summary, stale.length);
      const replay = await saveFailures(shown, { flags, context });
      const outcome = baseline && { accepted, stale };
      await told.end({ summary, exitCode, replay, baseline: outcome });
      return exitCode;
    }
    const record = step.value;
    const kept =
      record.kind === 'result' && baseline !== undefined ? acceptFailure(record, baseline) : record;
    if (record.kind === 'result') judged.push(record);
    if (kept.kind === 'result') shown.push(kept);
    await told.record(kept);
  }
}

function mustsAmong(ids: readonly string[]): number {
  return RULES.filter(({ id, severity }) => severity === 'must' && ids.includes(id)).length;
}

function acceptedOf(
  judged: readonly RuleResult[],
  shown: readonly RuleResult[],
): readonly string[] {
  return judged.flatMap(({ rule, verdict }, index) =>
    verdict.status !== shown[index]?.verdict.status ? [rule.id] : [],
  );
}

/** Keeps the failures that can be delivered again, and says how to do so. */
async function saveFailures(
  results: readonly RuleResult[],
  { flags, context }: Omit<Reporting, 'baseline'>,
): Promise<CheckEnd['replay']> {
  const scripts = scriptsToSave(results);
  if (scripts.length === 0 || flags.replay !== undefined) return undefined;
  const path = flags.save ?? CHECK_FLAGS['Report:'].save.absent;
  try {
    await context.world.files.write(path, new TextEncoder().encode(formatScripts(scripts)));
  } catch (error) {
    if (!(error instanceof HookError)) throw error;
    await context.world.stderr.write(`! ${inLine(error.message)}\n`);
    return undefined;
  }
  const command = replayCommand(context, path);
  return { command, scripts: scripts.length };
}

async function requestFrom(
  flags: CheckFlags,
  saved: readonly SavedScript[] | undefined,
  world: World,
): Promise<CheckRequest> {
  const secret = await oneSecret(flags, world);
  if (secret === undefined) throw noSecret();
  return checkRequest(flags, {
    samples: world.samples,
    clock: world.clock,
    draw: world.draw,
    secret,
    headers: requestHeaders(flags, VERSION),
    healWithinMs: flags.healWithin ?? CHECK_FLAGS['Commands of yours:'].healWithin.absent,
    saved,
  });
}

async function savedScripts(
  flags: CheckFlags,
  world: World,
): Promise<readonly SavedScript[] | undefined> {
  if (flags.replay === undefined) return undefined;
  const bytes = await world.files.read(flags.replay);
  return parseScripts(new TextDecoder().decode(bytes), flags.replay);
}

async function baselineFrom(flags: CheckFlags, world: World): Promise<Baseline | undefined> {
  if (flags.baseline === undefined) return undefined;
  const bytes = await world.files.read(flags.baseline);
  return parseBaseline(new TextDecoder().decode(bytes), flags.baseline);
}

function noUrl(): HookError {
  return new HookError(
    'bad-flag',
    'No receiver is named.',
    'Type its URL: inqud-hook check localhost:3000/webhooks/inqud.',
  );
}
