import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '../programs/server.js';
import { startWebhook } from '../programs/webhook-server.js';
import { inqudHook, records } from './inqud-hook.js';

const SECRET = 'a secret with spaces and ☕';

let webhook: Server;
let url: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  webhook = await startWebhook(SECRET);
  url = `${webhook.port}/hooks/inqud`;
});

afterAll(async () => {
  await webhook?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("Debian's webhook server, which checks the digest by itself, accepts", () => {
  test.each([
    'checkout.success',
    'request.conflict',
    'payment.partial-success',
    'authorization.granted',
    'on-ramp-checkout.failed',
  ])('%s', async (event) => {
    expect(await answers(['--event', event])).toEqual([200]);
  });

  test('a field that is not ASCII', async () => {
    expect(await answers(['--set', 'clientOrderId="Zoë ☕ 注文"'])).toEqual([200]);
  });

  test('a body of our own that is no JSON and no UTF-8', async () => {
    expect(await answersToBody(Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a]))).toEqual([200]);
  });

  test('an empty body', async () => {
    expect(await answersToBody(Buffer.alloc(0))).toEqual([200]);
  });

  test('a body of a mebibyte', async () => {
    const body = JSON.stringify({ filler: 'x'.repeat(1024 * 1024) });
    expect(await answersToBody(Buffer.from(body))).toEqual([200]);
  });

  test('a hundred web hooks, sixteen at a time', async () => {
    const statuses = await answers(['--count', '100', '--concurrency', '16']);
    expect(statuses).toEqual(Array.from({ length: 100 }, () => 200));
  });

  test('everything that simulate-retries delivers, faults included', async () => {
    const args = ['simulate-retries', url, '--chaos', '--resources', '20', '--seed', '7'];
    const run = await inqudHook([...args, '--format', 'ndjson'], { secret: SECRET });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(records(run).at(-1)).toMatchObject({
      kind: 'summary',
      events: { total: 80, delivered: 80, lost: 0, withheld: 0, open: 0 },
      faults: { duplicatesRefused: 0 },
      exitCode: 0,
    });
  });
});

describe("Debian's webhook server refuses", () => {
  test.each([
    'other-secret',
    'body',
    'truncated',
    'sha256',
    'base64',
    'uppercase',
    'missing',
    'empty',
    'twice',
  ])('--tamper %s', async (how) => {
    expect(await answers(['--tamper', how])).toEqual([401]);
  });

  test('what is signed with another secret, until every attempt is used up', async () => {
    const args = ['simulate-retries', url, '--event', 'payment.success', '--format', 'ndjson'];
    const run = await inqudHook(args, { secret: 'another' });
    expect(run.exitCode).toBe(1);
    expect(records(run).at(-1)).toMatchObject({
      events: { total: 1, lost: 1 },
      attempts: { sent: 11, retries: 10, statuses: { 401: 11 } },
    });
  });
});

test("Debian's webhook server accepts --tamper prefix, by design, and that is reported", async () => {
  const run = await inqudHook(['send', url, '--tamper', 'prefix'], { secret: SECRET });
  expect(run.exitCode).toBe(1);
  expect(run.stdout.toString()).toContain(
    '200 accepts a web hook whose digest is wrong: anyone can forge one.',
  );
});

/** The statuses that came back; the exit code must be 0. */
async function answers(flags: readonly string[]): Promise<readonly unknown[]> {
  const run = await inqudHook(['send', url, '--format', 'ndjson', ...flags], { secret: SECRET });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  return records(run)
    .filter(({ kind }) => kind === 'sent')
    .map(({ outcome }) => statusOf(outcome));
}

async function answersToBody(body: Uint8Array): Promise<readonly unknown[]> {
  const file = join(folder, 'body');
  await writeFile(file, body);
  return answers(['--body', `@${file}`]);
}

function statusOf(outcome: unknown): unknown {
  return typeof outcome === 'object' && outcome !== null && 'status' in outcome
    ? outcome.status
    : undefined;
}
