import type { RunRecord, RunSummary } from '../../delivery/records.js';
import type { Progress } from '../../ports.js';
import { exitCodeOfRun } from '../../report/exit-code.js';
import { progressText } from '../../report/run/progress-text.js';
import type { RunRenderer } from '../../report/run/renderer.js';
import type { World } from '../world.js';

/** Writes a run as it goes; a terminal sees that it is alive when the report goes elsewhere. Returns the exit code. */
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
  progress?.update(progressText({ settled, events, planMs: 0 }));
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done === true) return step.value;
    const written = world.stdout.write(renderer.record(step.value));
    if (written !== undefined) await written;
    if (isSettled(step.value)) settled += 1;
    progress?.update(progressText({ settled, events, planMs: step.value.planMs }));
  }
}

function isSettled(record: RunRecord): boolean {
  if (record.kind === 'dropped') return true;
  const { kind } = record.next;
  return kind === 'delivered' || kind === 'lost' || kind === 'withheld';
}
