// `npm run test:nodes` runs the package with every Node that is alive, and the suite with one of them.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runProgram } from '../programs/run-program.js';
import { type NodeBinary, nodeBinary } from './node-binary.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VITEST = 'node_modules/vitest/vitest.mjs';
const SUITE = 'test/vitest.config.ts';
const PROGRAMS = 'test/vitest.programs.config.ts';
const BENCH = 'test/bench/run.ts';
const SMOKE = ['test/smoke/package.test.ts', 'test/smoke/warnings.test.ts'];

const { versions, suite } = JSON.parse(
  readFileSync(new URL('versions.json', import.meta.url), 'utf8'),
);
const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    suite: { type: 'string', default: suite },
    'start-up': { type: 'boolean', default: false },
  },
});

const START_UP = 'start-up';
const failures: string[] = [];
for (const version of flags.only ?? versions) {
  const node = await nodeBinary(version);
  await step(node, 'npm ci without a warning', () => installs(node));
  await step(node, 'the package', () => vitest(node, PROGRAMS, SMOKE));
  if (version === flags.suite) await step(node, 'the suite', () => vitest(node, SUITE, []));
  if (flags['start-up']) await step(node, START_UP, () => startsUp(node));
}
for (const failure of failures) print(`✗ ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function step({ version }: NodeBinary, what: string, run: () => Promise<Said>) {
  const startedMs = performance.now();
  const { isRight, output } = await run();
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(0);
  print(`${isRight ? '✓' : '✗'} Node ${version}: ${what}, in ${seconds} s`);
  if (!isRight || what === START_UP) print(output);
  if (!isRight) failures.push(`Node ${version}: ${what}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Said {
  readonly isRight: boolean;
  readonly output: string;
}

/** As a newcomer does it, but for the build: that needs no network, and the smoke test does it. */
async function installs(node: NodeBinary): Promise<Said> {
  const folder = mkdtempSync(join(tmpdir(), 'inqud-hook-npm-ci-'));
  try {
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
      cpSync(join(ROOT, name), join(folder, name));
    }
    const ended = await said(node, 'npm', ['ci', '--ignore-scripts', '--prefer-offline'], folder);
    const isSilent = !/\bwarn|Warning:/i.test(ended.output);
    return { ...ended, isRight: ended.isRight && isSilent };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function vitest(node: NodeBinary, config: string, files: readonly string[]): Promise<Said> {
  return said(node, node.path, [VITEST, 'run', '--reporter=dot', '--config', config, ...files]);
}

/** What a command costs over a Node that does nothing; how many times as long it takes hangs on that Node. */
async function startsUp(node: NodeBinary): Promise<Said> {
  const { output } = await said(node, node.path, ['--import', 'tsx', BENCH, 'start-up']);
  const lines = output.split('\n').filter((line) => line.startsWith('CPU of '));
  const isRight = lines.length > 0 && lines.every((line) => line.includes('✓'));
  return { isRight, output: isRight ? lines.join('\n') : output };
}

/** Runs a program that finds this Node first. */
async function said(
  node: NodeBinary,
  program: string,
  words: readonly string[],
  cwd: string = ROOT,
): Promise<Said> {
  const PATH = [node.folder, process.env['PATH']].join(delimiter);
  const env = { ...process.env, PATH, NO_COLOR: '1' };
  const { exitCode, stdout, stderr } = await runProgram(program, words, { cwd, env });
  return { isRight: exitCode === 0, output: `${stdout}${stderr}` };
}
