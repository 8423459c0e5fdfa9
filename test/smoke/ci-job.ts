import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One step of a job, as a runner ran it. */
export interface RanStep {
  readonly run: string;
  readonly exitCode: number | null;
  /** What it said, both streams. */
  readonly said: string;
}

export interface JobOptions {
  /** Files of the repository that the job checks out. */
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Changes a step before it is run: what cannot be here, such as the registry. */
  readonly adapted: (run: string) => string;
}

/**
 * Runs the steps one after the other in one folder, each with `bash -e` of its own, as a runner does:
 * what a step leaves in the background goes on, and a step that fails ends the job.
 */
export async function runJob(
  steps: readonly string[],
  { files, env, adapted }: JobOptions,
): Promise<readonly RanStep[]> {
  const folder = mkdtempSync(join(tmpdir(), 'inqud-hook-job-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const groups: number[] = [];
  const ran: RanStep[] = [];
  try {
    for (const [number, run] of steps.entries()) {
      const log = join(folder, `step-${number}.log`);
      appendFileSync(log, '');
      const out = openSync(log, 'a');
      const script = join(folder, `step-${number}.sh`);
      writeFileSync(script, adapted(run));
      const child = spawn('bash', ['-e', script], {
        cwd: folder,
        env: { ...process.env, ...env },
        stdio: ['ignore', out, out],
        detached: true,
      });
      if (child.pid !== undefined) groups.push(child.pid);
      const [exitCode] = await once(child, 'exit');
      ran.push({ run, exitCode, said: readFileSync(log, 'utf8') });
      if (exitCode !== 0) break;
    }
    return ran;
  } finally {
    for (const group of groups) endGroup(group);
    rmSync(folder, { recursive: true });
  }
}

export function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
