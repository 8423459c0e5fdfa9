import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rolldown } from 'rolldown';

const MAIN = new URL('../../../src/main.ts', import.meta.url).pathname;

/** The program, bundled for tests that need a process which starts fast. */
export interface BuiltProgram {
  readonly file: string;
  remove(): void;
}

export async function buildProgram(): Promise<BuiltProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'inqud-hook-program-'));
  const bundle = await rolldown({ input: { main: MAIN }, platform: 'node', logLevel: 'silent' });
  await bundle.write({ dir: folder, format: 'cjs', entryFileNames: '[name].cjs' });
  await bundle.close();
  const remove = () => rmSync(folder, { recursive: true });
  return { file: join(folder, 'main.cjs'), remove };
}

/** A listener in a process of its own. */
export interface ListenerProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Resolves when the process is gone. */
  readonly ended: Promise<unknown>;
}

/** Starts it on a free port; resolves when it is ready. */
export async function startListenerProcess(
  { file }: BuiltProgram,
  args: readonly string[],
): Promise<ListenerProcess> {
  const words = [file, 'listen', '0', '--format', 'ndjson', ...args];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [ready] = await once(lines, 'line');
  return { child, port: JSON.parse(String(ready)).port, ended };
}
