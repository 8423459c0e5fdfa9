import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

export interface ProgramRun {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly input?: Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Runs a program to its end. */
export async function runProgram(
  path: string,
  args: readonly string[],
  { input = new Uint8Array(), env = process.env, cwd = process.cwd() }: ProgramOptions = {},
): Promise<ProgramRun> {
  const child = spawn(path, args, { env, cwd });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  // A program that ends without reading its input closes the pipe: its exit code says more.
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr, exitCode] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    exit,
  ]);
  return { exitCode, stdout, stderr: stderr.toString() };
}

/** What a program prints; throws with its own words when it does not end well. */
export async function outputOf(
  path: string,
  args: readonly string[],
  options?: ProgramOptions,
): Promise<Buffer> {
  const { exitCode, stdout, stderr } = await runProgram(path, args, options);
  if (exitCode !== 0) throw new Error(`${path} ended with ${exitCode}: ${stderr}`);
  return stdout;
}
