import { expect, test } from 'vitest';
import { replayCommand, reproduceCommand, type Started } from '../../src/cli/reproduce.js';
import { startedAs } from '../../src/cli/started-as.js';

test('a replay keeps what says how to reach and read the receiver, and nothing else', () => {
  const typed = 'check 3000/hook --state-url 3000/o/{id} --prepare ./make --runs 9 --format=json';
  const argv = [...typed.split(' '), '--rules', 'search/*', '--report', 'junit=out.xml'];
  expect(replayCommand(started(argv), 'failing.json')).toBe(
    "inqud-hook check 3000/hook --state-url '3000/o/{id}' --prepare ./make --replay failing.json",
  );
});

test('the value of a header of the state is taken from a variable instead', () => {
  const typed = ['--state-header', 'Authorization: Bearer hush', '--state-header=X-Shop: hush'];
  expect(replayCommand(started(['check', '3000', ...typed]), 'f.json')).toBe(
    "inqud-hook check 3000 --state-header-env 'Authorization: INQUD_HOOK_STATE_AUTHORIZATION' --state-header-env 'X-Shop: INQUD_HOOK_STATE_X_SHOP' --replay f.json",
  );
});

test('a secret that was typed is not shown', () => {
  expect(replayCommand(started(['check', '3000', '--secret', 'hush']), 'f.json')).toBe(
    'inqud-hook check 3000 --secret-env INQUD_HOOK_SECRET --replay f.json',
  );
});

test('nor is one that was typed to find a mix-up', () => {
  for (const typed of [['--also-secret', 'hush'], ['--also-secret=hush']]) {
    expect(reproduceCommand(started(['verify', 'c.ndjson', ...typed]), undefined)).toBe(
      'inqud-hook verify c.ndjson --also-secret-env INQUD_HOOK_ALSO_SECRET',
    );
  }
});

test.each([
  ['as it is installed', [], '/usr/local/bin/inqud-hook', 'inqud-hook'],
  ['with flags of Node that change nothing', ['--no-warnings'], '/bin/inqud-hook', 'inqud-hook'],
  [
    'with variables in a file',
    ['--no-warnings', '--env-file=.env'],
    '/shop/node_modules/.bin/inqud-hook',
    'node --env-file=.env node_modules/.bin/inqud-hook',
  ],
  [
    'with variables in two files, from elsewhere',
    ['--env-file', '.env', '--env-file-if-exists=.env.local'],
    '/tools/my hooks/bin/inqud-hook.js',
    "node --env-file .env --env-file-if-exists=.env.local '/tools/my hooks/bin/inqud-hook.js'",
  ],
])('a program that was started %s is started so again', (_how, nodeFlags, program, shown) => {
  const world = { startedAs: () => startedAs(nodeFlags, program, () => '/shop') };
  const again = reproduceCommand({ argv: ['verify', 'c.ndjson'], world }, undefined);
  expect(again).toBe(`${shown} verify c.ndjson`);
});

function started(argv: readonly string[]): Started {
  return { argv, world: { startedAs: () => ['inqud-hook'] } };
}
