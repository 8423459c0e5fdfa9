import { spawn } from 'node:child_process';
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

/** What a process prints as JSON. */
export async function processResult(args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout));
}
