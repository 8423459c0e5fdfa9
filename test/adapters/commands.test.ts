import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { shellCommands } from '../../src/adapters/commands.js';
import type { CommandLimits } from '../../src/ports.js';
import { killGroup } from '../programs/kill-group.js';

const MUCH_LATER_MS = 5_000;
const LONG = 'sleep 600';

const run = (command: string, limits?: CommandLimits) =>
  shellCommands({ environment: process.env, killGroup }).run(command, { ORDER: '7' }, limits);

/** A command that writes its process down, and that of another it starts, before it does the rest. */
async function noted(rest: string) {
  const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'pids');
  const pids = async () => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => (line === '' ? [] : [Number(line)]));
  };
  return {
    command: `${LONG} & echo "$$\n$!" > ${file}; ${rest}`,
    haveStarted: () => expect.poll(pids).toHaveLength(2),
    haveEnded: async () => {
      for (const pid of await pids()) await expect.poll(() => isRunning(pid)).toBe(false);
    },
    areRunning: async () => (await pids()).map(isRunning),
    end: async () => {
      for (const pid of await pids()) if (isRunning(pid)) process.kill(pid);
    },
  };
}

/** What has ended, but whose end nobody has asked for yet, is a process still: a zombie. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  const state = stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

test('what a command writes is what it says', async () => {
  expect(await run('printf "order $ORDER"; echo aside >&2')).toBe('order 7');
});

test.each([
  ['ends with another code', 'echo "no database" >&2; exit 3', 'it ended with 3 (no database)'],
  ['does not exist', 'there-is-no-such-command-1', 'there is no such command'],
  ['is ended by a signal', 'kill -9 $$', 'it ended with a signal'],
])('a command that %s does not work, and it says why', async (_what, command, reason) => {
  await expect(run(command)).rejects.toMatchObject({
    code: 'failed-command',
    message: expect.stringContaining(reason),
  });
});

describe('a command is ended, with all it has started, when it', () => {
  const endless = 'cat /dev/zero';

  test.each([
    ['writes without end', endless, {}, 'wrote more than 1 MiB, which is all that is read'],
    ['writes too much', endless, { maxBytes: 1_000 }, 'wrote more than 1000 bytes'],
    ['takes too long', LONG, { timeoutMs: 300 }, 'had not ended after 0.3 s'],
    ['complains without end', 'cat /dev/zero >&2', { timeoutMs: 300 }, 'had not ended after 0.3 s'],
    ['does not want to end', `trap '' TERM; ${LONG}; ${LONG}`, { timeoutMs: 300 }, 'had not ended'],
  ])('%s', async (_what, rest, limits, reason) => {
    const { command, haveEnded } = await noted(rest);
    const startedMs = performance.now();
    await expect(run(command, limits)).rejects.toMatchObject({
      code: 'failed-command',
      message: expect.stringContaining(reason),
    });
    expect(performance.now() - startedMs).toBeLessThan(MUCH_LATER_MS);
    await haveEnded();
  });

  test('is interrupted', async () => {
    const { command, haveStarted, haveEnded } = await noted(LONG);
    const interruption = new AbortController();
    const running = run(command, { signal: interruption.signal });
    await haveStarted();
    interruption.abort();
    expect(await running).toBe('');
    await haveEnded();
    expect(await run('echo more', { signal: interruption.signal })).toBe('');
  });
});

test('what a command starts and leaves behind is left in peace, and not waited for', async () => {
  const { command, areRunning, end } = await noted('echo done');
  const startedMs = performance.now();
  expect(await run(command)).toBe('done\n');
  expect(performance.now() - startedMs).toBeLessThan(MUCH_LATER_MS);
  expect(await areRunning()).toEqual([false, true]);
  await end();
});
