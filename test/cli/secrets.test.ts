import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import * as hostile from '../receivers/hostile.js';
import { correct, recording } from '../receivers/recording.js';
import { inqudHook, newFolder, type WorldOptions } from '../world.js';

const SECRET = 'hunter2-and-more';
const env = { INQUD_HOOK_SECRET: SECRET };

/** Runs in every format, and looks for the secret in whatever is said. */
async function runsWithoutShowingIt(argv: readonly string[], options: WorldOptions = {}) {
  const [command = '', ...rest] = argv;
  for (const format of ['pretty', 'json', 'ndjson']) {
    const ran = await inqudHook([command, '--format', format, ...rest], options);
    expect(ran.stdout + ran.stderr).not.toContain('hunter2');
  }
}

const SOURCES: readonly (readonly [name: string, flags: readonly string[], WorldOptions])[] = [
  ['$INQUD_HOOK_SECRET', [], { env }],
  ['--secret-env', ['--secret-env', 'SHOP'], { env: { SHOP: SECRET } }],
  ['--secret-file -', ['--secret-file', '-'], { stdin: SECRET }],
  ['--secret', ['--secret', SECRET], {}],
  ['--secret=', [`--secret=${SECRET}`], {}],
];

test.each(SOURCES)('a secret from %s is never shown', async (_name, flags, options) => {
  const folder = await newFolder();
  const body = await folder.write('body.json', '{}');
  const receiver = await correct(SECRET);
  const failing = await recording(() => ({ status: 500, body: 'no' }));
  const nobody = await hostile.refusing();
  for (const argv of [
    ['send', receiver.url],
    ['send', failing.url, '--count', '2'],
    ['send', nobody],
    ['send', receiver.url, '--tamper', 'other-secret'],
    ['send', receiver.url, '--dry-run'],
    ['send', 'no such url'],
    ['send', receiver.url, '--event', 'checkout.paid'],
    ['verify', body, '--digest', 'abc'],
    ['verify', 'none.json'],
    ['simulate-retries', receiver.url],
    ['simulate-retries', failing.url, '--retries', '1'],
    ['simulate-retries', '--receiver', 'healthy', '--dry-run'],
    ['simulate-retries', '--receiver', 'nope'],
    ['simulate-retries', receiver.url, '--chaos', '--seed', '2'],
  ]) {
    await runsWithoutShowingIt([...argv, ...flags], options);
  }
});

test('a secret given to find a mix-up is never shown, even when it is the one that fits', async () => {
  const folder = await newFolder();
  const body = await folder.write('body.json', '{}');
  const digest = createHmac('sha1', SECRET).update('{}').digest('hex');
  const argv = ['verify', body, '--digest', digest, '--also-secret', SECRET];
  const options = { env: { INQUD_HOOK_SECRET: 'another' } };
  expect((await inqudHook(argv, options)).exitCode).toBe(1);
  await runsWithoutShowingIt(argv, options);
});

test('a secret is in no plan', async () => {
  const folder = await newFolder();
  await inqudHook(['simulate-retries', '--save-plan', folder.at('p.json'), '--dry-run'], { env });
  expect(await folder.read('p.json')).not.toContain('hunter2');
});

test.each([
  [['--secret', SECRET, 'send', '1']],
  [[`--secret=${SECRET}`, 'send', '1']],
  [['send', '1', `--secert=${SECRET}`]],
  [['send', '1', '--secert', SECRET]],
  [['send', '1', `-s${SECRET}`]],
  [['send', '1', SECRET]],
  [['send', '1', '--secret-env', SECRET]],
  [['send', '1', '--secret', SECRET, '--secret', SECRET]],
  [['verify', '--secret', SECRET]],
])('a secret in the wrong place of a command line is not repeated: %j', async (argv) => {
  const ran = await inqudHook(argv);
  expect(ran.exitCode).toBe(2);
  expect(ran.stdout + ran.stderr).not.toContain('hunter2');
});

test('a command to reproduce a run asks for the secret instead of showing it', async () => {
  const receiver = await recording(() => ({ status: 500 }));
  const argv = ['send', receiver.url, '--secret', SECRET, '--seed', '1'];
  expect((await inqudHook(argv)).stdout).toContain(
    `reproduce: inqud-hook send ${receiver.url} --secret-env INQUD_HOOK_SECRET --seed 1\n`,
  );
});

test('a secret file of UTF-16 is told as that, and not used as a key', async () => {
  const folder = await newFolder();
  const body = await folder.write('body.json', '{}');
  const little = Buffer.from(`${SECRET}\r\n`, 'utf16le');
  const forms = [
    Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(little).swap16()]),
    little,
    Buffer.from(little).swap16(),
  ];
  for (const bytes of forms) {
    const file = await folder.write('secret.txt', bytes);
    const argv = ['verify', body, '--digest', 'x', '--secret-file'];
    const fromFile = await inqudHook([...argv, file]);
    const piped = await inqudHook([...argv, '-'], { stdin: bytes });
    for (const ran of [fromFile, piped]) {
      expect(ran.exitCode).toBe(2);
      expect(ran.stderr).toContain('is UTF-16');
      expect(ran.stderr).not.toContain('hunter2');
    }
  }
});
