import type { CaptureEntry } from '../../capture/record.js';
import { HookError } from '../../errors.js';
import { EXIT, exitCodeOfVerify } from '../../report/exit-code.js';
import { jsonVerify, ndjsonVerify } from '../../report/verify/machine.js';
import { prettyVerify } from '../../report/verify/pretty.js';
import type { VerifyRenderer } from '../../report/verify/renderer.js';
import { type CauseSearch, judgeEntry } from '../../verification/judge-entry.js';
import { createVerifyTally } from '../../verification/tally.js';
import { createDigestCheck } from '../../webhook/check-digest.js';
import { DIGEST_HEADER } from '../../webhook/digest.js';
import type { VerifyFlags } from '../commands/verify.js';
import { sayError } from '../error-report.js';
import { paletteFor } from '../format.js';
import type { CommandContext } from '../program.js';
import { noSecret, readSecrets, warnOfShownSecret } from '../secrets.js';
import type { World } from '../world.js';

/** Checks every web hook in the files. Returns the exit code. */
export async function verify(
  files: readonly string[],
  flags: VerifyFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  await warnOfShownSecret(flags, world);
  const secrets = await readSecrets(flags, world);
  if (secrets.length === 0) throw noSecret();
  const check = createDigestCheck(secrets);
  const tally = createVerifyTally({ unsignedAllowed: flags.allowUnsigned === true });
  const renderer = await rendererFor(flags, context);
  await world.stdout.write(renderer.begin());
  try {
    for await (const entry of entriesOf(files, flags, world)) {
      if (world.signal.aborted) break;
      const record = judgeEntry(entry, check, searchNothing);
      tally.add(record);
      const written = world.stdout.write(renderer.record(record));
      if (written !== undefined) await written;
    }
  } catch (error) {
    if (!world.signal.aborted) return await endBroken(error, renderer, context);
  }
  const summary = tally.summary({ interrupted: world.signal.aborted });
  await world.stdout.write(renderer.end(summary));
  return exitCodeOfVerify(summary);
}

/** A file that cannot be read ends the report, which stays one document. */
async function endBroken(
  error: unknown,
  renderer: VerifyRenderer,
  { world, argv }: CommandContext,
): Promise<number> {
  if (!(error instanceof HookError)) throw error;
  await world.stdout.write(renderer.fail(error));
  await sayError(error, argv, world);
  return EXIT.askedWrongly;
}

const searchNothing: CauseSearch = () => ({ cause: undefined, suspicion: undefined, cut: false });

async function* entriesOf(
  files: readonly string[],
  flags: VerifyFlags,
  world: World,
): AsyncGenerator<CaptureEntry> {
  if (flags.digest !== undefined) {
    yield await oneBody(files, flags.digest, world);
    return;
  }
  const { readCaptures } = await import('../../capture/read-captures.js');
  for (const file of files) {
    const source = file === '-' ? world.stdin.stream() : world.files.stream(file);
    yield* readCaptures(source, { file: nameOf(file) });
  }
}

async function oneBody(
  files: readonly string[],
  digest: string,
  world: World,
): Promise<CaptureEntry> {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) {
    throw new HookError(
      'bad-flag',
      `--digest belongs to one body, and ${files.length} files are given.`,
      'Verify them one by one.',
    );
  }
  const body = file === '-' ? await world.stdin.read() : await world.files.read(file);
  const record = { headers: [[DIGEST_HEADER, pastedDigest(digest)] as const], body };
  return { kind: 'capture', record, at: { file: nameOf(file) } };
}

/** The value alone, or the whole header line. */
function pastedDigest(text: string): string {
  return text.replace(/^\s*X-Payload-Digest\s*:/i, '').trim();
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

async function rendererFor(
  flags: VerifyFlags,
  { world, argv }: CommandContext,
): Promise<VerifyRenderer> {
  switch (flags.format) {
    case 'json':
      return jsonVerify();
    case 'ndjson':
      return ndjsonVerify();
    case 'pretty':
      return prettyVerify(await paletteFor(world, argv));
    default:
      return flags.format satisfies never;
  }
}
