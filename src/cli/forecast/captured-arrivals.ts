import { readCaptures } from '../../capture/read-captures.js';
import { type CaptureRecord, isPost } from '../../capture/record.js';
import { type Column, createColumn } from '../../delivery/replay/column.js';
import { HookError } from '../../errors.js';
import type { ByteSource } from '../../ports.js';
import type { CapturedArrivals } from '../../report/forecast/story.js';
import { RATE_HINT } from '../arrival-rate.js';
import { readsAtFile } from '../read-at-file.js';
import type { World } from '../world.js';
import type { ForecastFlags } from './flags.js';

/** When the web hooks of a capture came, and what is to be said of it. */
export interface ReadArrivals {
  /** In ascending order, the first at 0. */
  readonly timesMs: Float64Array;
  readonly captured: CapturedArrivals;
}

/** What starts so and is no file was meant to be a rate. */
const LIKE_A_RATE = /^$|^[-+]?[\d.,]+(?:e\d+)?(?:\s*(?:\/|per)\s*\w*)?$/i;
/** Reading goes on for long without a pause, so Ctrl-C is let through now and then. */
const ENTRIES_WITHOUT_PAUSE = 20_000;
const PAUSE_MS = 1;

/**
 * Reads the times of a capture to its end, or until Ctrl-C.
 * @throws HookError `unreadable-file`, or `bad-flag` where the path looks like a rate
 */
export async function readArrivals(
  path: string,
  flags: ForecastFlags,
  world: World,
): Promise<ReadArrivals> {
  const file = path === '-' ? 'standard input' : path;
  const times = createColumn();
  const counts = { untimed: 0, malformed: 0, otherMethods: 0, leftOver: 0 };
  const entries = readCaptures(await sourceOf(path, world), {
    file,
    format: flags.from,
    bodies: 'not-wanted',
    onLeftOver: () => {
      counts.leftOver += 1;
    },
    readAtFile: readsAtFile(world.files, file),
  });
  let read = 0;
  for await (const entry of entries) {
    if (entry.kind === 'malformed') counts.malformed += 1;
    else if (!isPost(entry.record)) counts.otherMethods += 1;
    else if (!addTime(entry.record, times)) counts.untimed += 1;
    read += 1;
    if (read % ENTRIES_WITHOUT_PAUSE === 0) await world.clock.sleep(PAUSE_MS, world.signal);
    if (world.signal.aborted) break;
  }
  const timesMs = fromTheFirst(times);
  const spanMs = timesMs.at(-1) ?? 0;
  return { timesMs, captured: { file, webHooks: timesMs.length, spanMs, ...counts } };
}

async function sourceOf(path: string, world: World): Promise<ByteSource> {
  if (path === '-') return world.unpack(world.stdin.stream(), 'Standard input');
  try {
    const input = await world.openInput(path);
    if (input.kind === 'stream') return input.source;
    input.close();
    return world.files.stream(path);
  } catch (error) {
    if (!(error instanceof HookError) || !LIKE_A_RATE.test(path)) throw error;
    throw new HookError('bad-flag', `\`${path}\` is neither a rate nor a file.`, RATE_HINT);
  }
}

function addTime({ at = '' }: CaptureRecord, times: Column): boolean {
  const atMs = Date.parse(at);
  if (Number.isNaN(atMs)) return false;
  times.push(atMs);
  return true;
}

function fromTheFirst(times: Column): Float64Array {
  const sorted = Float64Array.from({ length: times.length }, (_, index) => times.at(index)).sort();
  const firstMs = sorted[0] ?? 0;
  return sorted.map((atMs) => atMs - firstMs);
}
