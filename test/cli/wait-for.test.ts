import { createServer, type RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SECRET } from '../conformance/shop.js';
import { freePort } from '../free-port.js';
import { inqudHook } from '../world.js';

const env = { INQUD_HOOK_SECRET: SECRET };
const LATER_MS = 600;

/** Starts a receiver a little later. */
async function startedLater(host: string): Promise<number> {
  const port = await freePort();
  const answer: RequestListener = (request, response) => {
    request.resume().on('end', () => response.end());
  };
  const server = createServer(answer);
  const timer = setTimeout(() => server.listen(port, host), LATER_MS);
  onTestFinished(() => {
    clearTimeout(timer);
    server.close();
    server.closeAllConnections();
  });
  return port;
}

describe('a receiver that is started meanwhile is waited for', () => {
  test.each([
    ['send', []],
    ['simulate-retries', ['--retries', '0']],
    ['check', ['--black-box', '--kind', 'checkout', '--rules', 'signature/valid-accepted']],
  ])('by %s', async (command, flags) => {
    const port = await startedLater('127.0.0.1');
    const words = [command, `${port}/hook`, '--wait-for', '30s', ...flags];
    expect(await inqudHook(words, { env })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('on the other loopback of localhost, and a terminal sees it', async () => {
    const port = await startedLater('::1');
    const shown: string[] = [];
    const ran = await inqudHook(['send', `localhost:${port}/hook`, '--wait-for', '30s'], {
      env,
      terminals: ['stderr'],
      onProgress: (text) => shown.push(text),
    });
    expect(ran.exitCode).toBe(0);
    expect(shown[0]).toBe(`waiting until localhost:${port} takes connections · 0s of 30s`);
  });
});

describe('when the time is over', () => {
  test.each(['send', 'simulate-retries', 'check'])(
    '%s says so and ends with 3',
    async (command) => {
      const port = await freePort();
      const words = [command, `${port}/hook`, '--wait-for', '300ms'];
      const ran = await inqudHook(words, { env });
      expect(ran).toMatchObject({ exitCode: 3, stdout: '' });
      expect(ran.stderr).toContain(`Nothing took connections on localhost:${port} within 300ms.`);
      expect(ran.stderr).toContain('raise --wait-for');
    },
  );

  test('a program hears it as an error', async () => {
    const words = ['send', `${await freePort()}/hook`, '--wait-for', '0', '--format', 'json'];
    const ran = await inqudHook(words, { env });
    expect(ran.exitCode).toBe(3);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code: 'unreachable-target' } });
  });
});

test('an interruption ends the wait', async () => {
  const interruption = new AbortController();
  const words = ['send', `${await freePort()}/hook`, '--wait-for', '1h'];
  setTimeout(() => interruption.abort(), LATER_MS);
  expect(await inqudHook(words, { env, signal: interruption.signal })).toMatchObject({
    exitCode: 130,
  });
});

test('what is there at once is not waited for', async () => {
  const ran = await inqudHook(['simulate-retries', '--wait-for', '1s'], { env });
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toContain('--wait-for does nothing without a URL.');
});
