import { chooseFormat, DETECTION_BYTES } from '../../capture/detect-format.js';
import { formatNamed } from '../../capture/registry.js';
import { HookError } from '../../errors.js';
import type { CaptureInput } from '../../ports.js';
import { malformedRecord } from '../../verification/judge-entry.js';
import type { VerifyRecord } from '../../verification/records.js';
import { verifyOwnFile } from './verify-own-file.js';
import type { Verdicts, VerifySettings } from './verify-settings.js';

/** Judges everything in the files, folders and patterns, in order. */
export async function* verifyFiles(
  paths: readonly string[],
  settings: VerifySettings,
): AsyncGenerator<Verdicts> {
  for (const path of paths) {
    try {
      yield* verifyPath(path, settings);
    } catch (error) {
      if (!(error instanceof HookError) || paths.length === 1) throw error;
      yield one(malformedRecord({ file: path }, error.message));
    }
  }
}

async function* verifyPath(path: string, settings: VerifySettings): AsyncGenerator<Verdicts> {
  const { world } = settings;
  if (path === '-') {
    const source = await world.unpack(world.stdin.stream());
    return yield* verifyStream(source, 'standard input', settings);
  }
  for (const file of await world.expandInput(path)) yield* verifyFile(file, settings);
}

async function* verifyFile(file: string, settings: VerifySettings): AsyncGenerator<Verdicts> {
  const input = await settings.world.openInput(file);
  if (input.kind === 'stream') return yield* verifyStream(input.source, file, settings);
  try {
    yield* verifyPlain(file, input, settings);
  } finally {
    input.close();
  }
}

async function* verifyPlain(
  file: string,
  { access }: Extract<CaptureInput, { kind: 'plain' }>,
  settings: VerifySettings,
): AsyncGenerator<Verdicts> {
  const { from, bodyField } = settings.flags;
  const head = access.read(0, DETECTION_BYTES);
  const format = chooseFormat(head, { file, format: formatNamed(from), bodyField });
  if (format === 'ndjson') return yield* verifyOwnFile(file, access, settings);
  yield* verifyStream(settings.world.files.stream(file), file, settings, format);
}

async function* verifyStream(
  source: AsyncIterable<Uint8Array>,
  file: string,
  { flags, loadJudges, world }: VerifySettings,
  format = formatNamed(flags.from),
): AsyncGenerator<Verdicts> {
  const { readCaptures } = await import('../../capture/read-captures.js');
  const { verifyEntries } = await import('../../verification/verify-entries.js');
  const { bodyField, digestField } = flags;
  const entries = readCaptures(source, {
    file,
    format,
    bodyField,
    digestField,
    readAtFile: (path) => world.files.read(path),
  });
  for await (const record of verifyEntries(entries, await loadJudges())) yield one(record);
}

function one(record: VerifyRecord): Verdicts {
  return { records: [record], unlistedGenuine: 0 };
}
