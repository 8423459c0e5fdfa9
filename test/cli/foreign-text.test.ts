import { createConnection } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import { CHECK_FORMATS } from '../../src/cli/check/flags.js';
import { sign } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';
import { credulous, openShop, SECRET } from '../conformance/shop.js';
import { listenRaw } from '../receivers/raw-server.js';
import { inqudHook, newFolder, type Ran } from '../world.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

/** It would start a line, a command of a CI runner, a colour, a link and writing from right to left. */
const HOSTILE =
  'x\n::error::INJECTED\r\n\u001b[31mred\u001b]8;;http://evil\u0007\u009b2J\u202e\u2028##[error]y';
/** Nothing of it is special to a file system. */
const HOSTILE_NAME = HOSTILE.replaceAll('/', '_');

type Scene = (flags: readonly string[], env: Readonly<Record<string, string>>) => Promise<Ran>;

/** Every command, with text of others wherever it can come from. */
const SCENES: Readonly<Record<string, () => Promise<Scene>>> = {
  send: async () => {
    const url = await hostileReceiver();
    return (flags, env) => inqudHook(['send', url, '--seed', '1', ...flags], { env });
  },
  'send, a body of your own': async () => {
    const url = await hostileReceiver();
    const folder = await newFolder();
    const path = await folder.write(HOSTILE_NAME, JSON.stringify({ id: HOSTILE, status: HOSTILE }));
    return (flags, env) => inqudHook(['send', url, '--body', `@${path}`, ...flags], { env });
  },
  'simulate-retries': async () => {
    const url = await hostileReceiver();
    const words = ['simulate-retries', url, '--lifecycle', 'payment', '--retries', '1'];
    return (flags, env) => inqudHook([...words, '--seed', HOSTILE, ...flags], { env });
  },
  verify: async () => {
    const path = await hostileCapture();
    return (flags, env) => inqudHook(['verify', path, ...flags], { env });
  },
  replay: async () => {
    const url = await hostileReceiver();
    const path = await hostileCapture();
    const words = ['replay', path, url, '--retries', '1', '--seed', HOSTILE];
    return (flags, env) => inqudHook([...words, ...flags], { env });
  },
  'replay --dry-run': async () => {
    const path = await hostileCapture();
    return (flags, env) => inqudHook(['replay', path, '3000', '--dry-run', ...flags], { env });
  },
  listen: async () => {
    const folder = await newFolder();
    const words = ['listen', '0', '--out', folder.at(HOSTILE_NAME), '--seed', HOSTILE];
    return (flags, env) => whileServing([...words, ...flags], env);
  },
  'mock-api': async () => {
    const folder = await newFolder();
    const words = ['simulate-retries', '--lifecycle', 'payment', '--seed', '1', '--dry-run'];
    const path = await folder.write(HOSTILE_NAME, (await inqudHook(words)).stdout);
    return (flags, env) => whileServing(['mock-api', '0', '--plan', path, ...flags], env);
  },
  events: async () => (flags, env) => inqudHook(['events', ...flags], { env }),
  'a file that is not there': async () => (flags, env) =>
    inqudHook(['verify', HOSTILE_NAME, ...flags], { env }),
  'a host that is none': async () => (flags, env) =>
    inqudHook(['send', `http://${HOSTILE_NAME}:1/`, ...flags], { env }),
  'an event that is none': async () => (flags, env) =>
    inqudHook(['send', '3000', '--event', HOSTILE, ...flags], { env }),
  'a change that is none': async () => (flags, env) =>
    inqudHook(['send', '3000', '--set', HOSTILE, ...flags], { env }),
  'a header that is none': async () => (flags, env) =>
    inqudHook(['send', '3000', '--header', HOSTILE, ...flags], { env }),
  'a plan that is none': async () => {
    const folder = await newFolder();
    const path = await folder.write(HOSTILE_NAME, JSON.stringify({ [HOSTILE]: HOSTILE }));
    return (flags, env) => inqudHook(['simulate-retries', '--plan', path, ...flags], { env });
  },
  'a configuration that is none': async () => {
    const folder = await newFolder();
    const path = await folder.write(HOSTILE_NAME, JSON.stringify({ check: { [HOSTILE]: 1 } }));
    return (flags, env) => inqudHook(['check', '3000', '--config', path, ...flags], { env });
  },
};

