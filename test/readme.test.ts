import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatCapture } from '../src/capture/own-format.js';
import { sign } from '../src/index.js';
import { freePort } from './free-port.js';

const README = new URL('../README.md', import.meta.url);
const BIN = fileURLToPath(new URL('../bin/inqud-hook.js', import.meta.url));
/** `UPDATE_README=1 npm test` pastes what the commands print now. */
const UPDATES = process.env['UPDATE_README'] === '1';
const SECRET = 'whsec_readme';
const folder = mkdtempSync(join(tmpdir(), 'readme-'));
const readme = readFileSync(README, 'utf8');

let port = 0;
let shopPort = 0;
let listenPort = 0;
let receivers: readonly ReturnType<typeof spawn>[] = [];

beforeAll(async () => {
  port = await freePort();
  shopPort = await freePort();
  listenPort = await freePort();
  symlinkSync(
    fileURLToPath(new URL('../node_modules', import.meta.url)),
    join(folder, 'node_modules'),
  );
  writeFileSync(join(folder, 'inqud-hook'), `#!/bin/sh\nexec node ${BIN} "$@"\n`);
  chmodSync(join(folder, 'inqud-hook'), 0o755);
  writeFileSync(join(folder, 'captures.ndjson'), `${capturedLine()}\n`);
  receivers = ['receiver.mjs', 'shop.mjs'].map((name) => {
    writeFileSync(join(folder, name), withPorts(codeOf(name)));
    return spawn('node', [name], { cwd: folder, env: environment() });
  });
  await Promise.all([untilListening(port), untilListening(shopPort)]);
});

afterAll(async () => {
  for (const receiver of receivers) {
    receiver.kill();
    await once(receiver, 'exit');
  }
});

/** The code that follows the mention of a file. */
function codeOf(name: string): string {
  const text = readme.slice(readme.indexOf(`\`${name}\``));
  return /^```js\n(.*?)^```/ms.exec(text)?.[1] ?? '';
}

/** The bug it shows is a race: where the machine is busy, a rule that wants to win it may not. */
const RACES = { timeout: 300_000, retry: 2 };

test('every output in the README is what the command prints', RACES, async () => {
  let updated = readme;
  for (const block of blocks('console')) {
    let shown = '';
    for (const command of commandsOf(block)) shown += `$ ${command}\n${await outputOf(command)}`;
    if (UPDATES) updated = updated.replace(block, () => shown);
    else expect(stable(block)).toBe(stable(shown));
  }
  if (UPDATES) writeFileSync(README, updated);
});

test('the library examples in the README name what the library exports', async () => {
  const imports = [...readme.matchAll(/import \{ ([^}]+) \} from 'inqud-hook'/g)];
  expect(imports).toHaveLength(2);
  const library: Readonly<Record<string, unknown>> = await import('../src/index.js');
  for (const [, names = ''] of imports) {
    for (const name of names.split(', ')) expect(library[name]).toBeDefined();
  }
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
  const { stdout } = await run(command).catch(refused);
  return stdout
    .replaceAll(String(port), '3000')
    .replaceAll(String(shopPort), '4000')
    .replaceAll(String(listenPort), '8787');
}

/** Some examples show a refusal, whose exit code is not 0. */
function refused(error: { readonly code?: number; readonly stdout?: string }) {
  if (error.code !== 1) throw error;
  return { stdout: error.stdout ?? '' };
}

function run(command: string) {
  return promisify(execFile)('bash', ['-c', withPorts(command)], {
    cwd: folder,
    env: environment(),
  });
}

function environment() {
  const PATH = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
  return { ...process.env, PATH, INQUD_HOOK_SECRET: SECRET, NO_COLOR: '1' };
}

function withPorts(text: string): string {
  return text
    .replaceAll('3000', String(port))
    .replaceAll('4000', String(shopPort))
    .replaceAll('8787', String(listenPort));
}

/** What differs from run to run: times to answer, ids, digests, ports and drawn seeds. */
function stable(text: string): string {
  return (
    text
      .replace(/\d+(?:\.\d+)? m?s\b/g, '# ms')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
      .replace(/[0-9a-f]{40}/g, 'DIGEST')
      .replace(/^\d\d:\d\d:\d\d/gm, 'TIME')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
      .replace(/--seed \d{4,}(?:@\d+)?/g, '--seed N')
      .replace(/\(\d+ web hooks in .*\)/g, '(N web hooks)')
      // Which of several stories of one mistake is the smallest hangs on how fast this machine is.
      .replace(/^ {6}(?:\d+\. |≠ |It happens|See the deliveries).*\n/gm, '')
      // A receiver that answers fast enough makes an overlap miss.
      .replace(/(overlap) missed|missed (overlap)/g, '$1$2')
  );
}

function capturedLine(): string {
  const body = new TextEncoder().encode('{"id":"PMT-1","status":"SUCCESS"}');
  return formatCapture({ headers: [['X-Payload-Digest', sign(body, SECRET)]], body });
}

async function untilListening(at: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      await fetch(`http://127.0.0.1:${at}/`, { method: 'POST', body: '' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
