import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import type { CaptureRecord } from '../../src/capture/record.js';
import type { Header } from '../../src/ports.js';
import { correct, type Received, recording, valuesOf } from '../receivers/recording.js';
import { type Folder, inqudHook, newFolder, type Ran, type WorldOptions } from '../world.js';

const SECRET = 'capture-secret';
const OTHER = 'other-secret';
const env = { INQUD_HOOK_SECRET: SECRET };
const FIXTURES = new URL('../../fixtures/captures/', import.meta.url).pathname;
const FIXTURE_SECRET = { INQUD_HOOK_SECRET: 'fixture-secret' };
const CHECKOUT = 'CCO-8c4df2e6-8c0d-4fa6-bba8-4943038dd5c5';
const PAYMENT = 'PMT-9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d';

const digestOf = (body: Uint8Array | string, secret = SECRET) =>
  createHmac('sha1', secret).update(body).digest('hex');
const ownHeaders = (body: Uint8Array): readonly Header[] => [
  ['Host', 'shop.example.com'],
  ['Accept', '*/*'],
  ['x-PAYLOAD-digest', digestOf(body)],
  ['Content-Type', 'application/json'],
  ['Connection', 'keep-alive, X-Hop'],
  ['X-Hop', '1'],
  ['X-Twice', 'a'],
  ['X-Twice', 'b'],
  ['Content-Length', String(body.length)],
];

/** A capture of bodies that came a second apart, signed unless headers say otherwise. */
function captured(
  bodies: readonly (string | Uint8Array)[],
  changes: Partial<CaptureRecord> = {},
): string {
  const lines = bodies.map((given, index) => {
    const body = Buffer.from(given);
    const at = new Date(Date.UTC(2026, 2, 2, 9, 0, index)).toISOString();
    return formatCapture({
      at,
      method: 'POST',
      path: '/x',
      headers: ownHeaders(body),
      body,
      ...changes,
    });
  });
  return `${lines.join('\n')}\n`;
}

const statusBody = (status: string, id = CHECKOUT) => `{"id":"${id}","status":"${status}"}`;
const LIFE = ['NEW', 'REQUEST_CREATED', 'SUCCESS'].map((status) => statusBody(status));

async function fileOf(content: string | Uint8Array, name = 'captures.ndjson'): Promise<string> {
  const folder: Folder = await newFolder();
  return folder.write(name, content);
}

function replay(words: readonly string[], options: WorldOptions = {}): Promise<Ran> {
  return inqudHook(['replay', ...words], options);
}

const bodiesOf = (requests: readonly Received[]) => requests.map(({ body }) => body.toString());
const jsonLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a capture that was printed and read back is said to be so', async () => {
  const folder = await newFolder();
  const file = await folder.write(
    'app.log',
    `got {'body': '{"id":"PMT-1"}', 'digest': 'x'}\nended\n`,
  );
  const flags = ['--body-field', 'body', '--digest-field', 'digest', '--dry-run'];
  const ran = await inqudHook(['replay', file, ...flags]);
  expect(ran.stdout).toContain('1 capture: It was printed by Python or Node, and is read back');
  expect(ran.stdout).toContain('note: parts of the capture that hold no web hook: 1\n');
});

