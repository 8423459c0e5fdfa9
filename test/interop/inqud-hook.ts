import { fileURLToPath } from 'node:url';
import { type ProgramRun, runProgram } from '../programs/run-program.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));

export interface ToolOptions {
  readonly secret?: string;
  readonly input?: Uint8Array;
}

/** Runs the built program as a user does. */
export function inqudHook(
  args: readonly string[],
  { secret, input = new Uint8Array() }: ToolOptions = {},
): Promise<ProgramRun> {
  const { INQUD_HOOK_SECRET: _, ...env } = process.env;
  return runProgram(process.execPath, [BIN, ...args], {
    input,
    env: secret === undefined ? env : { ...env, INQUD_HOOK_SECRET: secret },
  });
}

/** The lines of `--format ndjson`. */
export function records(run: ProgramRun): readonly Record<string, unknown>[] {
  const lines = run.stdout.toString().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
