import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programPath } from '../programs/program-path.js';
import { brokenReceivers } from '../receivers/registry.js';
import { largeRunPage } from '../report/html/large-run.js';
import { inqudHook } from './inqud-hook.js';

const SECRET = 'fixture-secret';
const CAPTURES = fileURLToPath(new URL('../../fixtures/captures/captures.ndjson', import.meta.url));
const HOSTILE = '<script>alert(1)</script>"><img src="http://127.0.0.1:1/x"> שלום \u202e';

let browser: Browser;
let folder: string;

/** Each page: how it is made, and a text that has to be on it. */
const PAGES: readonly (readonly [name: string, text: string, argv: readonly string[]])[] = [
  [
    'run',
    'Attempts by resource',
    ['simulate-retries', '--chaos', '--seed', '7', '--timeout', '200ms'],
  ],
  [
    'one',
    '1 of 1 event delivered',
    ['simulate-retries', '--event', 'checkout.success', '--receiver', 'healthy'],
  ],
  [
    'lost',
    'Lost events',
    [
      ...['simulate-retries', '--receiver', 'status:500', '--resources', '8', '--retries', '3'],
      ...['--seed', HOSTILE, '--quiet'],
    ],
  ],
  [
    'replay',
    'Malformed entries',
    ['replay', CAPTURES, '--speed', '100000', '--chaos', '--seed', '7', '--retries', '2'],
  ],
  ['verify', 'What does not match, and why', ['verify', CAPTURES]],
  [
    'forecast',
    'the receiver is back',
    ['forecast', '--rate', '20/min', '--outage', '3h', '--capacity', '30/min', '--retries', '3'],
  ],
];
const NAMES = [...PAGES.map(([name]) => name), 'check', 'burst', 'limit', 'large'];

const path = (name: string) => join(folder, `${name}.html`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  browser = await chromium.launch({
    executablePath: programPath('chromium'),
    args: ['--no-sandbox'],
  });
  for (const [name, , argv] of PAGES) {
    await inqudHook([...argv, '--report', `html=${path(name)}`], { secret: SECRET });
  }
  await writeFile(path('large'), largeRunPage(100_000));
  await pagesOfReceiver();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A check of a receiver that counts twice, and a burst for it. */
async function pagesOfReceiver(): Promise<void> {
  const found = (await brokenReceivers()).find(({ name }) => name === 'no-dedupe');
  const receiver = await found?.start({ secret: SECRET, port: 0, apiUrl: undefined });
  const { url = '', stateUrl = '' } = receiver ?? {};
  const rules = ['--rules', 'idempotency/*', '--rules', 'signature/*', '--runs', '0'];
  const argv = ['check', url, '--state-url', stateUrl, '--kind', 'checkout', ...rules];
  const files = ['--save', join(folder, 'failing.json'), '--report', `html=${path('check')}`];
  await inqudHook([...argv, ...files], { secret: SECRET });
  const rate = ['--rate', '20/s', '--for', '2s', '--report', `html=${path('burst')}`];
  await inqudHook(['burst', url, ...rate], { secret: SECRET });
  const limit = ['--find-limit', '--for', '1s', '--report', `html=${path('limit')}`];
  await inqudHook(['burst', url, ...limit], { secret: SECRET });
  await receiver?.close();
}

interface Opened {
  readonly page: Page;
  /** What went wrong, and what the page asked for beside itself. */
  readonly complaints: readonly string[];
}

async function open(name: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  const address = pathToFileURL(path(name)).href;
  page.on('request', (request) => {
    if (request.url() !== address) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(address);
  return { page, complaints };
}

const LOOKS = [
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const;
/** Each scheme and each width once: looking takes seconds. */
const AUDITED = [LOOKS[0], LOOKS[3]];
const AUDIT_TIMEOUT_MS = 180_000;

describe.each(NAMES)('in Chromium the page of %s', (name) => {
  test('fits both widths in both schemes, and asks for nothing', async () => {
    for (const { width, colorScheme } of LOOKS) {
      const { page, complaints } = await open(name, {
        viewport: { width, height: 900 },
        colorScheme,
      });
      const widths = await page.evaluate('[document.documentElement.scrollWidth, innerWidth]');
      expect(widths).toEqual([width, width]);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  test.each(AUDITED)(
    'is for everybody, says axe: $width pixels, $colorScheme',
    async (look) => {
      const { width, colorScheme } = look;
      const { page } = await open(name, { viewport: { width, height: 900 }, colorScheme });
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) one.setAttribute('open', '');
      });
      await page.evaluate(axe.source);
      const found = await page.evaluate<AxeResults>('axe.run()');
      const grave = found.violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(grave.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      await page.context().close();
    },
    AUDIT_TIMEOUT_MS,
  );
});

describe('a page', () => {
  test.each(PAGES)('of %s is read without scripts: %s', async (name, text) => {
    const { page, complaints } = await open(name, { javaScriptEnabled: false });
    expect(await page.getByText(text).first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('forbids scripts and requests, should any find a way in', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const page = await readFile(path('run'), 'utf8');
    const evil = `<script>document.title = 'in'</script><img src="http://127.0.0.1:${port}/x" onerror="document.title = 'in'">`;
    await writeFile(path('evil'), page.replace('<main>', `<main>${evil}`));
    const opened = await open('evil');
    expect(await opened.page.title()).toContain('inqud-hook simulate-retries');
    const policy = opened.complaints.filter((text) => /Content Security Policy/.test(text));
    expect(policy.length).toBeGreaterThan(1);
    await opened.page.context().close();
    server.close();
    expect(asked).toBe(0);
  });

  test('is used with the keyboard', async () => {
    const { page } = await open('run');
    await page.keyboard.press('Tab');
    expect(await page.locator('summary:focus').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await page.locator('table').first().isVisible()).toBe(true);
    await page.context().close();
  });

  test('of 100,000 attempts is as small as others', async () => {
    expect((await readFile(path('large'))).length).toBeLessThan(1_000_000);
    const { page } = await open('large');
    expect(await page.locator('*').count()).toBeLessThan(30_000);
    await page.context().close();
  });

  test('prints with the tables behind its pictures', async () => {
    const { page } = await open('run');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('table').first().isVisible()).toBe(true);
    await page.context().close();
  });
});