describe('as received', () => {
  test('bodies and headers go out as they came, but for those of the connection', async () => {
    const binary = Buffer.from([0x7b, 0xff, 0x00, 0x0a, 0x7d]);
    const receiver = await recording();
    const file = await fileOf(captured([...LIFE, binary]));
    const ran = await replay([file, receiver.url, '--concurrency', '1']);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(receiver.requests.map(({ body }) => body)).toEqual([
      ...LIFE.map((body) => Buffer.from(body)),
      binary,
    ]);
    for (const { headers, body, path } of receiver.requests) {
      expect(path).toBe('/hook');
      expect(headers).toEqual([
        ['host', `127.0.0.1:${receiver.port}`],
        ['connection', expect.any(String)],
        ['Accept', '*/*'],
        ['x-PAYLOAD-digest', digestOf(body)],
        ['Content-Type', 'application/json'],
        ['X-Twice', 'a'],
        ['X-Twice', 'b'],
        ['content-length', String(body.length)],
      ]);
    }
  });

  test('every fixture of another tool reaches a receiver with its genuine bodies intact', async () => {
    const files = [
      'captures.ndjson',
      'proxy.http',
      'netcat.http',
      'browser.har',
      'api-gateway-v1.json',
      'api-gateway-v2.json',
      'load-balancer.json',
      'lambda.log',
      'ngrok.json',
      'webhook-site.json',
      'webhook-site.csv',
    ];
    const accepted: number[] = [];
    for (const file of files) {
      const receiver = await correct('fixture-secret');
      const words = [`${FIXTURES}${file}`, receiver.url, '--retries', '0', '--format', 'ndjson'];
      const { stdout } = await replay([...words, '--only', 'genuine'], { env: FIXTURE_SECRET });
      const summary = jsonLines(stdout).at(-1);
      expect(summary.events.lost).toBe(0);
      accepted.push(summary.events.delivered);
    }
    expect(accepted).toEqual([3, 2, 1, 2, 1, 2, 1, 2, 2, 2, 2]);
  });

  test('a gzip file and standard input are read too', async () => {
    const content = captured(LIFE);
    const receiver = await recording();
    const file = await fileOf(gzipSync(content), 'captures.ndjson.gz');
    expect((await replay([file, receiver.url])).exitCode).toBe(0);
    expect((await replay(['-', receiver.url], { stdin: content })).exitCode).toBe(0);
    expect((await replay(['-', receiver.url], { stdin: gzipSync(content) })).exitCode).toBe(0);
    expect(bodiesOf(receiver.requests)).toEqual([...LIFE, ...LIFE, ...LIFE]);
  });

  test('log lines are replayed when it is said where the body is', async () => {
    const receiver = await recording();
    const words = ['--body-field', 'request.body', '--digest-field'];
    const digestField = 'request.headers.x-payload-digest';
    const file = `${FIXTURES}application.jsonl`;
    const { exitCode } = await replay(
      [file, receiver.url, ...words, digestField, '--only', 'genuine'],
      { env: FIXTURE_SECRET },
    );
    expect(exitCode).toBe(2);
    expect(receiver.requests.length).toBeGreaterThan(0);
    for (const request of receiver.requests) {
      expect(valuesOf(request, 'x-payload-digest')).toEqual([
        digestOf(request.body, 'fixture-secret'),
      ]);
    }
  });

  test('requests of one resource keep their order even when many are in flight', async () => {
    const ids = Array.from({ length: 40 }, (_, number) => `CCO-${number}`);
    const statuses = ['NEW', 'REQUEST_CREATED', 'PAYMENT_DETECTED', 'SUCCESS'];
    const bodies = statuses.flatMap((status) => ids.map((id) => statusBody(status, id)));
    const receiver = await recording();
    const ran = await replay([await fileOf(captured(bodies)), receiver.url]);
    expect(ran.exitCode).toBe(0);
    for (const id of ids) {
      const own = receiver.requests
        .map(({ body }) => JSON.parse(String(body)))
        .filter((body) => body.id === id);
      expect(own.map(({ status }) => status)).toEqual(statuses);
    }
  });

  test('captures that are out of order by time are sent in the order of their times', async () => {
    const lines = captured(LIFE).trimEnd().split('\n');
    const receiver = await recording();
    await replay([await fileOf(lines.toReversed().join('\n')), receiver.url]);
    expect(bodiesOf(receiver.requests)).toEqual(LIFE);
  });

  test('without a URL a built-in receiver takes them, and checks them against the secret', async () => {
    const file = await fileOf(captured(LIFE));
    const genuine = await replay([file], { env });
    expect(genuine).toMatchObject({ exitCode: 0, stderr: '' });
    expect(genuine.stdout).toContain('(built-in receiver: healthy)\n');
    const wrong = await replay([file, '--retries', '0'], { env: { INQUD_HOOK_SECRET: OTHER } });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toContain('(401: 3)');
  });
});

