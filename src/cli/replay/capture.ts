import { chooseFormat, DETECTION_BYTES } from '../../capture/detect-format.js';
import { createRereader, readOwnFile } from '../../capture/own-file.js';
import { readCaptures } from '../../capture/read-captures.js';
import {
  type Collector,
  type CollectorOptions,
  createCollector,
} from '../../delivery/replay/collector.js';
import type { Progress, RandomAccess } from '../../ports.js';
import { readText } from '../../report/replay/words.js';
import { readsAtFile } from '../read-at-file.js';
import type { World } from '../world.js';
import type { ReplayFlags } from './flags.js';

/** The requests of a capture, until it is closed. */
export interface OpenCapture {
  readonly collector: Collector;
  /** Parts of the file that hold no web hook. */
  readonly leftOver: number;
  close(): void;
}

type Choice = Pick<CollectorOptions, 'selection' | 'check'>;

/** More captures than this, and a terminal shows that reading goes on. */
const PROGRESS_EVERY = 20_000;
/** A file is read without yielding, so Ctrl-C is let through now and then. */
const BLOCKS_WITHOUT_PAUSE = 8;
const PAUSE_MS = 1;

/** Reads a capture to its end, or until Ctrl-C. The file of a large one stays open, to read from. */
export async function openCapture(
  path: string,
  flags: ReplayFlags,
  choice: Choice,
  world: World,
): Promise<OpenCapture> {
  if (path === '-') {
    const unpacked = await world.unpack(world.stdin.stream(), 'Standard input');
    return collectStream(unpacked, 'standard input', { flags, choice, world });
  }
  const input = await world.openInput(path);
  if (input.kind === 'stream') return collectStream(input.source, path, { flags, choice, world });
  if (isOwnFormat(input.access, path, flags)) {
    const collector = await collectOwnFile(input.access, path, choice, world);
    return { collector, leftOver: 0, close: () => input.close() };
  }
  input.close();
  return collectStream(world.files.stream(path), path, { flags, choice, world });
}

function isOwnFormat(
  access: RandomAccess,
  file: string,
  { from, bodyField }: ReplayFlags,
): boolean {
  const head = access.read(0, DETECTION_BYTES);
  return chooseFormat(head, { file, format: from, bodyField }) === 'ndjson';
}

async function collectOwnFile(
  access: RandomAccess,
  file: string,
  choice: Choice,
  world: World,
): Promise<Collector> {
  const collector = createCollector({ file, ...choice, reread: createRereader(access) });
  const watch = watching(collector, world);
  let blocks = 0;
  for (const _block of readOwnFile(access, (entry, span) => collector.add(entry, entry, span))) {
    blocks += 1;
    if (blocks % BLOCKS_WITHOUT_PAUSE !== 0) continue;
    await world.clock.sleep(PAUSE_MS, world.signal);
    await watch.update();
    if (world.signal.aborted) break;
  }
  watch.stop();
  return collector;
}

interface Reading {
  readonly flags: ReplayFlags;
  readonly choice: Choice;
  readonly world: World;
}

async function collectStream(
  source: AsyncIterable<Uint8Array>,
  file: string,
  { flags, choice, world }: Reading,
): Promise<OpenCapture> {
  const collector = createCollector({ file, ...choice, reread: undefined });
  const watch = watching(collector, world);
  let leftOver = 0;
  const entries = readCaptures(source, {
    file,
    format: flags.from,
    bodyField: flags.bodyField,
    digestField: flags.digestField,
    onLeftOver: () => {
      leftOver += 1;
    },
    readAtFile: readsAtFile(world.files, file),
  });
  for await (const entry of entries) {
    collector.add(entry, entry.at);
    if (collector.counts.entries % PROGRESS_EVERY === 0) await watch.update();
    if (world.signal.aborted) break;
  }
  watch.stop();
  return { collector, leftOver, close: () => undefined };
}

function watching(collector: Collector, world: World) {
  let progress: Progress | undefined;
  return {
    update: async () => {
      if (!world.stderr.isTerminal) return;
      progress ??= await world.startProgress();
      progress.update(readText(collector.counts));
    },
    stop: () => progress?.stop(),
  };
}
