import type { RunRecord, RunSummary } from '../../delivery/records.js';
import type { Progress } from '../../ports.js';
import { exitCodeOfRun } from '../../report/exit-code.js';
import type { RunRenderer } from '../../report/run/renderer.js';
import type { World } from '../world.js';

/** A run this long shows on a terminal that it is alive, when its report goes elsewhere. */
const PROGRESS_EVERY = 1_000;

/** Writes a run as it goes. Returns the exit code, which is a function of the summary. */
export async function reportRun(
  run: AsyncGenerator<RunRecord, RunSummary>,
  renderer: RunRenderer,
  events: number,
  world: World,
  exitCodeOf: (summary: RunSummary) => number = exitCodeOfRun,
): Promise<number> {
  const { stdout, stderr } = world;
  const showsProgress = stderr.isTerminal && !stdout.isTerminal;
  const progress = showsProgress ? await world.startProgress() : undefined;
  await stdout.write(renderer.begin());
  try {
    const summary = await writeRecords(run, renderer, { events, progress, world });
    progress?.stop();
    await stdout.write(renderer.end(summary));
    return exitCodeOf(summary);
  } finally {
    progress?.stop();
  }
}

interface Writing {
  readonly events: number;
  readonly progress: Progress | undefined;
  readonly world: World;
}

async function writeRecords(
  run: AsyncGenerator<RunRecord, RunSummary>,
  renderer: RunRenderer,
  { events, progress, world }: Writing,
): Promise<RunSummary> {
  let settled = 0;
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) return step.value;
    const written = world.stdout.write(renderer.record(step.value));
    if (written !== undefined) await written;
    if (isSettled(step.value)) settled += 1;
    if (settled % PROGRESS_EVERY === 0) progress?.update(`${settled} of ${events} events settled`);
  }
}

function isSettled(record: RunRecord): boolean {
  if (record.kind === 'dropped') return true;
  return ['delivered', 'lost', 'withheld'].includes(record.next.kind);
}
