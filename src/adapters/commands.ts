import { exec } from 'node:child_process';
import { HookError } from '../errors.js';
import type { Commands } from '../ports.js';

const LIMIT_MS = 30_000;
const OUTPUT_BYTES = 16 * 1024 * 1024;
/** What a shell says of a command that does not exist, or that cannot be run. */
const NOT_RUN = [126, 127];

/** Processes under way at once: more of them would only wait for a processor. */
const AT_ONCE = 4;

/** Runs commands through the shell, with these variables beside the environment. */
export function shellCommands(environment: Readonly<Record<string, string | undefined>>): Commands {
  const waiting: (() => void)[] = [];
  let places = AT_ONCE;
  const place = () => {
    places -= 1;
    return places >= 0 ? undefined : new Promise<void>((start) => waiting.push(start));
  };
  return {
    run: async (command, variables) => {
      await place();
      try {
        return await runOnce(command, { ...environment, ...variables });
      } finally {
        places += 1;
        waiting.shift()?.();
      }
    },
  };
}

function runOnce(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: LIMIT_MS, maxBuffer: OUTPUT_BYTES };
    const child = exec(command, { env, ...limits }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(failure(command, error.code, stderr));
    });
    child.stdin?.on('error', () => undefined).end();
  });
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
