import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parsePlan } from '../../src/delivery/plan-file.js';
import { naiveTruth } from '../mock-api/truths.js';
import { recording } from '../receivers/recording.js';
import { inqudHook, newFolder, type Ran, type WorldOptions } from '../world.js';

const TOKEN = { 'X-Token-API-Id': 'TKN-1', 'X-Token-API-Secret': 'any' };
const END = Number.POSITIVE_INFINITY;
const jsonLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

async function planText(words: string): Promise<string> {
  const { stdout } = await inqudHook(['simulate-retries', ...words.split(' '), '--dry-run']);
  return stdout;
}

async function planFile(text: string): Promise<string> {
  return (await newFolder()).write('plan.json', text);
}

/** Runs a mock while `use` uses it, then ends it as Ctrl-C does. */
async function whileServing(
  words: readonly string[],
  use: (url: string) => Promise<void>,
  options: WorldOptions = {},
): Promise<Ran> {
  const interruption = new AbortController();
  let used: Promise<void> | undefined;
  const ran = await inqudHook(['mock-api', '0', '--format', 'ndjson', ...words], {
    ...options,
    signal: interruption.signal,
    onOutput: (text) => {
      used ??= use(JSON.parse(text).url).finally(() => interruption.abort());
    },
  });
  await used;
  return ran;
}