describe('what is selected and how it is ordered', () => {
  const bodies = [...LIFE, statusBody('NEW', PAYMENT), 'no JSON'];

  test.each([
    ['checkout', LIFE],
    ['payment.new', [statusBody('NEW', PAYMENT)]],
    [CHECKOUT, LIFE],
    ['9a8b7c6d', [statusBody('NEW', PAYMENT)]],
    ['PMT', [statusBody('NEW', PAYMENT)]],
    ['PMT-', [statusBody('NEW', PAYMENT)]],
    ['CCO', LIFE],
    ['CC', LIFE],
  ])('--only %s', async (word, expected) => {
    const receiver = await recording();
    const ran = await replay([await fileOf(captured(bodies)), receiver.url, '--only', word]);
    expect(ran.exitCode).toBe(0);
    expect(bodiesOf(receiver.requests)).toEqual(expected);
    expect(ran.stdout).toContain(
      `left away      ${bodies.length - expected.length} not selected\n`,
    );
  });

  test.each([
    ['genuine', [LIFE[0]]],
    ['rejected', [LIFE[1]]],
    ['unsigned', [LIFE[2]]],
  ])('--only %s takes what verify calls so', async (verdict, expected) => {
    const lines = LIFE.map((body, index) => {
      const digest = digestOf(body, index === 1 ? OTHER : SECRET);
      const headers: readonly Header[] = index === 2 ? [] : [['X-Payload-Digest', digest]];
      return captured([body], { headers });
    });
    const receiver = await recording();
    const file = await fileOf(lines.join(''));
    const { exitCode } = await replay([file, receiver.url, '--only', verdict], { env });
    expect(exitCode).toBe(0);
    expect(bodiesOf(receiver.requests)).toEqual(expected);
  });

  test('--order reverse sends the last first, and the report says what was overtaken', async () => {
    const receiver = await recording();
    const ran = await replay([await fileOf(captured(LIFE)), receiver.url, '--order', 'reverse']);
    expect(bodiesOf(receiver.requests)).toEqual(LIFE.toReversed());
    expect(ran.stdout).toContain('out of order   2 stale arrivals\n');
  });

  test('--order shuffle is the same for the same seed', async () => {
    const ids = Array.from({ length: 30 }, (_, number) => statusBody('NEW', `CCO-${number}`));
    const file = await fileOf(captured(ids));
    const orders: string[][] = [];
    for (const seed of ['7', '7', '8']) {
      const receiver = await recording();
      const words = ['--order', 'shuffle', '--seed', seed, '--concurrency', '1'];
      await replay([file, receiver.url, ...words]);
      orders.push(bodiesOf(receiver.requests));
    }
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]).not.toEqual(orders[2]);
    expect(orders[0]).not.toEqual(ids);
    expect(orders[0]?.toSorted()).toEqual(ids.toSorted());
  });

  test('requests that are no POST are left away, and said to be', async () => {
    const file = await fileOf(captured(LIFE) + captured(['x'], { method: 'GET' }));
    const receiver = await recording();
    const ran = await replay([file, receiver.url]);
    expect(ran.exitCode).toBe(0);
    expect(receiver.requests).toHaveLength(3);
    expect(ran.stdout).toContain('left away      1 no POST\n');
  });
});

describe('what is changed', () => {
  test('--resign replaces the digest where it is, and adds one where there is none', async () => {
    const unsigned = captured(['{}'], { headers: [['A', '1']] });
    const receiver = await correct(OTHER);
    const file = await fileOf(captured(LIFE) + unsigned);
    const ran = await replay([file, receiver.url, '--resign', '--concurrency', '1'], {
      env: { INQUD_HOOK_SECRET: OTHER },
    });
    expect(ran.exitCode).toBe(0);
    expect(receiver.requests[0]?.headers.slice(2, 5)).toEqual([
      ['Accept', '*/*'],
      ['x-PAYLOAD-digest', digestOf(LIFE[0] ?? '', OTHER)],
      ['Content-Type', 'application/json'],
    ]);
    const added = receiver.requests.find(({ body }) => String(body) === '{}');
    expect(added?.headers.slice(2, 4)).toEqual([
      ['A', '1'],
      ['X-Payload-Digest', digestOf('{}', OTHER)],
    ]);
  });

  test('--resign-env signs with another secret than the one captures are judged by', async () => {
    const receiver = await correct(OTHER);
    const forged = captured(['{"id":"CCO-2"}'], { headers: [['X-Payload-Digest', 'ff']] });
    const file = await fileOf(captured(LIFE) + forged);
    const words = ['--only', 'genuine', '--resign-env', 'NEW_SECRET'];
    const ran = await replay([file, receiver.url, ...words], {
      env: { ...env, NEW_SECRET: OTHER },
    });
    expect(ran.exitCode).toBe(0);
    expect(bodiesOf(receiver.requests)).toEqual(LIFE);
  });

  test('--fresh-ids renames alike over the whole capture, and leaves the other bytes', async () => {
    const linked = `{ "id":"${PAYMENT}", "checkoutId" : "${CHECKOUT}", "amount": 1.0, "é": "☕" }`;
    const receiver = await correct(SECRET);
    const words = ['--fresh-ids', '--seed', '3', '--concurrency', '1'];
    const ran = await replay([await fileOf(captured([...LIFE, linked])), receiver.url, ...words], {
      env,
    });
    expect(ran.exitCode).toBe(0);
    const [first = '', , , last = ''] = bodiesOf(receiver.requests);
    const fresh: string = JSON.parse(first).id;
    expect(fresh).toMatch(/^CCO-[0-9a-f-]{36}$/);
    expect(fresh).not.toBe(CHECKOUT);
    expect(last.replace(fresh, CHECKOUT).replace(/PMT-[0-9a-f-]{36}/, PAYMENT)).toBe(linked);
    expect(ran.stdout).toContain(`checkout.new             ${fresh.slice(4, 12)} 1/11`);
  });

  test('-H comes instead of a captured header of that name', async () => {
    const receiver = await recording();
    const file = await fileOf(captured(['{}']));
    await replay([file, receiver.url, '-H', 'accept: text/plain', '-H', 'X-New: 1']);
    expect(receiver.requests[0]?.headers.slice(2, -1)).toEqual([
      ['x-PAYLOAD-digest', digestOf('{}')],
      ['Content-Type', 'application/json'],
      ['X-Twice', 'a'],
      ['X-Twice', 'b'],
      ['accept', 'text/plain'],
      ['X-New', '1'],
    ]);
  });
});

