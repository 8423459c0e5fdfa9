import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Milliseconds from the start of a Node process to its end. Throws when it ends badly. */
export async function processMs(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      const ms = performance.now() - startedMs;
      if (exitCode === 0) resolve(ms);
      else text(child.stderr).then((words) => reject(new Error(`${args.join(' ')}: ${words}`)));
    });
  });
  return exit;
}

const TIMED = 'TIMEFORMAT="%U %S"; { time "$@" 2>&3; } 3>/dev/null';

/**
 * Milliseconds that the processors were at work for a Node process, in all its threads. What else the
 * machine does lengthens it less than it does the wait. Throws when the process ends badly.
 */
export async function processCpuMs(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const child = spawn('bash', ['-c', TIMED, 'bash', process.execPath, ...args], {
    env: { ...env, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(child, 'exit');
  const seconds = (await text(child.stderr)).trim().split(' ').map(Number);
  const [exitCode] = await exit;
  if (exitCode !== 0) throw new Error(`${args.join(' ')}: exit ${exitCode}`);
  return seconds.reduce((sum, part) => sum + part, 0) * 1000;
}

/** What a process prints as JSON. */
export async function processResult(args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout));
}