async function bodyAt(url: string, headers: Record<string, string> = TOKEN) {
  const answer = await fetch(url, { headers });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

describe('mock-api --plan', () => {
  test('serves every resource as its last event says it is', async () => {
    const text = await planText('--lifecycle payment --resources 20 --seed 5');
    const expected = await naiveTruth(parsePlan(text, 'it'), END);
    const ran = await whileServing(['--plan', await planFile(text)], async (url) => {
      for (const [id, body] of expected) {
        const answer = await bodyAt(`${url}/v1/user/payments/${id}`);
        expect([answer.status, answer.text]).toEqual([200, body]);
        expect(answer.headers.get('x-inqud-hook-fidelity')).toBe('documented');
      }
    });
    expect(ran).toMatchObject({ exitCode: 130, stderr: '' });
    const [ready, ...records] = jsonLines(ran.stdout);
    expect(ready).toMatchObject({
      kind: 'ready',
      command: 'mock-api',
      resources: 20,
      anyToken: true,
    });
    expect(new Set(records.slice(0, -1).map(({ status }) => status))).toEqual(new Set([200]));
    expect(records.at(-1)).toEqual({
      kind: 'summary',
      requests: 20,
      statuses: { 200: 20 },
      exitCode: 130,
    });
  });

  test('--at serves how things are at that plan time', async () => {
    const text = await planText('--lifecycle payment --seed 5');
    const expected = await naiveTruth(parsePlan(text, 'it'), 60_000);
    const [[id = '', body] = []] = expected;
    const words = ['--plan', await planFile(text), '--at', '1m'];
    await whileServing(words, async (url) => {
      expect((await bodyAt(`${url}/v1/user/payments/${id}`)).text).toBe(body);
    });
    expect(body).toContain('"status":"PENDING"');
  });

  test('the plan may come on standard input, and --for ends it', async () => {
    const stdin = await planText('--lifecycle payment --seed 5');
    const ran = await inqudHook(['mock-api', '0', '--plan', '-', '--for', '20ms'], { stdin });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toMatch(
      /^Mock Inqud API at http:\/\/127\.0\.0\.1:\d+\n1 resource of -, each /,
    );
    expect(ran.stdout).toContain('documented GET /v1/user/payments/{id}\n');
    expect(ran.stdout).toMatch(/\n0 requests\n$/);
  });

  test('with a token set both ways to authenticate are checked', async () => {
    const env = { INQUD_API_TOKEN_ID: 'TKN-7', INQUD_API_TOKEN_SECRET: 'token-secret' };
    const file = await planFile(await planText('--lifecycle payment --seed 5'));
    const salt = 'a0'.repeat(32);
    const sign = (secret: string) => ({
      'X-Token-API-Id': 'TKN-7',
      'X-HMAC-SHA256-Signature': createHmac('sha256', secret).update(salt).digest('hex'),
      'X-Salt': salt,
    });
    const ran = await whileServing(
      ['--plan', file],
      async (url) => {
        const status = async (headers: Record<string, string>) =>
          (await bodyAt(`${url}/v1/user/payments`, headers)).status;
        expect(await status(TOKEN)).toBe(401);
        expect(await status({ ...TOKEN, 'X-Token-API-Id': 'TKN-7' })).toBe(401);
        expect(await status(sign('other'))).toBe(401);
        expect(await status(sign('token-secret'))).toBe(200);
        expect(await status(sign('token-secret'))).toBe(200);
      },
      { env },
    );
    expect(ran.stdout).not.toContain('token-secret');
    expect(jsonLines(ran.stdout).at(-2)).toMatchObject({
      status: 200,
      note: 'The salt was used before.',
    });
  });

  test('--error-rate and --latency make it as bad as asked', async () => {
    const file = await planFile(await planText('--lifecycle payment --seed 5'));
    await whileServing(['--plan', file, '--error-rate', '1', '--latency', '50ms'], async (url) => {
      const startedMs = performance.now();
      const { status, text } = await bodyAt(`${url}/v1/user/payments`);
      expect(performance.now() - startedMs).toBeGreaterThanOrEqual(50);
      expect([status, JSON.parse(text).code]).toEqual([500, 'INTERNAL_ERROR']);
    });
  });

  test('for programs it is one document', async () => {
    const file = await planFile(await planText('--lifecycle payment --seed 5'));
    const words = ['mock-api', '0', '--plan', file, '--for', '1ms', '--format', 'json'];
    const document = JSON.parse((await inqudHook(words)).stdout);
    expect(document).toMatchObject({
      schemaVersion: 1,
      command: 'mock-api',
      records: [],
      summary: { requests: 0 },
      exitCode: 0,
    });
    expect(document.routes).toHaveLength(8);
    for (const { source, fidelity } of document.routes) {
      expect(source).not.toBe('');
      expect(['documented', 'inferred']).toContain(fidelity);
    }
  });

  test.each([
    [[], 'The mock knows no resources without a plan.'],
    [['--plan', 'nowhere.json'], 'nowhere.json cannot be read: there is no such file.'],
    [['--plan', '-'], 'Standard input is not a plan this version reads: it is not JSON.'],
    [['70000'], 'The port: `70000` is not a whole number from 0 to 65535.'],
    [['--error-rate', '2'], '--error-rate: `2` is not a rate.'],
  ])('%j is asked wrongly', async (words, message) => {
    const ran = await inqudHook(['mock-api', ...words]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(message);
  });

  test('half a token is asked wrongly, and so is a port that is taken', async () => {
    const stdin = await planText('--lifecycle payment --seed 5');
    const half = await inqudHook(['mock-api', '0', '--plan', '-'], {
      stdin,
      env: { INQUD_API_TOKEN_ID: 'TKN-1' },
    });
    expect(half.exitCode).toBe(2);
    expect(half.stderr).toContain('$INQUD_API_TOKEN_SECRET is not set or empty, and');
    const receiver = await recording();
    const taken = await inqudHook(['mock-api', String(receiver.port), '--plan', '-'], { stdin });
    expect(taken.exitCode).toBe(2);
    expect(taken.stderr).toContain(
      `Port ${receiver.port} of 127.0.0.1 cannot be listened on: another program listens there.`,
    );
  });
});

describe('simulate-retries --mock-api', () => {
  /** Runs the command; the receiver asks the mock before it answers, so that plan time stands still. */
  async function asking(
    words: readonly string[],
    ask: (api: string, hook: string) => Promise<void>,
  ): Promise<Ran> {
    let api = '';
    const receiver = await patientReceiver((hook) => ask(api, hook));
    const common = ['simulate-retries', receiver, '--mock-api', '0', '--format', 'ndjson'];
    return inqudHook([...common, ...words], {
      onOutput: (text) => {
        api ||= JSON.parse(text).mockApi;
      },
    });
  }

  test('says where it is, for people and for programs', async () => {
    const words = ['simulate-retries', '--receiver', 'healthy', '--mock-api', '0'];
    const pretty = await inqudHook(words);
    expect(pretty.exitCode).toBe(0);
    expect(pretty.stdout).toMatch(/\n {2}mock Inqud API: http:\/\/127\.0\.0\.1:\d+\n/);
    const [ready] = jsonLines((await inqudHook([...words, '--format', 'ndjson'])).stdout);
    expect(ready.mockApi).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('without it nothing is said of it', async () => {
    const [ready] = jsonLines(
      (await inqudHook(['simulate-retries', '--receiver', 'healthy', '--format', 'ndjson'])).stdout,
    );
    expect(ready).not.toHaveProperty('mockApi');
  });

  test('its truth is that of the plan time, so a late web hook finds a newer one', async () => {
    const words = ['--lifecycle', 'payment', '--reorder', '5m', '--seed', '2'];
    const ranks: (readonly [hook: number, truth: number])[] = [];
    const rank = (text: string) => ['NEW', 'PENDING', 'SUCCESS'].indexOf(JSON.parse(text).status);
    const ran = await asking(words, async (api, hook) => {
      const { text } = await bodyAt(`${api}/v1/user/payments/${JSON.parse(hook).id}`);
      ranks.push([rank(hook), rank(text)]);
    });
    expect(ran.exitCode).toBe(0);
    expect(ranks).toEqual([
      [1, 1],
      [0, 2],
      [2, 2],
    ]);
  });

  test('dropped web hooks are visible there as soon as they are due, and none before', async () => {
    const text = await planText(
      '--lifecycle payment --resources 12 --drops 0.5 --seed 4 --timeout 1m',
    );
    const plan = parsePlan(text, 'it');
    let checked = 0;
    const words = ['--plan', await planFile(text)];
    const ran = await asking(words, async (api, hook) => {
      const planMs = ['NEW', 'PENDING', 'SUCCESS'].indexOf(JSON.parse(hook).status) * 60_000;
      for (const [id, body] of await naiveTruth(plan, planMs)) {
        expect((await bodyAt(`${api}/v1/user/payments/${id}`)).text).toBe(body);
        checked += 1;
      }
    });
    const { exitCode, events, faults } = jsonLines(ran.stdout).at(-1);
    expect(exitCode).toBe(0);
    expect(faults.dropped).toBeGreaterThan(10);
    expect(checked).toBe(12 * events.delivered);
  });

  test('a port that is taken is asked wrongly, before anything is sent', async () => {
    const receiver = await recording();
    const words = ['simulate-retries', receiver.url, '--mock-api', String(receiver.port)];
    const ran = await inqudHook(words);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('another program listens there');
    expect(receiver.requests).toEqual([]);
  });
});

/** Answers 200 once it has done something, and 500 when that went wrong. */
async function patientReceiver(first: (body: string) => Promise<void>): Promise<string> {
  const server = createServer(async (request, response) => {
    const done = await first(await text(request)).then(
      () => 200,
      () => 500,
    );
    response.writeHead(done).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return String(typeof address === 'object' ? address?.port : address);
}