describe('the faults of simulate-retries', () => {
  test('a refused request is tried again with the same bytes', async () => {
    const receiver = await recording((_received, index) => ({ status: index < 2 ? 500 : 200 }));
    const ran = await replay([await fileOf(captured(['{}'])), receiver.url]);
    expect(ran.exitCode).toBe(0);
    expect(new Set(receiver.requests.map(({ headers, body }) => `${headers} ${body}`)).size).toBe(
      1,
    );
    expect(ran.stdout).toContain('delivered on   attempt 3: 1\n');
  });

  test('202 is no success: what is never answered 200 is lost', async () => {
    const receiver = await recording(() => ({ status: 202 }));
    const ran = await replay([await fileOf(captured(['{}'])), receiver.url, '--retries', '1']);
    expect(ran.exitCode).toBe(1);
    expect(receiver.requests).toHaveLength(2);
  });

  test('--chaos does everything at least once, the same for the same seed', async () => {
    const file = await fileOf(captured(LIFE));
    const timelines: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      const receiver = await recording();
      const words = ['--chaos', '--seed', '5', '--format', 'ndjson'];
      const ran = await replay([file, receiver.url, ...words]);
      expect(ran.exitCode).toBe(0);
      const { faults } = jsonLines(ran.stdout).at(-1);
      for (const name of ['late', 'lostAcks', 'blocked', 'duplicates']) {
        expect(faults[name]).toBeGreaterThan(0);
      }
      timelines.push(
        ran.stdout.replaceAll(
          /"ms":[\d.]+|127\.0\.0\.1:\d+|"\w+Ms":[\d.]+|--seed.*|http:[^"]*/g,
          '',
        ),
      );
    }
    expect(timelines[0]).toBe(timelines[1]);
  });

  test('what is selected and how it is ordered shifts no fault', async () => {
    const ids = Array.from({ length: 40 }, (_, number) => statusBody('NEW', `CCO-${number}`));
    const file = await fileOf(captured([statusBody('NEW', PAYMENT), ...ids]));
    const dropped: unknown[][] = [];
    for (const words of [[], ['--order', 'reverse'], ['--only', 'checkout']]) {
      const receiver = await recording();
      const common = ['--drops', '0.5', '--seed', '9', '--format', 'ndjson', ...words];
      const { stdout } = await replay([file, receiver.url, ...common]);
      const records = jsonLines(stdout).filter(({ kind }) => kind === 'dropped');
      dropped.push(
        records
          .map(({ resource }) => resource)
          .filter((id) => id !== PAYMENT)
          .sort(),
      );
    }
    expect(dropped[0]?.length).toBeGreaterThan(5);
    expect(dropped[1]).toEqual(dropped[0]);
    expect(dropped[2]).toEqual(dropped[0]);
  });
});

