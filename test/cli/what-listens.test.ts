import { expect, test } from 'vitest';
import { freePort } from '../free-port.js';
import { inqudHook } from '../world.js';

const env = { INQUD_HOOK_SECRET: 'x' };

test.each([
  ['send', []],
  ['simulate-retries', ['--retries', '0']],
  ['check', ['--black-box', '--rules', 'signature/valid-accepted', '--runs', '0']],
  ['send', ['--wait-for', '10ms']],
])('%s %j says what listens where nothing listens on the target', async (command, flags) => {
  const port = await freePort();
  const listening = [{ port: 3001, on: ['127.0.0.1'] }] as const;
  const ran = await inqudHook([command, `${port}`, ...flags], { env, listening });
  expect(ran.exitCode).toBe(3);
  expect(ran.stderr).toContain('! Port 3001 of this machine takes connections. Is it yours?\n');
});

test('a target on another machine is no matter of ours', async () => {
  const listening = [{ port: 3001, on: ['127.0.0.1'] }] as const;
  const outside = { takesConnections: async () => false };
  const words = ['send', 'http://192.0.2.1:9', '--allow-remote', '--wait-for', '1ms'];
  const ran = await inqudHook(words, { env, listening, outside });
  expect(ran.stderr).not.toContain('3001');
});
