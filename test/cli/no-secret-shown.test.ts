import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { REPORT_FORMATS } from '../../src/cli/check/flags.js';
import { checkReceiver } from '../../src/library/check-receiver.js';
import { Secret } from '../../src/library/index.js';
import { matchers } from '../../src/library/matcher.js';
import { inMarkdown, inMarkdownCode } from '../../src/report/foreign-text.js';
import { shellWord } from '../../src/report/shell-words.js';
import { credulous, openShop } from '../conformance/shop.js';
import { listenRaw } from '../receivers/raw-server.js';
import { inqudHook, newFolder, type Ran, type WorldOptions } from '../world.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

const SECRET = `Zq9"vault/+ k_e-y&7'|x`;
const KNOWN = { INQUD_HOOK_SECRET: SECRET };
/** The secret as text, JSON, URLs, XML and Markdown write it. */
const FORMS = [
  SECRET,
  JSON.stringify(SECRET).slice(1, -1),
  encodeURIComponent(SECRET),
  encodeURI(SECRET),
  SECRET.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
  SECRET.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
  inMarkdown(SECRET),
  inMarkdownCode(SECRET).slice(1, -1),
  shellWord(SECRET).slice(1, -1),
  JSON.stringify(shellWord(SECRET)).slice(2, -2),
  SECRET.slice(0, 10),
];

const FORMATS = ['pretty', 'json', 'ndjson'];

function expectNoSecret({ exitCode, stdout, stderr }: Omit<Ran, 'stdoutBytes'>): void {
  expect(exitCode).not.toBe(70);
  const said = `${stdout}\n${stderr}`.replaceAll(/\s+/g, ' ');
  for (const form of FORMS) expect(said).not.toContain(form);
}

/** Lines of answers that reports cut off somewhere in the secret. */
const CUT = Array.from(
  { length: 4 },
  (_, at) => `${'y'.repeat(54 + 3 * at)} ${SECRET}${SECRET}`,
).join('\n');

/** Answers every request with what it got and with the secret. */
async function echo(): Promise<string> {
  const receiver = await listenRaw({
    onRequest: (socket) => {
      const body = `{"error":"bad","secret":${JSON.stringify(SECRET)}} ${SECRET}${'x'.repeat(56)}\n${CUT}`;
      socket.end(`HTTP/1.1 401 No\r\nX-Secret: ${SECRET}\r\nConnection: close\r\n\r\n${body}`);
    },
  });
  onTestFinished(() => receiver.close());
  return receiver.url;
}

describe('a secret that is known is masked, wherever it comes back:', () => {
  const scenes: readonly (readonly [string, (url: string) => readonly string[], WorldOptions])[] = [
    ['from the variable', (url) => ['send', url], { env: KNOWN }],
    ['from a flag', (url) => ['send', url, '--secret', SECRET], {}],
    ['from a flag in one word', (url) => ['send', url, `--secret=${SECRET}`], {}],
    [
      'from another variable',
      (url) => ['send', url, '--secret-env', 'MINE'],
      { env: { MINE: SECRET } },
    ],
    ['from standard input', (url) => ['send', url, '--secret-file', '-'], { stdin: `${SECRET}\n` }],
    [
      'in a header of ours',
      (url) => ['send', url, '--header', `Authorization: ${SECRET}`],
      { env: KNOWN },
    ],
    ['in a change', (url) => ['send', url, '--set', `id=${SECRET}`], { env: KNOWN }],
    ['in a seed', (url) => ['send', url, '--seed', SECRET], { env: KNOWN }],
    ['in the URL', (url) => ['send', `${url}?token=${encodeURIComponent(SECRET)}`], { env: KNOWN }],
    ['in a run', (url) => ['simulate-retries', url, '--retries', '0'], { env: KNOWN }],
    [
      'in a plan',
      (url) => ['simulate-retries', url, '--set', `id=${SECRET}`, '--dry-run'],
      { env: KNOWN },
    ],
    ['in a mistake', () => ['send', `http://${SECRET}:1`], { env: KNOWN }],
    ['in the name of an event', () => ['send', '3000', '--event', SECRET], { env: KNOWN }],
    ['in the name of a file', () => ['verify', SECRET], { env: KNOWN }],
  ];

  test.each(scenes)('%s', async (_, wordsOf, options) => {
    const url = await echo();
    for (const format of FORMATS) {
      expectNoSecret(await inqudHook([...wordsOf(url), '--format', format], options));
    }
  });

  const telling = () =>
    openShop({
      handle: credulous,
      view: ({ credited, status }) => ({
        [SECRET]: { credited, said: `${status} ${SECRET}`, long: 'z'.repeat(30) + SECRET },
      }),
      verifies: false,
    });

  test('in the state that a check reads, in every report', async () => {
    const folder = await newFolder();
    const shop = telling();
    const formats: readonly string[] = REPORT_FORMATS;
    const ran = await inqudHook(
      [
        ...['check', shop.url, '--state-url', shop.stateUrl, '--kind', 'checkout'],
        ...['--rules', 'idempotency/duplicate-in-sequence', '--runs', '0'],
        ...['--save', folder.at('failing')],
        ...formats.flatMap((format) => ['--report', `${format}=${folder.at(format)}`]),
      ],
      {
        env: { ...KNOWN, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: folder.at('summary') },
        outside: shop.outside,
      },
    );
    expect(ran.stdout).toContain('[secret]');
    expectNoSecret(ran);
    for (const name of [...formats, 'summary']) {
      expectNoSecret({ ...ran, stdout: await folder.read(name) });
    }
  });

  test('in the report of a test suite', async () => {
    const shop = telling();
    const report = await checkReceiver(
      {
        url: shop.url,
        stateUrl: shop.stateUrl,
        secret: Secret.fromText(SECRET),
        kinds: ['checkout'],
        rules: ['idempotency/duplicate-in-sequence'],
        runs: 0,
      },
      shop.outside,
    );
    const stdout = JSON.stringify(report.results) + matchers.toBeReadyForInqud(report).message();
    expect(stdout).toContain('[secret]');
    expectNoSecret({ exitCode: report.exitCode, stdout, stderr: '' });
  });
});

