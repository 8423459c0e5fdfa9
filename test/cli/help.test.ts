import { describe, expect, test } from 'vitest';
import { TAMPERINGS } from '../../src/webhook/tamper.js';
import { inqudHook } from '../world.js';

const COMMANDS = [
  'init',
  'check',
  'send',
  'verify',
  'simulate-retries',
  'burst',
  'listen',
  'forecast',
  'replay',
  'mock-api',
  'events',
  'completion',
];

async function help(...argv: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await inqudHook(argv);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

test('the help names every command, every exit code and what leaves the machine', async () => {
  const text = await help('--help');
  for (const command of COMMANDS) expect(text).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  for (const code of [0, 1, 2, 3, 70, 130]) expect(text).toMatch(new RegExp(`\\b${code} [a-z]`));
  expect(text).toContain('Nothing leaves this machine: no account, no relay, no telemetry.\n');
});

describe.each(COMMANDS)('the help of %s', (command) => {
  test('fits 80 columns', async () => {
    for (const line of (await help(command, '--help')).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  test('says how it is used, and shows examples that are spelled right', async () => {
    const text = await help(command, '--help');
    expect(text).toMatch(new RegExp(`^Usage: inqud-hook ${command} `));
    const [, examples = ''] = /\nExamples:\n(.*?)\n\n/s.exec(`${text}\n`) ?? [];
    const flags = examples.match(/--[a-z\d-]+/g) ?? [];
    for (const flag of flags) expect(text).toMatch(new RegExp(`^ .*${flag}\\b.* {2,}\\w`, 'm'));
    expect(examples).toContain(`inqud-hook ${command}`);
  });

  test('is the same with `help` before it', async () => {
    expect(await help('help', command)).toBe(await help(command, '--help'));
  });
});

test('the help of the program is the same whether commands are loaded for it or not', async () => {
  const { stdout: loaded } = await inqudHook(['--no-color', '--help']);
  for (const argv of [['--help'], ['-h']]) {
    expect((await inqudHook(argv)).stdout).toBe(loaded);
  }
});

test('the help of send names every way to tamper', async () => {
  const text = (await help('send', '--help')).replaceAll(/\s+/g, ' ');
  expect(text).toContain(`(choices: ${TAMPERINGS.map((how) => `"${how}"`).join(', ')})`);
});

test.each(['--version', '-v'])('%s prints the version and nothing else', async (flag) => {
  expect(await help(flag)).toBe('0.0.0-source\n');
});
