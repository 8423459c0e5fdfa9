import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatCapture } from '../src/capture/own-format.js';
import { sign } from '../src/library/index.js';
import { freePort } from './free-port.js';
import { terminalPicture, textOfPicture } from './terminal-picture.js';

const ROOT = new URL('..', import.meta.url);
const BIN = fileURLToPath(new URL('../bin/inqud-hook.js', import.meta.url));
/** `UPDATE_README=1 npm test` pastes what the commands print now. */
const UPDATES = process.env['UPDATE_README'] === '1';
const SECRET = 'whsec_readme';
const folder = mkdtempSync(join(tmpdir(), 'readme-'));
/** Every page, README.md first: later ones use what it makes. */
const pages = new Map(
  [
    'README.md',
    ...readdirSync(new URL('docs/', ROOT))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
    'CONTRIBUTING.md',
  ].map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')]),
);
/** The programs that pages show, and where. */
const PROGRAMS = { 'receiver.mjs': 'README.md', 'shop.mjs': 'docs/check.md' } as const;

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
  receivers = Object.entries(PROGRAMS).map(([name, page]) => {
    writeFileSync(join(folder, name), withPorts(codeOf(name, page)));
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
function codeOf(name: string, page: string): string {
  const shown = textOf(page);
  const text = shown.slice(shown.indexOf(`\`${name}\``));
  return /^```js\n(.*?)^```/ms.exec(text)?.[1] ?? '';
}

/** The bug that is shown is a race: where the machine is busy, a rule that wants to win it may not. */
const RACES = { timeout: 300_000, retry: 2 };

test.each(pathsWith('console'))(
  'every output in %s is what the command prints',
  RACES,
  async (path) => {
    let updated = textOf(path);
    for (const block of blocks(textOf(path), 'console')) {
      let shown = '';
      for (const command of commandsOf(block)) shown += `$ ${command}\n${await outputOf(command)}`;
      if (UPDATES) updated = updated.replace(block, () => shown);
      else expect(stable(block)).toBe(stable(shown));
    }
    if (UPDATES) writeFileSync(new URL(path, ROOT), updated);
  },
);

const PICTURE = new URL('docs/verdict.svg', ROOT);
const PICTURED =
  "inqud-hook check 4000/webhooks/inqud --state-url '4000/orders/{id}' --kind checkout " +
  "--rules 'signature/*' --rules 'idempotency/*' --rules 'ordering/*' --seed 7";

test('the picture shows what the command prints', RACES, async () => {
  const printed = await outputOf(PICTURED, { FORCE_COLOR: '1' });
  const report = printed.slice(0, printed.search(/^.*replay the failure/m));
  const picture = terminalPicture(PICTURED, report, 'check finds that an order is credited twice');
  if (UPDATES) writeFileSync(PICTURE, picture);
  const shown = readFileSync(PICTURE, 'utf8');
  expect(stable(textOfPicture(shown))).toBe(stable(textOfPicture(picture)));
});

test('the examples of the library name what it exports', async () => {
  const imports = [...pages.values()].flatMap((page) => [
    ...page.matchAll(/import \{ ([^}]+) \} from 'inqud-hook'/g),
  ]);
  expect(imports.length).toBeGreaterThan(2);
  const library: Readonly<Record<string, unknown>> = await import('../src/library/index.js');
  for (const [, names = ''] of imports) {
    for (const name of names.split(', ')) expect(library[name]).toBeDefined();
  }
});

test.each([...pages.keys()])('every link in %s leads somewhere', (path) => {
  for (const [, target = ''] of textOf(path).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^https:/.test(target)) continue;
    const [file = '', anchor] = target.split('#');
    const place = file === '' ? new URL(path, ROOT) : new URL(file, new URL(path, ROOT));
    expect(existsSync(place), `${target} in ${path}`).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(readFileSync(place, 'utf8'))).toContain(anchor);
  }
});

test('README.md can be read in one go', () => {
  expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(260);
});

/** As GitHub and npm name headings. */
function anchorsOf(page: string): readonly string[] {
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function textOf(path: string): string {
  return pages.get(path) ?? '';
}

/** CONTRIBUTING.md shows the set-up, which is what runs this test. */
function pathsWith(language: string): readonly string[] {
  return [...pages.keys()].filter(
    (path) => path !== 'CONTRIBUTING.md' && blocks(textOf(path), language).length > 0,
  );
}

function blocks(page: string, language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, content = '']) => content,
  );
}

function commandsOf(block: string): readonly string[] {
  return [...block.matchAll(/^\$ (.+)$/gm)].map(([, command = '']) => command);
}

async function outputOf(command: string, more: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run(command, more).catch(refused);
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

function run(command: string, more: NodeJS.ProcessEnv) {
  return promisify(execFile)('bash', ['-c', withPorts(command)], {
    cwd: folder,
    env: { ...environment(), ...more },
  });
}

function environment() {
  const PATH = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  return { ...inherited, PATH, INQUD_HOOK_SECRET: SECRET };
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
