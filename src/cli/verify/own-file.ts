import type { Progress, RandomAccess } from '../../ports.js';
import { readText } from '../../report/verify/words.js';
import { RANGE_BYTES, rangesOf, readRange } from '../../verification/file-ranges.js';
import type { VerifyRecord } from '../../verification/records.js';
import { type BlockJudge, createBlockJudge } from '../../verification/verify-range.js';
import { type RangeJudge, verifyRanges } from '../../verification/verify-ranges.js';
import type { World } from '../world.js';
import type { Verdicts, VerifySettings } from './settings.js';

/** Below this threads cost more than they bring: about 50,000 web hooks. */
const WORTH_THREADS_BYTES = 45 * 1024 * 1024;

/** Judges a file in the tool's own format range by range, by several threads when it is large. */
export async function* verifyOwnFile(
  file: string,
  access: RandomAccess,
  settings: VerifySettings,
): AsyncGenerator<Verdicts> {
  const { sizeBytes } = access;
  const isLarge = sizeBytes >= WORTH_THREADS_BYTES;
  const crew = isLarge ? await threads(file, settings) : await alone(file, access, settings);
  const progress = isLarge ? await progressFor(settings.world) : undefined;
  const options = { window: crew.window, listGenuine: settings.listGenuine };
  let ranges = 0;
  try {
    for await (const verdicts of verifyRanges(rangesOf(sizeBytes), crew.judge, options)) {
      yield verdicts;
      ranges += 1;
      progress?.update(readText(Math.min(ranges * RANGE_BYTES, sizeBytes), sizeBytes));
    }
  } finally {
    progress?.stop();
    await crew.close();
  }

  async function threads(path: string, { world, secrets, alsoSecrets }: VerifySettings) {
    const workers = await world.startRangeWorkers({
      path,
      file: path,
      secrets: secrets.map((secret) => secret.reveal()),
      alsoSecrets: alsoSecrets.map((secret) => secret.reveal()),
    });
    return workers === undefined ? alone(path, access, settings) : together(workers);
  }
}

/** Who judges the ranges, and how many of them at once. */
interface Crew {
  readonly window: number;
  readonly judge: RangeJudge;
  close(): Promise<void>;
}

/** A range in which nothing is rejected needs no search for causes, and does not load it. */
async function alone(file: string, access: RandomAccess, settings: VerifySettings): Promise<Crew> {
  const judgeQuickly = createBlockJudge(await settings.quickJudges(access.sizeBytes));
  let judgeFully: BlockJudge | undefined;
  return {
    window: 1,
    judge: async (range, _index, listGenuine) => {
      const block = readRange(access, range, { file, firstLine: 1 });
      const quick = (judgeFully ?? judgeQuickly)(block, listGenuine);
      if (judgeFully !== undefined || !quick.records.some(isRejected)) return quick;
      judgeFully = createBlockJudge(await settings.loadJudges());
      return judgeFully(block, listGenuine);
    },
    close: () => Promise.resolve(),
  };
}

function isRejected({ verdict }: VerifyRecord): boolean {
  return verdict === 'rejected';
}

function together(workers: NonNullable<Awaited<ReturnType<World['startRangeWorkers']>>>): Crew {
  return {
    window: 2 * workers.count,
    judge: (range, index, listGenuine) => workers.run({ range, listGenuine }, index),
    close: () => workers.close(),
  };
}

async function progressFor(world: World): Promise<Progress | undefined> {
  return world.stderr.isTerminal ? await world.startProgress() : undefined;
}
