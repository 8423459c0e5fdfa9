import { link, readdir, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import { type Folder, inqudHook, newFolder, type Ran } from '../world.js';

const SECRET = 'secret_value';
const env = { INQUD_HOOK_SECRET: SECRET };
/** Nothing listens there, and nothing is to be asked. */
const NOWHERE = 'http://127.0.0.1:9/';

const CAPTURE = Buffer.from(
  formatCapture({
    at: '2026-01-01T00:00:00.000Z',
    method: 'POST',
    path: '/',
    headers: [['X-Payload-Digest', '00']],
    body: Buffer.from('{}'),
  }),
);

/** Each way to write a file against each way to read one: the file is the last word but for the name. */
const COLLISIONS: readonly (readonly [
  title: string,
  argv: (read: string, written: string) => readonly string[],
])[] = [
  ['verify FILE --report', (read, to) => ['verify', read, '--report', `html=${to}`]],
  [
    'verify FILE --digest --report',
    (read, to) => ['verify', read, '--digest', 'ab', '--report', `html=${to}`],
  ],
  [
    'verify --secret-file --report',
    (read, to) => ['verify', 'package.json', '--secret-file', read, '--report', `html=${to}`],
  ],
  ['replay FILE --report', (read, to) => ['replay', read, NOWHERE, '--report', `html=${to}`]],
  [
    'replay --resign-file --report',
    (read, to) => [
      ...['replay', 'fixtures/events/payment/success.json', NOWHERE, '--from', 'raw'],
      ...['--resign', '--resign-file', read, '--report', `html=${to}`],
    ],
  ],
  [
    'forecast --rate FILE --report',
    (read, to) => ['forecast', '--rate', read, '--outage', '1h', '--report', `html=${to}`],
  ],
  [
    'simulate-retries --secret-file --save-plan',
    (read, to) => ['simulate-retries', '--secret-file', read, '--save-plan', to, '--dry-run'],
  ],
  [
    'simulate-retries --secret-file --report',
    (read, to) => ['simulate-retries', '--secret-file', read, '--report', `html=${to}`],
  ],
  [
    'burst --secret-file --report',
    (read, to) => ['burst', NOWHERE, '--secret-file', read, '--report', `html=${to}`],
  ],
  [
    'check --secret-file --report',
    (read, to) => ['check', NOWHERE, '--secret-file', read, '--report', `junit=${to}`],
  ],
  [
    'check --secret-file --save',
    (read, to) => ['check', NOWHERE, '--secret-file', read, '--save', to],
  ],
  [
    'listen --secret-file --out',
    (read, to) => ['listen', '0', '--secret-file', read, '--out', to, '--for', '1ms'],
  ],
  [
    'listen --secret-file --redact-to',
    (read, to) => [
      ...['listen', '0', '--secret-file', read, '--out', `${to}.out`, '--for', '1ms'],
      ...['--redact-to', to, '--redact', 'id'],
    ],
  ],
];

/** The name a file is given the second time. */
const OTHER_NAMES: readonly (readonly [
  string,
  (path: string, folder: Folder) => Promise<string>,
])[] = [
  ['the same name', async (path) => path],
  [
    'another spelling',
    async (_, folder) => `${folder.path}/../${folder.path.split('/').at(-1)}/read`,
  ],
  [
    'a symbolic link',
    async (path, folder) => {
      await symlink(path, folder.at('link'));
      return folder.at('link');
    },
  ],
  [
    'a hard link',
    async (path, folder) => {
      await link(path, folder.at('hard'));
      return folder.at('hard');
    },
  ],
];

/** Without the breaks of its lines. */
function said({ stderr }: Ran): string {
  return stderr.replace(/\s+/g, ' ');
}

describe('a file that a command reads is not written over', () => {
  for (const [title, argv] of COLLISIONS) {
    test.each(OTHER_NAMES)(`${title}: %s`, async (_, otherName) => {
      const folder = await newFolder();
      const path = await folder.write('read', CAPTURE);
      const other = await otherName(path, folder);
      const ran = await inqudHook(argv(path, other), { env });
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(said(ran)).toContain(
        `✗ ${other} is read by this command, which does not write over it.`,
      );
      expect(await folder.read('read')).toBe(CAPTURE.toString());
    });
  }

  test('nor a plan, a configuration, a baseline, or what is delivered again', async () => {
    const folder = await newFolder();
    const { stdout } = await inqudHook(['simulate-retries', '--dry-run']);
    const plan = await folder.write('plan.json', stdout);
    const config = await folder.write('config.json', JSON.stringify({ check: { url: NOWHERE } }));
    const words = [
      ['simulate-retries', '--plan', plan, '--report', `html=${plan}`],
      ['check', '--config', config, '--report', `html=${config}`],
      ['check', '--config', config, '--save', config],
    ];
    for (const argv of words) {
      const ran = await inqudHook(argv, { env });
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(said(ran)).toMatch(/is read by this command, which does not write over it\. /);
    }
    expect(await folder.read('plan.json')).toBe(stdout);
  });

  test('nor a file of a folder or of a pattern', async () => {
    const folder = await newFolder();
    const path = await folder.write('read', CAPTURE);
    for (const input of [folder.path, folder.at('r*')]) {
      const ran = await inqudHook(['verify', input, '--report', `html=${path}`], { env });
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    }
    expect(await folder.read('read')).toBe(CAPTURE.toString());
  });

  test('nor a body that a script names', async () => {
    const folder = await newFolder();
    const body = await folder.write('body.json', '{"id":"PMT-1"}');
    const script = await folder.write(
      'script.sh',
      "curl -X POST https://example.org/ -H 'X-Payload-Digest: 00' --data-binary @body.json\n",
    );
    await inqudHook(['verify', script, '--report', `html=${body}`], { env });
    expect(await folder.read('body.json')).toBe('{"id":"PMT-1"}');
  });
});

test('two reports do not go into one file', async () => {
  const folder = await newFolder();
  const page = folder.at('page.html');
  const argv = ['simulate-retries', '--save-plan', page, '--report', `html=${page}`];
  const ran = await inqudHook(argv);
  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(said(ran)).toContain(`✗ ${page} is to be written twice`);
  expect(await readdir(folder.path)).toEqual([]);
});

test('a device takes as many reports as it is given', async () => {
  const argv = ['simulate-retries', '--save-plan', '/dev/null', '--report', 'html=/dev/null'];
  const ran = await inqudHook([...argv, '--receiver', 'healthy']);
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
  [['simulate-retries', '--save-plan', '-']],
  [['simulate-retries', '--report', 'html=-']],
  [['forecast', '--rate', '1/min', '--outage', '1h', '--report', 'html=-']],
  [['listen', '0', '--out', '-', '--for', '1ms']],
])('%j: no file is called -', async (argv) => {
  const ran = await inqudHook(argv);
  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(said(ran)).toContain('✗ `-` is no file to write: standard output has a report already.');
});
