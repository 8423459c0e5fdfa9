import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programPath } from '../programs/program-path.js';
import { outputOf, runProgram } from '../programs/run-program.js';
import { inqudHook } from '../world.js';

const SECRET = 'whsec_artillery';
/** Artillery comes with a few hundred packages. */
const INSTALL_MS = 600_000;
const RUN_MS = 180_000;
/**
 * `ARTILLERY=install` installs it, which takes minutes; `ARTILLERY=PATH` is one that is there already.
 * Without either nothing is run.
 */
const wanted = process.env['ARTILLERY'];
const installed = wanted === 'install' ? undefined : wanted;
let folder = '';

beforeAll(async () => {
  if (wanted === undefined) return;
  folder = await mkdtemp(join(tmpdir(), 'inqud-hook-artillery-'));
  if (installed !== undefined) return;
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  // It would fetch a browser as well.
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const argv = ['install', '--prefix', folder, '--no-audit', '--no-fund', 'artillery@2'];
  await outputOf(programPath('npm'), argv, { env });
}, INSTALL_MS);

afterAll(async () => {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

interface Received {
  readonly body: string;
  readonly digest: string | undefined;
}

/** A receiver that keeps what it gets, and answers with a status. */
async function sink(status: number) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    const digest = request.headers['x-payload-digest'];
    received.push({ body, digest: digest?.toString() });
    response.writeHead(status).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    received,
    url: `http://127.0.0.1:${address.port}/webhooks/inqud`,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

async function artillery(status: number) {
  const server = await sink(status);
  const flags = ['--rate', '20/s', '--for', '3s', '--lifecycle', 'payment', '--out', folder];
  const ran = await inqudHook(['burst', server.url, '--export', 'artillery', ...flags]);
  expect(ran.exitCode).toBe(0);
  const bin = installed ?? join(folder, 'node_modules', '.bin', 'artillery');
  const env = { ...process.env, INQUD_HOOK_SECRET: SECRET, ARTILLERY_DISABLE_TELEMETRY: 'true' };
  const run = await runProgram(bin, ['run', join(folder, 'inqud-burst.yml')], { env });
  await server.close();
  return { run, received: server.received };
}

test.skipIf(wanted === undefined)(
  'Artillery runs the exported test as it is: each body is another, and rightly signed',
  async () => {
    const { run, received } = await artillery(200);
    expect(run.stdout.toString() + run.stderr).toContain('http.codes.200');
    expect(run.exitCode).toBe(0);
    expect(received).toHaveLength(60);
    for (const { body, digest } of received) {
      expect(digest).toBe(createHmac('sha1', SECRET).update(body).digest('hex'));
    }
    expect(new Set(received.map(({ body }) => body)).size).toBe(60);
  },
  RUN_MS,
);

test.skipIf(wanted === undefined)(
  'and it fails where answers are other than 200',
  async () => {
    const { run } = await artillery(204);
    expect(run.exitCode).toBe(1);
  },
  RUN_MS,
);