describe('--speed', () => {
  test('keeps the original times, faster', async () => {
    const file = await fileOf(captured(LIFE));
    const receiver = await recording();
    const startedMs = performance.now();
    const ran = await replay([file, receiver.url, '--speed', '20', '--format', 'ndjson']);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(100);
    expect(ran.exitCode).toBe(0);
    const [ready, ...records] = jsonLines(ran.stdout);
    expect(ready).toMatchObject({ kind: 'ready', command: 'replay', speed: 20 });
    expect(records.slice(0, 3).map(({ planMs }) => planMs)).toEqual([0, 1_000, 2_000]);
    expect(bodiesOf(receiver.requests)).toEqual(LIFE);
  });

  test('a capture without times says so', async () => {
    const lines = captured(LIFE).replaceAll(/"at":"[^"]*",/g, '');
    const receiver = await recording();
    const ran = await replay([await fileOf(lines), receiver.url, '--speed', '1']);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('note: 3 without a time go with the one before them\n');
  });

  test('a fault that is about time says what time it is about', async () => {
    const receiver = await recording();
    const file = await fileOf(captured(['{}']));
    const { stdout } = await replay([file, receiver.url, '--reorder', '1m']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'note: everything is due at once; --speed keeps the original times, for the faults too',
    );
  });
});

describe('a dry run', () => {
  test('lists what would be sent, and sends nothing', async () => {
    const receiver = await recording();
    const file = await fileOf(captured(LIFE));
    const words = ['--dry-run', '--order', 'reverse', '--speed', '1', '--seed', '1'];
    const ran = await replay([file, receiver.url, ...words]);
    expect(receiver.requests).toEqual([]);
    expect(ran.exitCode).toBe(0);
    const [success, created, first] = LIFE.toReversed().map((body) => digestOf(body).slice(0, 8));
    expect(ran.stdout).toBe(
      [
        `Replaying 3 of 3 captures in ${file}`,
        `→ ${receiver.url}`,
        'seed 1 · reversed · 1 × the original speed · as captured · 10 retries after',
        '  2m, 4m, 8m, 16m, …',
        '',
        `0:00:00   checkout.success         8c4df2e6 68 bytes   ${success} ${file}:3`,
        `0:00:01   checkout.request-created 8c4df2e6 76 bytes   ${created} ${file}:2`,
        `0:00:02   checkout.new             8c4df2e6 64 bytes   ${first} ${file}:1`,
        '',
        'Nothing was sent: this is a dry run.',
        '',
      ].join('\n'),
    );
  });

  test('for programs it has one record a request', async () => {
    const file = await fileOf(captured(['{}']));
    const { stdout } = await replay([file, '3000', '--dry-run', '--format', 'ndjson']);
    const [ready, planned, summary] = jsonLines(stdout);
    expect(ready).toMatchObject({ kind: 'ready', dryRun: true, url: 'http://localhost:3000/' });
    expect(planned).toEqual({
      kind: 'planned',
      at: { file, line: 1 },
      dueMs: 0,
      event: 'unrecognised',
      resource: 'line-1',
      bodyBytes: 2,
      digests: [digestOf('{}')],
    });
    expect(summary).toMatchObject({ kind: 'summary', exitCode: 0, captures: { replayed: 1 } });
  });
});

