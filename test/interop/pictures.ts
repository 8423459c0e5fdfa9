// `npm run page-pictures` photographs the page of each command, from real runs, for docs/pages/.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { programPath } from '../programs/program-path.js';
import { brokenReceivers, correctReceivers } from '../receivers/registry.js';
import { inqudHook } from './inqud-hook.js';

const SECRET = 'fixture-secret';
/** As it is shown: npm runs scripts at the top of the project. */
const CAPTURES = 'fixtures/captures/captures.ndjson';
const HOME = fileURLToPath(new URL('../../docs/pages/', import.meta.url));
const SIZE = { width: 1040, height: 980 };

const folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
const broken = await started(await brokenReceivers(), 'no-dedupe');
const correct = await started(await correctReceivers(), 'node');
const state = ['--state-url', broken.stateUrl, '--kind', 'checkout'];
const rules = ['--rules', 'idempotency/*', '--rules', 'signature/*', '--runs', '0', '--seed', '7'];
const save = ['--save', join(folder, 'failing.json')];

/** What is photographed, by the command that it is a page of. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  'simulate-retries': ['simulate-retries', '--receiver', 'demo', '--chaos', '--seed', '12'],
  check: ['check', broken.url, ...state, ...rules, ...save],
  verify: ['verify', CAPTURES],
  forecast: ['forecast', '--rate', '20/min', '--outage', '3h', '--capacity', '130/min'],
  burst: ['burst', correct.url, '--ramp', '20/s..200/s', '--for', '20s', '--seed', '7'],
};

const browser = await chromium.launch({
  executablePath: programPath('chromium'),
  args: ['--no-sandbox'],
});
await mkdir(HOME, { recursive: true });
for (const [name, argv] of Object.entries(RUNS)) {
  const path = join(folder, `${name}.html`);
  await inqudHook([...argv, '--report', `html=${path}`], { secret: SECRET });
  const page = await browser.newPage({ viewport: SIZE });
  await page.goto(pathToFileURL(path).href);
  await page.screenshot({ path: join(HOME, `${name}.png`) });
}
await browser.close();
await broken.close();
await correct.close();
await rm(folder, { recursive: true });

type Receivers = Awaited<ReturnType<typeof brokenReceivers | typeof correctReceivers>>;

async function started(receivers: Receivers, wanted: string) {
  const found = receivers.find(({ name }) => name === wanted);
  if (found === undefined) throw new RangeError(`There is no receiver ${wanted}.`);
  return found.start({ secret: SECRET, port: 0, apiUrl: undefined });
}
