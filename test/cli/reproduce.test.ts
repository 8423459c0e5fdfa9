import { expect, test } from 'vitest';
import { replayCommand, reproduceCommand } from '../../src/cli/reproduce.js';

test('a replay keeps what says how to reach and read the receiver, and nothing else', () => {
  const typed = 'check 3000/hook --state-url 3000/o/{id} --prepare ./make --runs 9 --format=json';
  const argv = [...typed.split(' '), '--rules', 'search/*', '--report', 'junit=out.xml'];
  expect(replayCommand(argv, 'failing.json')).toBe(
    "inqud-hook check 3000/hook --state-url '3000/o/{id}' --prepare ./make --replay failing.json",
  );
});

test('the value of a header of the state is taken from a variable instead', () => {
  const typed = ['--state-header', 'Authorization: Bearer hush', '--state-header=X-Shop: hush'];
  expect(replayCommand(['check', '3000', ...typed], 'f.json')).toBe(
    "inqud-hook check 3000 --state-header-env 'Authorization: INQUD_HOOK_STATE_AUTHORIZATION' --state-header-env 'X-Shop: INQUD_HOOK_STATE_X_SHOP' --replay f.json",
  );
});

test('a secret that was typed is not shown', () => {
  expect(replayCommand(['check', '3000', '--secret', 'hush'], 'f.json')).toBe(
    'inqud-hook check 3000 --secret-env INQUD_HOOK_SECRET --replay f.json',
  );
});

test('nor is one that was typed to find a mix-up', () => {
  for (const typed of [['--also-secret', 'hush'], ['--also-secret=hush']]) {
    expect(reproduceCommand(['verify', 'c.ndjson', ...typed], undefined)).toBe(
      'inqud-hook verify c.ndjson --also-secret-env INQUD_HOOK_ALSO_SECRET',
    );
  }
});
