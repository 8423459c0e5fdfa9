import type { RunRecord, RunSummary } from '../../delivery/records.js';
import { exitCodeOfRun } from '../../report/exit-code.js';
import type { Renderer } from '../../report/renderer.js';
import { everyReport, type ReportOut, streamReport } from '../report-out.js';
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
  const report = everyReport([streamReport(renderer, (text) => stdout.write(text)), ...files]);
  await report.begin();
  try {
    await watch.start({ showsLines: renderer.isSummary !== true, waits });
    for (let step = await run.next(); ; step = await run.next()) {
      if (step.done === true) {
        watch.stop();
        await report.end(step.value);
        return exitCodeOf(step.value);
      }
      const written = report.record(step.value);
      if (written !== undefined) await written;
      watch.add(step.value);
    }
  } finally {
    watch.stop();
  }
}
