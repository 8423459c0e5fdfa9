import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.js';
import { SECRET } from './client.js';
import type { BrokenReceiver, CorrectReceiver, Receiver } from './receiver.js';
import type { Named } from './registry.js';

const ROOT = new URL('../../', import.meta.url);
/** The built program, or its source where nothing is built. */
const PROGRAM = existsSync(new URL('dist/cli/main.cjs', ROOT))
  ? [fileURLToPath(new URL('bin/inqud-hook.js', ROOT))]
  : ['--import', 'tsx', fileURLToPath(new URL('src/main.ts', ROOT))];
const RECEIVER_LIMIT_MS = 180_000;

/** One rule's entry in the JSON document of `check`. */
export interface Result {
  readonly id: string;
  readonly severity: string;
  readonly status: string;
}

/** What `check` said of one receiver. */
export interface CheckRun {
  readonly exitCode: number;
  readonly results: readonly Result[];
  readonly ms: number;
  /** What it printed, for when that is no document. */
  readonly text: string;
}

export type Subject = Named<CorrectReceiver | BrokenReceiver>;

/** Starts the receiver, lets the built program check it, and stops it. */
export async function checkReceiver(
  subject: Subject,
  flags: readonly string[] = [],
): Promise<CheckRun> {
  const apiPort = subject.asksApi ? await freePort() : undefined;
  const apiUrl = apiPort === undefined ? undefined : `http://127.0.0.1:${apiPort}`;
  const receiver = await subject.start({ secret: SECRET, apiUrl });
  const apiFlags = apiPort === undefined ? [] : ['--mock-api', String(apiPort)];
  try {
    return await runCheck([...flagsFor(receiver), ...apiFlags, ...(subject.flags ?? []), ...flags]);
  } finally {
    await receiver.close();
  }
}

/** What is wrong with the verdict, or nothing. */
export function complaints(subject: Subject, { exitCode, results, text }: CheckRun): string[] {
  if (results.length === 0) return [`exit ${exitCode}, no results: ${text.slice(0, 300)}`];
  return subject.kind === 'correct'
    ? complaintsOfCorrect(exitCode, results)
    : complaintsOfBroken(subject, exitCode, results);
}

function complaintsOfCorrect(exitCode: number, results: readonly Result[]): string[] {
  const wrong = results
    .filter(({ severity }) => severity !== 'advisory')
    .filter(({ status }) => status !== 'pass' && status !== 'skipped')
    .map(({ id, status }) => `${id} ${status}`);
  return exitCode === 0 ? wrong : [...wrong, `exit ${exitCode}`];
}

/** A broken must ends the run with 1; a broken should or advisory is told without failing it. */
function complaintsOfBroken(
  { rule }: BrokenReceiver,
  exitCode: number,
  results: readonly Result[],
): string[] {
  const own = results.find(({ id }) => id === rule);
  if (own?.status !== 'fail') return [`${rule} ${own?.status ?? 'absent'}`];
  return own.severity !== 'must' || exitCode === 1 ? [] : [`exit ${exitCode}`];
}

function flagsFor({ url, stateUrl, faultOn, faultOff, prepare }: Receiver): readonly string[] {
  const target = [url, '--state-url', stateUrl, '--fault-on', faultOn, '--fault-off', faultOff];
  return prepare === undefined ? target : [...target, '--prepare', prepare];
}

/** Runs the built program's `check` with these words after it. */
export function runCheck(args: readonly string[]): Promise<CheckRun> {
  const started = performance.now();
  const env = { ...process.env, INQUD_HOOK_SECRET: SECRET };
  const options = { env, cwd: tmpdir(), timeout: RECEIVER_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    const all = [...PROGRAM, 'check', ...args, '--format', 'json'];
    const child = execFile(process.execPath, all, options, (_error, stdout, stderr) => {
      resolve({
        exitCode: child.exitCode ?? -1,
        results: resultsIn(stdout),
        ms: performance.now() - started,
        text: stdout + stderr,
      });
    });
  });
}

function resultsIn(stdout: string): readonly Result[] {
  try {
    const { results = [] }: { results?: readonly Result[] } = JSON.parse(stdout);
    return results;
  } catch {
    return [];
  }
}