describe('what is said to a server in confidence is in no report:', () => {
  test.each([
    ['a token', ['--header', `Authorization: Bearer ${SECRET}`]],
    ['a key', [`--header=X-Api-Key: ${SECRET}`]],
    ['a cookie', ['-H', `Cookie: session=${SECRET}`]],
  ])('%s of a header', async (_, words) => {
    const url = await echo();
    for (const command of ['send', 'simulate-retries']) {
      for (const format of FORMATS) {
        expectNoSecret(await inqudHook([command, url, ...words, '--format', format]));
      }
    }
  });

  test('a token in a URL', async () => {
    const url = `${await echo()}hook?token=${encodeURIComponent(SECRET)}`;
    for (const format of FORMATS) {
      const ran = await inqudHook(['send', url, '--format', format]);
      expectNoSecret(ran);
      expect(ran.exitCode).toBe(1);
    }
  });

  test('a token of a configuration', async () => {
    const folder = await newFolder();
    const url = await echo();
    const path = await folder.write(
      'config.json',
      JSON.stringify({
        check: {
          stateUrl: `${url}{id}?access_token=${encodeURIComponent(SECRET)}`,
          header: [`Authorization: ${SECRET}`],
          rules: ['signature/valid-accepted'],
          kind: ['checkout'],
        },
      }),
    );
    const env = { INQUD_HOOK_SECRET: 'another secret' };
    const ran = await inqudHook(['check', url, '--config', path], { env });
    expectNoSecret(ran);
    expect(ran.exitCode).not.toBe(2);
  });

  describe('a header of the state', () => {
    const scenes: readonly (readonly [string, readonly string[], WorldOptions])[] = [
      ['that was typed', ['--state-header', `X-Shop: ${SECRET}`], {}],
      ['in one word', [`--state-header=Authorization: Bearer ${SECRET}`], {}],
      ['from a variable', ['--state-header-env', 'X-Shop: MINE'], { env: { MINE: SECRET } }],
      ['without a URL', ['--state-command', 'x', '--state-header', `X-Shop: ${SECRET}`], {}],
      ['that is none', ['--state-header', SECRET], {}],
      ['with a value in the place of the variable', ['--state-header-env', `X: ${SECRET}`], {}],
    ];

    test.each(scenes)('%s', async (_, words, { env }) => {
      const url = await echo();
      const states = words[0] === '--state-command' ? [] : ['--state-url', `${url}{id}`];
      const rules = ['--kind', 'checkout', '--rules', 'signature/valid-accepted'];
      for (const format of FORMATS) {
        const ran = await inqudHook(
          ['check', url, ...states, ...words, ...rules, '--format', format],
          { env: { INQUD_HOOK_SECRET: 'another secret', ...env } },
        );
        expectNoSecret(ran);
      }
    });

    test('of a configuration', async () => {
      const folder = await newFolder();
      const url = await echo();
      const check = {
        stateUrl: `${url}{id}`,
        stateHeader: [`X-Shop: ${SECRET}`],
        rules: ['signature/valid-accepted'],
        kind: ['checkout'],
      };
      const path = await folder.write('config.json', JSON.stringify({ check }));
      const env = { INQUD_HOOK_SECRET: 'another secret' };
      const ran = await inqudHook(['check', url, '--config', path], { env });
      expectNoSecret(ran);
      expect(ran.exitCode).not.toBe(2);
    });
  });

  test('whoever asks for the request is shown all of it', async () => {
    const header = `Authorization: Bearer ${'a token of mine'}`;
    const ran = await inqudHook(['send', '3000', '--header', header, '--curl']);
    expect(ran.stdout).toContain(header);
  });
});

