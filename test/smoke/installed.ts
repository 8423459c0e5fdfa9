import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const INGREDIENTS = [
  '.config',
  'bin',
  'fixtures',
  'man',
  'src',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  'tsconfig.json',
];

/** The package as a user has it: built, packed and installed in an empty folder. */
export interface Installed {
  /** Files of the tarball, from its root. */
  readonly files: readonly string[];
  /** The folder in which it was installed. */
  readonly folder: string;
  /** The package as it is published. */
  readonly tarball: string;
  /** The command that a user types. */
  readonly command: string;
  /** Where the package itself went. */
  at(path: string): string;
  remove(): void;
}

/** Builds beside the tree, so that nothing that runs the tree's own build is disturbed. */
export async function buildPackAndInstall(): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), 'inqud-hook-package-'));
  const source = join(folder, 'source');
  for (const name of INGREDIENTS) {
    cpSync(join(ROOT, name), join(source, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'));
  await run('node', ['.config/build.mjs'], source);
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json'], source);
  const [{ filename, files }] = JSON.parse(packed);
  const home = join(folder, 'home');
  cpSync(join(source, filename), join(home, filename));
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', filename], home);
  return {
    files: files.map(({ path }: { readonly path: string }) => path),
    folder: home,
    tarball: join(home, filename),
    command: join(home, 'node_modules/.bin/inqud-hook'),
    at: (path) => join(home, 'node_modules/inqud-hook', path),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function run(program: string, words: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program, words, { cwd });
  return stdout;
}

/** How a process ended, and what it said. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string | 'stays open';
  /** Sends the process SIGINT as soon as it has said this. */
  readonly interruptAfter?: string;
}

/** Runs a real process, with an environment that says nothing about colours. */
export async function runProcess(
  program: string,
  words: readonly string[],
  { env, cwd, stdin = '', interruptAfter }: ProcessOptions = {},
): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const child = spawn(program, words, {
    cwd,
    env: { PATH, HOME, TERM: 'xterm-256color', ...env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = said.stdout;
    said.stdout += text;
    if (interruptAfter === undefined || before.includes(interruptAfter)) return;
    if (said.stdout.includes(interruptAfter)) child.kill('SIGINT');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  // A program that asks for nothing may have ended by then.
  child.stdin.on('error', () => undefined);
  if (stdin !== 'stays open') child.stdin.end(stdin);
  const [exitCode] = await once(child, 'close');
  return { exitCode, ...said };
}

/** Whether a program is on this machine. */
export function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, name)));
}
