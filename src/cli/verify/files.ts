import { chooseFormat, DETECTION_BYTES } from '../../capture/detect-format.js';
import type { CaptureFormat } from '../../capture/registry.js';
import { HookError } from '../../errors.js';
import type { CaptureInput } from '../../ports.js';
import { malformedRecord } from '../../verification/judge-entry.js';
import type { LeftOverParts, VerifyRecord } from '../../verification/records.js';
import { readsAtFile } from '../read-at-file.js';
import { verifyOwnFile } from './own-file.js';
import type { Verdicts, VerifySettings } from './settings.js';

/** Judges everything in the files, folders and patterns, in order. */
export async function* verifyFiles(
  paths: readonly string[],
  settings: VerifySettings,
): AsyncGenerator<Verdicts> {
  for (const path of paths) {
    const isOneOfSeveral = paths.length > 1;
    yield* isOneOfSeveral ? goingOn(path, verifyPath(path, settings)) : verifyPath(path, settings);
  }
}

/** What is wrong with one of several files is said in its place, and the others are still judged. */
async function* goingOn(file: string, verdicts: AsyncIterable<Verdicts>): AsyncGenerator<Verdicts> {
  try {
    yield* verdicts;
  } catch (error) {
    if (!(error instanceof HookError)) throw error;
    yield one(malformedRecord({ file }, error.message, error.hint));
  }
}

async function* verifyPath(path: string, settings: VerifySettings): AsyncGenerator<Verdicts> {
  const { world } = settings;
  if (path === '-') {
    const source = await world.unpack(world.stdin.stream(), 'Standard input');
    return yield* verifyStream(source, 'standard input', settings);
  }
  const files = await world.expandInput(path);
  for (const file of files) {
    const verdicts = verifyFile(file, settings);
    yield* files.length > 1 ? goingOn(file, verdicts) : verdicts;
  }
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
  const detected = chooseFormat(head, { file, format: from, bodyField });
  if (detected === 'ndjson') return yield* verifyOwnFile(file, access, settings);
  const { sizeBytes } = access;
  yield* verifyStream(settings.world.files.stream(file), file, settings, { detected, sizeBytes });
}

interface KnownOfFile {
  readonly detected?: CaptureFormat | undefined;
  readonly sizeBytes?: number;
}

async function* verifyStream(
  source: AsyncIterable<Uint8Array>,
  file: string,
  { flags, loadJudges, quickJudges, world }: VerifySettings,
  { detected, sizeBytes = Number.POSITIVE_INFINITY }: KnownOfFile = {},
): AsyncGenerator<Verdicts> {
  const { readCaptures } = await import('../../capture/read-captures.js');
  const { verifyEntries } = await import('../../verification/verify-entries.js');
  const { bodyField, digestField } = flags;
  let leftOver: LeftOverParts | undefined;
  const entries = readCaptures(source, {
    file,
    format: flags.from,
    detected,
    bodyField,
    digestField,
    readAtFile: readsAtFile(world.files, file),
    onLeftOver: (at) => {
      leftOver = { ...(leftOver ?? at), parts: (leftOver?.parts ?? 0) + 1 };
    },
  });
  const judges = { quick: await quickJudges(sizeBytes), load: loadJudges };
  for await (const record of verifyEntries(entries, judges)) yield one(record);
  yield { records: [], unlistedGenuine: 0, leftOver };
}

function one(record: VerifyRecord): Verdicts {
  return { records: [record], unlistedGenuine: 0 };
}
