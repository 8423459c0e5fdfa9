import type { Diagnoser } from '../../diagnosis/diagnose.js';
import { HookError } from '../../errors.js';
import { EXIT, exitCodeOfVerify } from '../../report/exit-code.js';
import type { Renderer } from '../../report/renderer.js';
import { PRETTY_GENUINE, prettyVerify } from '../../report/verify/pretty.js';
import { verifyStatement } from '../../report/verify/statement.js';
import { MOST_FULL_SEARCHES } from '../../verification/judge-entry.js';
import { createVerifyTally } from '../../verification/tally.js';
import { checkBy, type DigestCheck } from '../../webhook/digest-check.js';
import { createLightSigner } from '../../webhook/light-digest.js';
import type { Secret } from '../../webhook/secret.js';
import type { CommandContext } from '../context.js';
import { sayError } from '../error-report.js';
import { rendererFor } from '../renderer.js';
import { everyReport, streamReport } from '../report-out.js';
import { DEFAULT_ENV, namedSecrets, noSecret, readSecrets, warnOfShownSecret } from '../secrets.js';
import type { World } from '../world.js';
import type { VerifyFlags } from './flags.js';
import { verifyOneBody } from './one-body.js';
import type { Verdicts, VerifySettings } from './settings.js';

/** Checks every web hook in the files. Returns the exit code. */
export async function verify(
  files: readonly string[],
  flags: VerifyFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const settings = await settingsFrom(flags, world);
  const tally = createVerifyTally({ unsignedAllowed: flags.allowUnsigned === true });
  const renderer = await rendererFor(
    { machine: verifyStatement, pretty: prettyVerify },
    flags,
    context,
  );
  const report = everyReport([
    streamReport(renderer, (text) => world.stdout.write(text)),
    ...(await pagesOf(files, flags, context)),
  ]);
  await report.begin();
  try {
    for await (const { records, unlistedGenuine, leftOver } of verdictsOn(files, settings)) {
      tally.addGenuine(unlistedGenuine);
      if (leftOver !== undefined) tally.addLeftOver(leftOver);
      for (const record of records) {
        tally.add(record);
        const written = report.record(record);
        if (written !== undefined) await written;
      }
      if (world.signal.aborted) break;
    }
  } catch (error) {
    if (!world.signal.aborted) return await endBroken(error, renderer, context);
  }
  const summary = tally.summary({ interrupted: world.signal.aborted });
  await report.end(summary);
  return exitCodeOfVerify(summary);
}

async function pagesOf(files: readonly string[], flags: VerifyFlags, context: CommandContext) {
  if (flags.report === undefined) return [];
  const { verifyPages } = await import('./pages.js');
  return verifyPages(files, flags.report, context);
}

/** Checking one body needs no reader of captures, and is there at once without them. */
async function* verdictsOn(
  files: readonly string[],
  settings: VerifySettings,
): AsyncGenerator<Verdicts> {
  const { digest } = settings.flags;
  if (digest !== undefined) {
    const record = await verifyOneBody(files, digest, settings);
    return yield { records: [record], unlistedGenuine: 0 };
  }
  const { verifyFiles } = await import('./files.js');
  yield* verifyFiles(files, settings);
}

/** A file that cannot be read ends the report, which stays one document. */
async function endBroken(
  error: unknown,
  renderer: Pick<Renderer<never, never>, 'fail'>,
  { world, argv }: CommandContext,
): Promise<number> {
  if (!(error instanceof HookError)) throw error;
  await world.stdout.write(renderer.fail?.(error) ?? '');
  await sayError(error, argv, world);
  return EXIT.askedWrongly;
}

async function settingsFrom(flags: VerifyFlags, world: World): Promise<VerifySettings> {
  await warnOfShownSecret({ secret: flags.secret ?? flags.alsoSecret }, world);
  const secrets = await readSecrets(flags, world);
  if (secrets.length === 0) throw noSecret();
  const also = { secret: flags.alsoSecret, secretEnv: flags.alsoSecretEnv };
  const alsoSecrets = await namedSecrets(also, world);
  const check = once(() => loadCheck(secrets));
  const secretNames = [...(flags.secretEnv ?? []), DEFAULT_ENV];
  return {
    flags,
    world,
    secrets,
    alsoSecrets,
    quickJudges: async (bytes) => ({
      check: bytes * secrets.length > MOST_LIGHT_BYTES ? await check() : lightCheck(secrets),
      diagnose: searchNothing,
    }),
    loadJudges: once(async () => {
      const { createDiagnoser } = await import('../../diagnosis/diagnose.js');
      return {
        check: await check(),
        diagnose: createDiagnoser({
          secrets,
          alsoSecrets,
          secretNames,
          maxFullSearches: MOST_FULL_SEARCHES,
        }),
      };
    }),
    listGenuine: isListedShort(flags) ? PRETTY_GENUINE : Number.MAX_SAFE_INTEGER,
  };
}

/** What else is hashed takes longer in the slow way than loading the fast one. */
const MOST_LIGHT_BYTES = 8 * 1024;

function lightCheck(secrets: readonly Secret[]): DigestCheck {
  return checkBy(secrets.map(createLightSigner));
}

async function loadCheck(secrets: readonly Secret[]): Promise<DigestCheck> {
  const { createDigestCheck } = await import('../../webhook/check-digest.js');
  return createDigestCheck(secrets);
}

/** A page shows them all, over time. */
function isListedShort({ format, report }: VerifyFlags): boolean {
  return format === 'pretty' && report === undefined;
}

const searchNothing: Diagnoser = () => ({
  cause: undefined,
  suspicion: undefined,
  cut: false,
  tried: 0,
});

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
