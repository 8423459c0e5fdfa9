import { exec } from 'node:child_process';
import { HookError } from '../errors.js';
import type { Commands } from '../ports.js';

const LIMIT_MS = 30_000;
const OUTPUT_BYTES = 16 * 1024 * 1024;
/** What a shell says of a command that does not exist, or that cannot be run. */
const NOT_RUN = [126, 127];

/** Runs commands through the shell, with these variables beside the environment. */
export function shellCommands(environment: Readonly<Record<string, string | undefined>>): Commands {
  return {
    run: (command, variables) =>
      new Promise((resolve, reject) => {
        const env = { ...environment, ...variables };
        const limits = { timeout: LIMIT_MS, maxBuffer: OUTPUT_BYTES };
        const child = exec(command, { env, ...limits }, (error, stdout, stderr) => {
          if (error === null) resolve(stdout);
          else reject(failure(command, error.code, stderr));
        });
        child.stdin?.end();
      }),
  };
}

function failure(command: string, code: unknown, stderr: string): HookError {
  const [said = ''] = stderr.trim().split('\n').slice(-1);
  const reason = NOT_RUN.includes(Number(code))
    ? 'there is no such command'
    : `it ended with ${code}`;
  return new HookError(
    'failed-command',
    `\`${command}\` does not work: ${reason}${said === '' ? '' : ` (${said})`}.`,
    'Try it in a shell; it gets INQUD_HOOK_ID and the like in its environment.',
  );
}
