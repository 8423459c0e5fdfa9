import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatCapture } from '../src/capture/own-format.js';
import { sign } from '../src/index.js';

const README = new URL('../README.md', import.meta.url);
const BIN = fileURLToPath(new URL('../bin/inqud-hook.js', import.meta.url));
/** `UPDATE_README=1 npm test` pastes what the commands print now. */
const UPDATES = process.env['UPDATE_README'] === '1';
const SECRET = 'whsec_readme';
const folder = mkdtempSync(join(tmpdir(), 'readme-'));
const readme = readFileSync(README, 'utf8');

let port = 0;
let receiver: ReturnType<typeof spawn>;

beforeAll(async () => {
  port = await freePort();
  writeFileSync(join(folder, 'receiver.mjs'), withPort(blocks('js')[0] ?? ''));
  writeFileSync(join(folder, 'inqud-hook'), `#!/bin/sh\nexec node ${BIN} "$@"\n`);
  chmodSync(join(folder, 'inqud-hook'), 0o755);
  writeFileSync(join(folder, 'captures.ndjson'), `${capturedLine()}\n`);
  receiver = spawn('node', ['receiver.mjs'], { cwd: folder, env: environment() });
  await untilListening();
});

afterAll(async () => {
  receiver.kill();
  await once(receiver, 'exit');
});

test('every output in the README is what the command prints', async () => {
  let updated = readme;
  for (const block of blocks('console')) {
    let shown = '';
    for (const command of commandsOf(block)) shown += `$ ${command}\n${await outputOf(command)}`;
    if (UPDATES) updated = updated.replace(block, () => shown);
    else expect(stable(block)).toBe(stable(shown));
  }
  if (UPDATES) writeFileSync(README, updated);
});

test('the CI job in the README passes', async () => {
  const commands = [...(blocks('yaml')[0] ?? '').matchAll(/^ +- run: (.+)$/gm)]
    .map(([, command = '']) => command)
    .filter((command) => command.startsWith('inqud-hook'));
  expect(commands).toHaveLength(4);
  for (const command of commands) await run(command);
});

test('the library example in the README names what the library exports', async () => {
  const [, names = ''] = /import \{ ([^}]+) \} from 'inqud-hook'/.exec(readme) ?? [];
  const library: Readonly<Record<string, unknown>> = await import('../src/index.js');
  for (const name of names.split(', ')) expect(library[name]).toBeTypeOf('function');
});

function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, content = '']) => content,
  );
}

function commandsOf(block: string): readonly string[] {
  return [...block.matchAll(/^\$ (.+)$/gm)].map(([, command = '']) => command);
}

async function outputOf(command: string): Promise<string> {
  const { stdout } = await run(command);
  return stdout.replaceAll(`:${port}`, ':3000').replaceAll(` ${port}/`, ' 3000/');
}

function run(command: string) {
  return promisify(execFile)('bash', ['-c', withPort(command)], {
    cwd: folder,
    env: environment(),
  });
}

function environment() {
  const PATH = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
  return { ...process.env, PATH, INQUD_HOOK_SECRET: SECRET, NO_COLOR: '1' };
}

function withPort(text: string): string {
  return text.replaceAll('3000', String(port));
}

/** What differs from run to run: times to answer, ids, digests, ports and drawn seeds. */
function stable(text: string): string {
  return (
    text
      .replace(/\d+(?:\.\d+)? m?s\b/g, '# ms')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
      .replace(/[0-9a-f]{40}/g, 'DIGEST')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
      .replace(/--seed \d{4,}(?:@\d+)?/g, '--seed N')
      // A receiver that answers fast enough makes an overlap miss.
      .replace(/(overlap) missed|missed (overlap)/g, '$1$2')
  );
}

function capturedLine(): string {
  const body = new TextEncoder().encode('{"id":"PMT-1","status":"SUCCESS"}');
  return formatCapture({ headers: [['X-Payload-Digest', sign(body, SECRET)]], body });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function untilListening(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
