import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { exitCodeOfRun } from '../../report/exit-code.js';
import type { Renderer } from '../../report/renderer.js';
import type { ReportOut } from '../report-out.js';
import type { World } from '../world.js';
import type { RunWatch } from './run-watch.js';

export interface RunReporting {
  readonly renderer: Renderer<RunRecord, RunSummary>;
  /** Reports in files, beside that on standard output. */
  readonly files: readonly ReportOut<RunRecord, RunSummary>[];
  readonly watch: RunWatch;
  /** Real time passes between the attempts. */
  readonly waits: boolean;
  readonly exitCodeOf?: ((summary: RunSummary) => number) | undefined;
}

/** Writes a run as it goes; a terminal sees that it is alive. Returns the exit code. */
export async function reportRun(
  run: AsyncGenerator<RunRecord, RunSummary>,
  { renderer, files, watch, waits, exitCodeOf = exitCodeOfRun }: RunReporting,
  { stdout }: World,
): Promise<number> {
  await stdout.write(renderer.begin());
  try {
    await watch.start({ showsLines: renderer.isSummary !== true, waits });
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done === true) {
        watch.stop();
        await stdout.write(renderer.end(step.value));
        for (const file of files) await file.end(step.value);
        return exitCodeOf(step.value);
      }
      const text = renderer.record(step.value);
      const written = text === '' ? undefined : stdout.write(text);
      if (written !== undefined) await written;
      for (const file of files) file.record(step.value);
      watch.add(step.value);
    }
  } finally {
    watch.stop();
  }
}