/** Runs a server until it has heard everything hostile that HTTP lets through, and some it does not. */
async function whileServing(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const interruption = new AbortController();
  let output = '';
  let asked: Promise<void> | undefined;
  const ran = await inqudHook(words, {
    env,
    signal: interruption.signal,
    onOutput: (text) => {
      output += text;
      const port = /http:\/\/[^/:"]+:(\d+)/.exec(stripVTControlCharacters(output))?.[1];
      if (port === undefined) return;
      asked ??= askAll(Number(port)).finally(() => interruption.abort());
    },
  });
  await asked;
  return ran;
}

/** What a header may hold as bytes, and a path as well as it can be written. */
const IN_HEADER = Buffer.from(stripped(HOSTILE, ' ')).toString('latin1');
const IN_PATH = Buffer.from(stripped(HOSTILE, '')).toString('latin1');

function stripped(text: string, by: string): string {
  return ['\r', '\n', '\u001b', '\u0007', '\u2028'].reduce(
    (left, character) => left.replaceAll(character, by),
    text,
  );
}

async function askAll(port: number): Promise<void> {
  const body = JSON.stringify({ id: HOSTILE, status: HOSTILE });
  const digest = sign(Buffer.from(body), Secret.fromText(SECRET));
  const path = encodeURIComponent(HOSTILE);
  for (const head of [
    `POST /${path} HTTP/1.1\r\nX-Payload-Digest: ${digest}`,
    `POST /${IN_PATH} HTTP/1.1\r\nX-Payload-Digest: ${IN_HEADER}`,
    `GET /${IN_PATH}?orderId=${path} HTTP/1.1\r\nX-${IN_PATH}: ${IN_HEADER}`,
    `${HOSTILE} /${HOSTILE} HTTP/1.1\r\n${HOSTILE}: ${HOSTILE}`,
  ]) {
    const rest = `Host: x\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    await ask(
      port,
      Buffer.concat([Buffer.from(`${head}\r\n${rest}`, 'latin1'), Buffer.from(body)]),
    );
  }
}

/** Resolves when the server has answered, or hung up. */
async function ask(port: number, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('error', () => resolve()).on('close', () => resolve());
    socket.resume();
  });
}

/** Answers 500 with hostile words, to every request. */
async function hostileReceiver(): Promise<string> {
  const receiver = await listenRaw({
    onRequest: (socket) => {
      socket.end(`HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n${HOSTILE}`);
    },
  });
  onTestFinished(() => receiver.close());
  return receiver.url;
}

async function hostileCapture(): Promise<string> {
  const folder = await newFolder();
  const body = Buffer.from(JSON.stringify({ id: `CCO-${HOSTILE}`, status: HOSTILE }));
  const digest = sign(body, Secret.fromText(SECRET));
  const path = `/${HOSTILE_NAME}`;
  const records = [digest, HOSTILE, `${digest}${HOSTILE}`].map((value) => ({
    at: '2026-01-01T00:00:00.000Z',
    method: 'POST',
    path,
    headers: [
      ['X-Payload-Digest', value],
      [HOSTILE, HOSTILE],
    ] as const,
    body,
  }));
  const lines = records.map((record) => `${formatCapture(record)}\n`).join('');
  return folder.write(HOSTILE_NAME, `${lines}${HOSTILE}\n`);
}

const env = { INQUD_HOOK_SECRET: SECRET };
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function expectSafe(text: string): void {
  const lines = stripVTControlCharacters(text).replaceAll('\t', '').split('\n');
  for (const line of lines) {
    expect(line).not.toMatch(UNSEEN);
    expect(line).not.toMatch(/^\s*::error::INJECTED|##\[error\]/);
  }
}

describe.each(Object.entries(SCENES))('%s', (_, open) => {
  const formats = ['pretty', 'json', 'ndjson'];

  test('text of others does nothing in any format', async () => {
    const scene = await open();
    for (const format of formats) {
      const ran = await scene(['--format', format], { ...env, GITHUB_ACTIONS: 'true' });
      expect(ran.exitCode).not.toBe(70);
      expectSafe(ran.stdout);
      expectSafe(ran.stderr);
    }
  });

  test('colours are an extra: without them the report says the same', async () => {
    const scene = await open();
    const plain = await scene([], env);
    const coloured = await scene([], { ...env, FORCE_COLOR: '1' });
    expect(plain.stdout + plain.stderr).not.toContain('\u001b');
    expect(coloured.stdout + coloured.stderr).toContain('\u001b[');
    expect(steady(stripVTControlCharacters(coloured.stdout))).toBe(steady(plain.stdout));
    expect(steady(stripVTControlCharacters(coloured.stderr))).toBe(steady(plain.stderr));
    expect(plain.stdout).not.toMatch(/\\u001b\[(?:1|2|22|32|33|39)m/);
    expect(coloured.stdout).not.toMatch(/\\u001b\[(?:1|2|22|32|33|39)m/);
  });
});

test('a check says it safely in every report of one run, with colours and without', async () => {
  const folder = await newFolder();
  const shop = openShop({
    handle: credulous,
    view: ({ credited, status }) => ({
      [HOSTILE]: { credited, [HOSTILE]: `${status} ${HOSTILE}` },
    }),
  });
  const summary = folder.at('summary.md');
  const reports = CHECK_FORMATS.flatMap((format) => ['--report', `${format}=${folder.at(format)}`]);
  const ran = await inqudHook(
    [
      ...['check', shop.url, '--state-url', shop.stateUrl, '--kind', 'checkout'],
      ...['--rules', 'idempotency/duplicate-in-sequence', '--seed', HOSTILE],
      ...['--save', folder.at(HOSTILE_NAME), ...reports],
    ],
    {
      env: { ...env, FORCE_COLOR: '1', GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary },
      outside: shop.outside,
    },
  );
  expect(ran.exitCode).toBe(1);
  for (const name of [...CHECK_FORMATS, 'summary.md']) expectSafe(await folder.read(name));
  expectSafe(ran.stdout);
  expectSafe(ran.stderr);
  const plain = await folder.read('pretty');
  expect(ran.stdout).toContain('\u001b[31m');
  expect(stripVTControlCharacters(ran.stdout)).toBe(plain);
  expect(plain).toContain('credited  expected 149.9, is 299.8');
  expect(plain).not.toMatch(/\\u001b\[(?:1|2|22|32|33|39)m/);
});

test('a check of a receiver that only says hostile things says them safely', async () => {
  const folder = await newFolder();
  const url = await hostileReceiver();
  const summary = folder.at('summary.md');
  const reports = CHECK_FORMATS.flatMap((format) => ['--report', `${format}=${folder.at(format)}`]);
  const ran = await inqudHook(
    [
      ...['check', url, '--state-url', `${url}state/{id}?x=${encodeURIComponent(HOSTILE)}`],
      ...['--kind', 'checkout', '--rules', 'signature/*', '--seed', HOSTILE, ...reports],
    ],
    { env: { ...env, FORCE_COLOR: '1', GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary } },
  );
  expect([1, 3]).toContain(ran.exitCode);
  for (const name of [...CHECK_FORMATS, 'summary.md']) expectSafe(await folder.read(name));
  expectSafe(ran.stdout);
  expectSafe(ran.stderr);
  expect(stripVTControlCharacters(ran.stdout)).toBe(await folder.read('pretty'));
});

test.each([
  ['--prepare', 'prepare'],
  ['--state-command', 'state'],
])('what a command of the user says at %s is said safely', async (flag) => {
  const folder = await newFolder();
  const shop = openShop();
  const said = await folder.write('said', HOSTILE);
  const state = flag === '--prepare' ? ['--state-url', shop.stateUrl] : [];
  for (const format of CHECK_FORMATS) {
    const ran = await inqudHook(
      [
        ...['check', shop.url, ...state, flag, `cat '${said}'; cat '${said}' >&2; exit 7`],
        ...['--kind', 'checkout', '--rules', 'signature/valid-accepted', '--format', format],
      ],
      { env, outside: shop.outside },
    );
    expect(ran.exitCode).not.toBe(70);
    expectSafe(ran.stdout);
    expectSafe(ran.stderr);
  }
});

/** Times and fresh ids differ from one run to the next. */
function steady(text: string): string {
  return text
    .replaceAll(/\d+(\.\d+)? (ms|s)\b/g, 'N ms')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:N')
    .replaceAll(/\b\d\d:\d\d:\d\d\b/g, 'hh:mm:ss')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{40}/g, 'ID')
    .replaceAll(/\s+/g, ' ');
}
