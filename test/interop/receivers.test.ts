import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNginx } from '../programs/nginx.js';
import { startPython, startPythonFiles } from '../programs/python-servers.js';
import type { Server } from '../programs/server.js';
import { inqudHook, records } from './inqud-hook.js';

const SECRET = 'secret_value';
const SHORT_RUN = ['--event', 'payment.success', '--backoff', '1m,5m', '--format', 'ndjson'];
const BUSY_RUN = ['--chaos', '--resources', '20', '--seed', '7', '--format', 'ndjson'];

describe('nginx', () => {
  let nginx: Server;

  beforeAll(async () => {
    nginx = await startNginx(`
      location = /200 { return 200; }
      location = /text { return 200 "thank you"; }
      location = /204 { return 204; }
      location = /302 { return 302 /200; }
      location = /308 { return 308 /200; }
      location = /444 { return 444; }`);
  });

  afterAll(() => nginx?.stop());

  test.each(['200', 'text'])('that answers 200 at /%s has everything delivered', async (path) => {
    const { exitCode, summary } = await simulate(`${nginx.port}/${path}`, BUSY_RUN);
    expect(summary).toMatchObject({ events: { total: 80, delivered: 80, lost: 0 } });
    expect(exitCode).toBe(0);
  });

  test('that answers 204 is retried until the event is lost', async () => {
    const { exitCode, summary } = await simulate(`${nginx.port}/204`, SHORT_RUN);
    expect(summary).toMatchObject({
      events: { delivered: 0, lost: 1 },
      attempts: { sent: 3, statuses: { 204: 3 } },
      almostDelivered: 3,
    });
    expect(exitCode).toBe(1);
  });

  test.each(['302', '308'])('that redirects with %s to a 200 is not followed', async (status) => {
    const { exitCode, summary } = await simulate(`${nginx.port}/${status}`, SHORT_RUN);
    expect(summary).toMatchObject({
      events: { delivered: 0, lost: 1 },
      attempts: { sent: 3, statuses: { [status]: 3 } },
      redirects: 3,
    });
    expect(exitCode).toBe(1);
  });

  test('that closes the connection without an answer is broken', async () => {
    const { exitCode, summary } = await simulate(`${nginx.port}/444`, SHORT_RUN);
    expect(summary).toMatchObject({ events: { lost: 1 }, attempts: { sent: 3, broken: 3 } });
    expect(exitCode).toBe(1);
  });
});

describe('a receiver in Python', () => {
  let single: Server;
  let threaded: Server;
  let files: Server;

  beforeAll(async () => {
    single = await startPython(SECRET, 'HTTPServer');
    threaded = await startPython(SECRET, 'ThreadingHTTPServer');
    files = await startPythonFiles();
  });

  afterAll(async () => {
    await single?.stop();
    await threaded?.stop();
    await files?.stop();
  });

  test('that serves one connection at a time over HTTP/1.0 has everything delivered', async () => {
    const { exitCode, summary } = await simulate(`${single.port}/webhooks`, BUSY_RUN);
    expect(summary).toMatchObject({
      events: { total: 80, delivered: 80, lost: 0 },
      attempts: { timedOut: 0, broken: 0, unreachable: 0 },
    });
    expect(exitCode).toBe(0);
  });

  test('that keeps connections alive has everything delivered', async () => {
    const { exitCode, summary } = await simulate(`${threaded.port}/webhooks`, BUSY_RUN);
    expect(summary).toMatchObject({
      events: { total: 80, delivered: 80, lost: 0 },
      attempts: { timedOut: 0, broken: 0, unreachable: 0 },
    });
    expect(exitCode).toBe(0);
  });

  test('that checks the digest refuses another secret', async () => {
    const url = `${threaded.port}/webhooks`;
    const run = await inqudHook(['send', url, '--tamper', 'other-secret'], { secret: SECRET });
    expect(run.exitCode).toBe(0);
    expect(run.stdout.toString()).toContain('401');
  });

  test('that knows no POST answers 501, which is a failure', async () => {
    const run = await inqudHook(['send', `${files.port}`, '--format', 'ndjson']);
    expect(run.exitCode).toBe(1);
    expect(records(run).find(({ kind }) => kind === 'sent')).toMatchObject({
      outcome: { kind: 'responded', status: 501 },
      explanation: '501 is a failure of the receiver. Inqud retries.',
    });
  });
});

async function simulate(url: string, flags: readonly string[]) {
  const run = await inqudHook(['simulate-retries', url, ...flags], { secret: SECRET });
  return { exitCode: run.exitCode, summary: records(run).at(-1) };
}
