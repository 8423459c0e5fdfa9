import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SUMMARIES } from '../../src/cli/summaries.js';
import { healthy } from '../receivers/hostile.js';
import type { RawReceiver } from '../receivers/raw-server.js';
import { runProcess } from './installed.js';

const BIN = fileURLToPath(new URL('../../bin/inqud-hook.js', import.meta.url));
const CAPTURES = fileURLToPath(new URL('../../fixtures/captures/captures.ndjson', import.meta.url));
const UNLOVED = ['--throw-deprecation', '--trace-warnings', '--pending-deprecation'];

let receiver: RawReceiver;
let folder: string;
let target: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inqud-hook-warnings-'));
  receiver = await healthy();
  const planned = ['simulate-retries', '--dry-run', '--format', 'json'];
  const { stdout } = await runProcess(process.execPath, [BIN, ...planned]);
  writeFileSync(join(folder, 'plan.json'), stdout);
  target = `${receiver.port}/webhooks`;
});

afterAll(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly words: readonly string[];
  /** Stops it when it has said this. */
  readonly interruptAfter?: string;
}

/** One run of each command that does what the command is for. `TARGET` is a receiver that answers 200. */
const RUNS: Readonly<Record<string, Run>> = {
  send: { words: ['TARGET', '--event', 'checkout.success'] },
  verify: { words: [CAPTURES, '--report', 'html=verify.html'] },
  'simulate-retries': { words: ['--chaos', '--resources', '20', '--report', 'html=run.html'] },
  replay: { words: [CAPTURES, 'TARGET', '--retries', '0', '--speed', '100000'] },
  listen: { words: ['0', '--out', 'caught.ndjson'], interruptAfter: 'Listening' },
  'mock-api': { words: ['0', '--plan', 'plan.json'], interruptAfter: 'http://127.0.0.1' },
  check: { words: ['TARGET', '--rules', 'signature/*', '--runs', '0'] },
  burst: { words: ['TARGET', '--rate', '50/s', '--for', '1s'] },
  forecast: { words: ['--rate', '20/min', '--outage', '3h', '--capacity', '100/min'] },
  events: { words: [] },
  init: { words: ['--yes'] },
  completion: { words: ['bash'] },
};

test('each command is among them', () => {
  expect(Object.keys(RUNS).sort()).toEqual(Object.keys(SUMMARIES).sort());
});

test.each(Object.entries(RUNS))('%s uses nothing that Node warns of', async (name, run) => {
  const words = [name, ...run.words.map((word) => (word === 'TARGET' ? target : word))];
  const { exitCode, stdout, stderr } = await runProcess(
    process.execPath,
    [...UNLOVED, BIN, ...words],
    { cwd: folder, env: { INQUD_HOOK_SECRET: 'fixture-secret' }, ...run },
  );
  expect(stderr).not.toMatch(/Warning:|DEP\d{4}|\n {4}at /);
  expect(stdout).not.toBe('');
  // Of the captures one is malformed, which is 2; a busy machine does not send a burst on time, which is 3.
  expect([0, 1, 2, 3, 130]).toContain(exitCode);
});