describe('what cannot be replayed', () => {
  const broken = `${captured(LIFE)}{"kind":"capture","schemaVersion":1}\n${captured(['{}'], { headers: [['a b', '1']] })}{"kind":"cap`;

  test('malformed entries are listed with their place, the rest goes, and the exit code is 2', async () => {
    const receiver = await recording();
    const file = await fileOf(broken);
    const ran = await replay([file, receiver.url]);
    expect(ran).toMatchObject({ exitCode: 2, stderr: '' });
    expect(bodiesOf(receiver.requests)).toEqual(LIFE);
    expect(ran.stdout).toContain(`! malformed  ${file}:4\n`);
    expect(ran.stdout).toContain('The header "a b" cannot be sent over HTTP/1.1.\n');
    expect(ran.stdout).toContain(`! malformed  ${file}:6\n`);
    expect(ran.stdout).toContain('✗ 3 of 6 entries malformed.\n');
  });

  test('for programs they are records', async () => {
    const receiver = await recording(() => ({ status: 500 }));
    const file = await fileOf(broken);
    const words = ['--retries', '0', '--format'];
    const lines = jsonLines((await replay([file, receiver.url, ...words, 'ndjson'])).stdout);
    expect(lines.map(({ kind }) => kind)).toEqual([
      'ready',
      'malformed',
      'malformed',
      'malformed',
      'attempt',
      'attempt',
      'attempt',
      'summary',
    ]);
    expect(lines.at(-1)).toMatchObject({
      exitCode: 2,
      events: { lost: 3 },
      captures: { entries: 6, malformed: 3, otherMethods: 0, unselected: 0, replayed: 3 },
    });
    const document = JSON.parse((await replay([file, receiver.url, ...words, 'json'])).stdout);
    expect(document).toMatchObject({ schemaVersion: 1, command: 'replay', exitCode: 2 });
    expect(document.malformed.map(({ at }: { at: { line: number } }) => at.line)).toEqual([
      4, 5, 6,
    ]);
    expect(document.records).toHaveLength(3);
  });

  test.each([
    ['an empty file', '', 'there is no web hook in the capture.'],
    [
      'a stream of other records',
      '{"kind":"ready","schemaVersion":1}\n',
      'there is no web hook in the capture.',
    ],
    ['nothing that is selected', captured(['{}']), '1 not selected.'],
  ])('%s is exit code 3', async (_what, content, said) => {
    const receiver = await recording();
    const ran = await replay([await fileOf(content), receiver.url, '--only', 'payment']);
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toContain(`? Nothing to replay: ${said}\n`);
  });

  test('no connection is exit code 3', async () => {
    const receiver = await recording();
    const closed = receiver.url.replace(/:\d+/, ':1');
    const ran = await replay([await fileOf(captured(['{}'])), closed, '--retries', '0']);
    expect(ran.exitCode).toBe(3);
  });

  test('Ctrl-C prints the partial report and is exit code 130', async () => {
    const interruption = new AbortController();
    const receiver = await recording(() => {
      interruption.abort();
      return undefined;
    });
    const file = await fileOf(captured(LIFE));
    const ran = await replay([file, receiver.url], { signal: interruption.signal });
    expect(ran.exitCode).toBe(130);
    expect(ran.stdout).toContain('! Interrupted: 0 of 3 delivered, 3 not settled.');
  });

  test.each([
    [['--only', 'genuine'], 'No secret in $INQUD_HOOK_SECRET, and none named by a flag.'],
    [['--resign'], 'No secret in $INQUD_HOOK_SECRET, and none named by a flag.'],
    [['--fresh-ids'], 'No secret in $INQUD_HOOK_SECRET, and none named by a flag.'],
    [['--resign-env', 'NOT_SET'], '$NOT_SET is not set.'],
    [['--only', 'genuin'], '`genuin` is no event, kind, id or verdict.'],
    [['--only', 'checkout.succes'], 'There is no event "checkout.succes".'],
    [['--speed', '0'], '--speed: `0` is not a speed.'],
    [['--speed', 'fast'], '--speed: `fast` is not a speed.'],
    [
      ['-H', 'x-payload-DIGEST: abc'],
      'X-Payload-Digest is replayed as it was captured, and -H would replace it.',
    ],
    [['--receiver', 'demo'], 'A URL and --receiver exclude each other.'],
    [
      ['--secret', 'a', '--secret', 'b', '--resign'],
      'A replay signs with one secret, and several are given.',
    ],
  ])('%j is asked wrongly', async (words, message) => {
    const file = await fileOf(captured(['{}']));
    const ran = await replay([file, '3000', ...words]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(message);
  });

  test('standard input cannot be the capture and the secret', async () => {
    const ran = await replay(['-', '3000', '--secret-file', '-'], { stdin: captured(['{}']) });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(
      'A capture on standard input and a secret there exclude each other.',
    );
  });

  test('a capture that is not there is asked wrongly', async () => {
    const ran = await replay(['nowhere.ndjson', '3000']);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('nowhere.ndjson cannot be read: there is no such file.');
  });
});

test('hostile captures cannot write to the terminal', async () => {
  const sequence = '\u001b[2J\u202e';
  const body = `{"id":"CCO-1${sequence}","status":"NEW${sequence}"}`;
  const receiver = await recording();
  const ran = await replay([await fileOf(captured([body])), receiver.url, '--dry-run']);
  expect(ran.stdout).not.toContain('\u001b');
  expect(ran.stdout).not.toContain('\u202e');
  expect(ran.stdout).toContain('unrecognised line-1');
});

test('no secret is shown, whatever is asked', async () => {
  const receiver = await recording();
  const file = await fileOf(captured(['{}']));
  const words = [file, receiver.url, '--resign', '--secret', 'tell-nobody'];
  for (const format of ['pretty', 'json', 'ndjson']) {
    const ran = await replay([...words, '--format', format]);
    expect(ran.stdout + ran.stderr).not.toContain('tell-nobody');
  }
});