test('a secret that is a word of our own reports garbles none of them', async () => {
  const url = await echo();
  const ran = await inqudHook(['send', url, '--format', 'json'], {
    env: { INQUD_HOOK_SECRET: 'checkout' },
  });
  expect(ran.stdout).toContain('"checkout.success"');
});

describe('a secret that slipped to the wrong place is not repeated:', () => {
  test.each([
    ['as the path of its file', ['send', '3000', '--secret-file', SECRET]],
    [
      'as a path that is too long',
      ['send', '3000', '--secret-file', `${SECRET}${'x'.repeat(5_000)}`],
    ],
    ['as the name of its variable', ['send', '3000', '--secret-env', SECRET]],
    ['as a name of capitals', ['send', '3000', '--secret-env', 'QZ9VAULTKEY7QZ9VAULTKEY7QZ9VAULT']],
    ['as the path of another file', ['verify', 'x', '--also-secret-file', SECRET]],
    ['as the name of another variable', ['verify', 'x', '--also-secret-env', SECRET]],
    ['behind a misspelled flag', ['send', '3000', `--secrt=${SECRET}`]],
    ['behind a flag of one letter', ['send', '3000', `-s${SECRET}`]],
    ['as a format', ['send', '3000', '--format', SECRET]],
    [
      'as the password of a URL',
      ['send', `http://me:${encodeURIComponent(SECRET)}@localhost:3000`],
    ],
    ['as one argument too many', ['send', '3000', SECRET]],
    ['as a digest', ['verify', 'package.json', '--digest', SECRET, '--secret', 'another one']],
  ])('%s', async (_, words) => {
    const ran = await inqudHook(words);
    expectNoSecret(ran);
    expect(ran.stdout + ran.stderr).not.toContain('QZ9VAULT');
  });

  test('in a configuration', async () => {
    const folder = await newFolder();
    for (const check of [{ secret: SECRET }, { secretFile: SECRET }, { secretEnv: [SECRET] }]) {
      const path = await folder.write('config.json', JSON.stringify({ check }));
      expectNoSecret(await inqudHook(['check', '3000', '--config', path]));
    }
  });

  test.each([
    `curl u -H "X-Payload-Digest: $(openssl dgst -sha1 -hmac '${SECRET}' b.json)" -d @b.json`,
    `curl u -H "X-Payload-Digest: \`printf x | openssl dgst -sha1 -hmac '${SECRET}'\`" -d x`,
    `D=$(openssl dgst -sha1 -hmac '${SECRET}' b.json)\ncurl u -H "X-Payload-Digest: $D" -d x`,
    `printf x | openssl dgst -hmac '${SECRET}' | curl u -H 'X-Payload-Digest: ${SECRET}' -d @-`,
    `curl u -H 'X-Payload-Digest: ${SECRET}' -d x`,
    `POST / HTTP/1.1\nX-Payload-Digest: ${SECRET}\n\nx`,
    `{"body":"x","digest":${JSON.stringify(SECRET)}}`,
  ])('in a capture: %s', async (text) => {
    const folder = await newFolder();
    const path = await folder.write('capture', text);
    for (const format of FORMATS) {
      const options = { env: { INQUD_HOOK_SECRET: 'another secret' } };
      expectNoSecret(await inqudHook(['verify', path, '--format', format], options));
      const words = ['replay', path, '3000', '--dry-run', '--format', format];
      expectNoSecret(await inqudHook(words, options));
    }
  });
});
