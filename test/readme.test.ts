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
import { promisify, stripVTControlCharacters } from 'node:util';
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
const PROGRAMS = { 'receiver.mjs': 'README.md', 'shop.mjs': 'docs/check-example.md' } as const;

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
    for (const block of blocks(textOf(path), 'console')) {
      const commands = commandsOf(block);
      if (commands.includes(PICTURED)) continue;
      let shown = '';
      for (const command of commands) shown += `$ ${command}\n${await outputOf(command)}`;
      compareOrUpdate(path, block, shown);
    }
  },
);

const PICTURE = new URL('docs/verdict.svg', ROOT);
/** What the picture shows, and a block of docs/check-example.md as well. */
const PICTURED =
  "inqud-hook check 4000/webhooks/inqud --state-url '4000/orders/{id}' --kind checkout " +
  "--rules 'idempotency/*' --seed 7";

test(
  'the picture shows what the command prints, and so does docs/check-example.md',
  RACES,
  async () => {
    const page = 'docs/check-example.md';
    const printed = await outputOf(PICTURED, { FORCE_COLOR: '1' });
    const block = blocks(textOf(page), 'console').find((one) => commandsOf(one).includes(PICTURED));
    compareOrUpdate(page, block ?? '', `$ ${PICTURED}\n${stripVTControlCharacters(printed)}`);
    const picture = terminalPicture({
      command: PICTURED,
      printed,
      title: 'A verdict of inqud-hook check in a terminal',
      description:
        'The receiver passes four rules about duplicates and fails one: two copies of a web hook ' +
        'that came at the same time were both counted, so the order is credited twice.',
    });
    if (UPDATES) writeFileSync(PICTURE, picture);
    const shown = readFileSync(PICTURE, 'utf8');
    expect(outlineOf(shown)).toBe(outlineOf(picture));
    if (!UPDATES) expect(textOfPicture(shown)).toBe(block);
  },
);

test('a command that is shown without its output is shown with it on another page', () => {
  const run = [...pages.values()].flatMap((page) => blocks(page, 'console').flatMap(commandsOf));
  const bare = [...pages.values()].flatMap((page) =>
    blocks(page, 'sh').flatMap((block) => block.match(/^inqud-hook .*$/gm) ?? []),
  );
  expect(bare.length).toBeGreaterThan(0);
  for (const command of bare)
    expect(
      run.some((one) => one.startsWith(command)),
      command,
    ).toBe(true);
});

test('an example of the library in README.md is the one in docs/library.md', () => {
  for (const block of blocks(textOf('README.md'), 'ts')) {
    expect(blocks(textOf('docs/library.md'), 'ts')).toContain(block);
  }
});

test('the examples of the library name what it exports', async () => {
  const imports = [...pages.values()].flatMap((page) => [
    ...page.matchAll(/import \{ ([^}]+) \} from 'inqud-hook'/g),
  ]);
  expect(imports.length).toBeGreaterThan(1);
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
  return [...page.replace(/^```.*?^```/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function compareOrUpdate(path: string, block: string, shown: string): void {
  if (!UPDATES) {
    expect(stable(block)).toBe(stable(shown));
    return;
  }
  const updated = textOf(path).replace(block, () => shown);
  pages.set(path, updated);
  writeFileSync(new URL(path, ROOT), updated);
}

/** The picture without what differs from run to run, and without where it stands on the page. */
function outlineOf(svg: string): string {
  return stable(textOfPicture(svg)) + [...svg.matchAll(/<(title|desc) .*/g)].join('');
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
      .replace(/\([\d,]+ web hooks in .*\)/g, '(N web hooks)')
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
