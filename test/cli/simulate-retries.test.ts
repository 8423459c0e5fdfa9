import { describe, expect, test } from 'vitest';
import { diskFiles } from '../../src/adapters/files.js';
import * as hostile from '../receivers/hostile.js';
import {
  type Received,
  type RecordingReceiver,
  recording,
  valuesOf,
} from '../receivers/recording.js';
import { DRAWN, inqudHook, newFolder, type Ran, type WorldOptions } from '../world.js';

const env = { INQUD_HOOK_SECRET: 'hook-secret-3' };

function simulate(words: string, options: WorldOptions = {}): Promise<Ran> {
  return inqudHook(['simulate-retries', ...words.split(' ').filter(Boolean)], options);
}

/** What a receiver got, in an order that does not depend on which connection was faster. */
function gotten({ requests }: RecordingReceiver): readonly string[] {
  return requests.map(requestText).sort();
}

function requestText({ path, headers, body }: Received): string {
  return [path, ...headers.map((header) => header.join(': ')), String(body)].join('\n');
}

/** Answers that fail the first `failures` requests. */
function failing(failures: number) {
  return recording((_received, index) => ({ status: index < failures ? 500 : 200 }));
}

/** The lines of attempts as they are in every run, without what is up to chance: times and ids. */
function timeline(stdout: string): readonly string[] {
  return stdout
    .split('\n')
    .filter((line) => /^\d+:\d\d:\d\d/.test(line))
    .map((line) =>
      line.replace(/[\d.]+ ms/, 'N ms').replace(/ [0-9a-f]{4}(?:[0-9a-f]{4})? /, ' ID '),
    );
}

describe('without a URL', () => {
  test('the built-in receiver shows the whole story in seconds, and ends delivered', async () => {
    const startedMs = performance.now();
    const ran = await simulate('--seed 7');
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toMatch(
      /^Simulating 4 events of 1 resource\n→ http:\/\/127\.0\.0\.1:\d+\/webhooks\/inqud \(built-in receiver: demo\)\nseed 7 · signed · 10 retries after 2m, 4m, 8m, 16m, …\n/,
    );
    expect(ran.stdout).toContain(
      'note: the demo receiver hangs on purpose, so the 10 s limit is cut to 1s\n',
    );
    expect(timeline(ran.stdout)).toEqual([
      '0:00:00  checkout.new              ID 1/11  ✗ 500 N ms ↻ in 2m',
      '0:01:00  checkout.request-created  ID 1/11  ✗ 204 N ms ↻ in 2m',
      '0:02:00  checkout.new              ID 2/11  ✗ timeout stale ↻ in 4m',
      '0:02:00  checkout.payment-detected ID 1/11  ✗ timeout ↻ in 2m',
      '0:03:00  checkout.request-created  ID 2/11  ✓ 200 N ms stale delivered',
      '0:03:00  checkout.success          ID 1/11  ✓ 200 N ms delivered',
      '0:04:01  checkout.payment-detected ID 2/11  ✓ 200 N ms stale delivered',
      '0:06:01  checkout.new              ID 3/11  ✓ 200 N ms stale delivered',
    ]);
    expect(ran.stdout).toContain('\n✓ 4 of 4 events delivered in 6m 1s of plan time.\n');
    expect(ran.stdout).toContain('  attempts       8 sent (200: 4, 204: 1, 500: 1, 2 timed out)\n');
    expect(ran.stdout).toContain(
      '! Some answers were 2xx but not 200: Inqud counts exactly 200 as delivered.\n',
    );
    expect(ran.stdout).toMatch(/\nreproduce: inqud-hook simulate-retries --seed 7\n$/);
    for (const line of ran.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test.each([
    ['healthy', '', 0, 'attempts       4 sent (200: 4)'],
    ['flaky:2', '', 0, 'attempts       12 sent (200: 4, 503: 8)'],
    ['down:5m', '', 0, 'delivered on   attempt 2: 1, attempt 3: 3'],
    ['slow:30ms', '', 0, 'attempts       4 sent (200: 4)'],
    ['status:503', '--retries 1', 1, 'attempts       8 sent (503: 8)'],
    ['status:201', '--retries 0', 1, 'attempts       4 sent (201: 4)'],
    ['silent', '--retries 0 --timeout 30ms', 1, 'attempts       4 sent (4 timed out)'],
  ])('--receiver %s %s is exit %i', async (behaviour, flags, exitCode, total) => {
    const ran = await simulate(`--receiver ${behaviour} ${flags}`);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.stdout).toContain(`  ${total}\n`);
  });
});

describe('against a receiver of one’s own', () => {
  test('nothing waits, and every attempt of an event is the same, byte for byte', async () => {
    const receiver = await failing(3);
    const ran = await simulate(`${receiver.url} --event payment.success --backoff 6h,12h,24h`, {
      env,
    });
    expect(ran.exitCode).toBe(0);
    expect(new Set(receiver.requests.map(requestText)).size).toBe(1);
    expect(timeline(ran.stdout)).toEqual([
      '0:00:00  payment.success ID 1/4 ✗ 500 N ms ↻ in 6h',
      '6:00:00  payment.success ID 2/4 ✗ 500 N ms ↻ in 12h',
      '18:00:00 payment.success ID 3/4 ✗ 500 N ms ↻ in 1d',
      '42:00:00 payment.success ID 4/4 ✓ 200 N ms delivered',
    ]);
  });

  test('an event that is never answered 200 is lost: exit 1, and what to do about it', async () => {
    const receiver = await failing(100);
    const ran = await simulate(`${receiver.url} --event payment.new --retries 1 --seed 4`, { env });
    expect(ran.exitCode).toBe(1);
    expect(timeline(ran.stdout).at(-1)).toBe('0:02:00  payment.new ID 2/2 ✗ 500 N ms LOST');
    expect(ran.stdout).toContain('\n✗ 1 of 1 event lost, 0 delivered in 2m of plan time.\n');
    expect(ran.stdout).toMatch(/\n {2}lost: payment\.new PMT-[0-9a-f-]{36}\n/);
    expect(ran.stdout).toContain('\n! 500 is a failure of the receiver.\n');
    expect(ran.stdout).toMatch(/\nreproduce: inqud-hook simulate-retries http\S+ .* --seed 4\n$/);
  });

  test('of many lost events some are named, the others counted', async () => {
    const receiver = await failing(1_000);
    const words = `${receiver.url} --event payment.new --retries 0 --resources 12`;
    const { stdout } = await simulate(words);
    expect(stdout.match(/^ {2}lost: payment\.new PMT-/gm)).toHaveLength(5);
    expect(stdout).toContain('\n  lost: … and 7 more\n');
    expect(stdout.match(/500 is a failure of the receiver/g)).toHaveLength(1);
  });

  test('nobody is told twice that 204 is not 200', async () => {
    for (const status of [204, 302]) {
      const receiver = await recording(() => ({ status }));
      const { stdout } = await simulate(`${receiver.url} --retries 1`, { env });
      expect(stdout.match(/^! /gm)).toEqual(['! ']);
    }
  });

  test('what nothing took was not sent', async () => {
    const { stdout } = await simulate('http://127.0.0.1:9/ --event payment.new --retries 1', {
      env,
    });
    expect(stdout).toContain('  attempts       2 made (2 unreachable)\n');
  });

  test('a receiver that refuses what has no digest is right', async () => {
    const receiver = await recording(() => ({ status: 401 }));
    const run = (words: string) => simulate(`${receiver.url} --retries 0 ${words}`, { env });
    const [signed, unsigned] = [await run(''), await run('--unsigned')];
    expect(signed.stdout).toContain('! 401 refuses the web hook: check the secret');
    expect(unsigned.stdout).toContain('! 401 refuses the web hook, which has no digest');
  });

  test('201, 202 and 204 are not delivered, and the report says why', async () => {
    const receiver = await recording((_received, index) => ({
      status: [201, 202, 204][index] ?? 200,
    }));
    const ran = await simulate(`${receiver.url} --event payment.new`);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('  delivered on   attempt 4: 1\n');
    expect(ran.stdout).toContain('! Some answers were 2xx but not 200');
  });

  test('redirects are not followed, and the report says so', async () => {
    const receiver = await recording((_received, index) =>
      index === 0 ? { status: 308, location: '/other' } : { status: 200 },
    );
    const ran = await simulate(`${receiver.url} --event payment.new`);
    expect(ran.stdout).toContain('! Some answers were redirects: they are not followed');
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/hook', '/hook']);
  });

  test('nothing listening tells nothing: exit 3', async () => {
    const url = await hostile.refusing();
    const ran = await simulate(`${url} --retries 1`);
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toContain('\n? No attempt ever connected: is the receiver running?\n');
    expect(ran.stdout).toContain(`\n! Nothing listens on ${new URL(url).host}.\n`);
    expect(ran.stdout).not.toContain('lost:');
  });

  test('headers, the source address and an unsigned run go as they do with send', async () => {
    const receiver = await recording();
    const words = `${receiver.url} --event payment.new -H X-A:1 --forwarded-for --unsigned`;
    const ran = await simulate(words, { env });
    const [received] = receiver.requests;
    expect(valuesOf(received, 'X-A')).toEqual(['1']);
    expect(valuesOf(received, 'X-Forwarded-For')).toEqual(['3.64.51.60']);
    expect(valuesOf(received, 'X-Payload-Digest')).toEqual([]);
    expect(ran.stdout).toContain(' · unsigned · ');
    expect(ran.stdout).not.toContain('nothing is signed');
  });

  test('without a secret nothing is signed, and a note says so', async () => {
    const receiver = await recording();
    const ran = await simulate(`${receiver.url} --event payment.new`);
    expect(ran.stdout).toContain(
      'note: no secret is given (INQUD_HOOK_SECRET), so nothing is signed\n',
    );
    expect(valuesOf(receiver.requests[0], 'X-Payload-Digest')).toEqual([]);
  });
});

describe('what is delivered', () => {
  const statuses = async (words: string) => {
    const receiver = await recording();
    await simulate(`${receiver.url} ${words}`);
    return receiver.requests.map(({ body }) => JSON.parse(String(body)).status);
  };

  test.each([
    ['', ['NEW', 'REQUEST_CREATED', 'PAYMENT_DETECTED', 'SUCCESS']],
    ['--lifecycle checkout:expired', ['NEW', 'REQUEST_CREATED', 'EXPIRED']],
    ['--lifecycle authorization', ['GRANTED', 'REVOKED_BY_MERCHANT']],
    ['--event invoice.new --event invoice.success', ['NEW', 'SUCCESS']],
  ])('with "%s" is %j', async (words, expected) => {
    expect(await statuses(words)).toEqual(expected);
  });

  test('is as many resources as --resources says, each with ids of its own', async () => {
    const receiver = await recording();
    await simulate(`${receiver.url} --lifecycle payment --resources 3`);
    const ids = receiver.requests.map(({ body }) => JSON.parse(String(body)).id);
    expect(ids).toHaveLength(9);
    expect(new Set(ids).size).toBe(3);
  });

  test('is a minute apart, or as far as --spacing says', async () => {
    const { stdout } = await simulate('--receiver healthy --lifecycle payment --spacing 1h30m');
    expect(timeline(stdout).map((line) => line.slice(0, 8).trim())).toEqual([
      '0:00:00',
      '1:30:00',
      '3:00:00',
    ]);
  });

  test('is changed by --set in every body', async () => {
    const receiver = await recording();
    await simulate(`${receiver.url} --lifecycle payment --set amount=12.50`);
    for (const { body } of receiver.requests) expect(String(body)).toContain('"amount":12.50,');
  });
});

describe('the schedule', () => {
  const waits = async (words: string) => {
    const { stdout } = await simulate(`--dry-run ${words}`);
    const { waitsMs } = JSON.parse(stdout);
    return waitsMs.map((ms: number) => ms / 60_000);
  };

  test.each([
    ['', [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]],
    ['--retries 3', [2, 4, 8]],
    ['--base 5m --factor 3 --retries 3', [5, 15, 45]],
    ['--max-wait 1h', [2, 4, 8, 16, 32, 60, 60, 60, 60, 60]],
    ['--backoff published', [1, 2, 5, 15, 30, 60, 120, 360, 720, 1440]],
    ['--backoff published --max-wait 2h --retries 8', [1, 2, 5, 15, 30, 60, 120, 120]],
    ['--backoff 1m,5m,30m', [1, 5, 30]],
    ['--backoff 1m,5m --retries 2', [1, 5]],
    ['--retries 0', []],
  ])('with "%s" waits %j minutes', async (words, expected) => {
    expect(await waits(words)).toEqual(expected);
  });

  test.each([
    ['', 'note: the waits are assumed: Inqud says "a few minutes", growing exponentially\n'],
    ['--backoff published', "note: the waits are those of Inqud's retired docs\n"],
  ])('says where its waits are from: "%s"', async (words, note) => {
    expect((await simulate(`--receiver healthy ${words}`)).stdout).toContain(note);
  });

  test('of a user’s own needs no note', async () => {
    const { stdout } = await simulate('--receiver healthy --backoff 1m');
    expect(stdout).not.toContain('note:');
  });

  test('with --jitter waits less, by up to that share', async () => {
    const words = '--receiver flaky:1 --event payment.new --backoff 100m --jitter 50% --seed 2';
    const [, minutes = ''] = /↻ in 1h(\d+)m/.exec((await simulate(words)).stdout) ?? [];
    expect(Number(minutes)).toBeLessThan(40);
  });
});

describe('faults are ours, on purpose, and shown:', () => {
  test('a duplicate goes out beside an attempt or after its 200, and is not retried', async () => {
    const receiver = await recording();
    const words = `${receiver.url} --event payment.new --resources 4 --duplicates 1 --seed 1`;
    const { exitCode, stdout } = await simulate(words);
    expect(exitCode).toBe(0);
    expect(receiver.requests).toHaveLength(8);
    expect(stdout.match(/ ✓ 200 [\d.]+ ms duplicate$/gm)).toHaveLength(4);
    expect(stdout).toContain('  faults         4 duplicates\n');
  });

  test('a refused duplicate loses nothing', async () => {
    const receiver = await recording((_received, index) => ({ status: index === 0 ? 200 : 409 }));
    const words = `${receiver.url} --event payment.new --duplicates 1 --seed 3`;
    const { exitCode, stdout } = await simulate(words);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 duplicate (1 refused)');
  });

  test('a lost acknowledgement is retried though the receiver said 200', async () => {
    const receiver = await recording();
    const words = `${receiver.url} --event payment.new --lost-acks 1 --retries 2 --seed 1`;
    const { exitCode, stdout } = await simulate(words);
    expect(exitCode).toBe(0);
    expect(receiver.requests).toHaveLength(3);
    expect(timeline(stdout)).toEqual([
      '0:00:00  payment.new ID 1/3 ≈ 200 N ms ack lost ↻ in 2m',
      '0:02:10  payment.new ID 2/3 ≈ 200 N ms ack lost ↻ in 4m',
      '0:06:20  payment.new ID 3/3 ✓ 200 N ms delivered',
    ]);
  });

  test('an overlap sends the next attempt before this one is answered', async () => {
    const words = '--receiver slow:20ms --event payment.new --overlaps 1 --retries 1 --seed 1';
    expect(timeline((await simulate(words)).stdout)).toEqual([
      '0:00:00  payment.new ID 1/2 ≈ 200 N ms overlap ↻ now',
      '0:00:00  payment.new ID 2/2 ✓ 200 N ms delivered',
    ]);
  });

  test('an outage keeps everything away, and what piled up comes late', async () => {
    const words = '--receiver healthy --event payment.new --outage 0..3m --seed 1';
    expect(timeline((await simulate(words)).stdout)).toEqual([
      '0:00:00  payment.new ID 1/11  · outage ↻ in 2m',
      '0:02:00  payment.new ID 2/11  · outage ↻ in 4m',
      '0:06:00  payment.new ID 3/11  ✓ 200 N ms delivered',
    ]);
  });

  test('a dropped event is withheld, listed apart, and no failure', async () => {
    const words = '--receiver healthy --event payment.new --resources 20 --drops 0.3 --seed 1';
    const { exitCode, stdout } = await simulate(words);
    const dropped = stdout.match(/ - {5}· dropped, never sent$/gm)?.length ?? 0;
    expect(dropped).toBeGreaterThan(0);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `✓ ${20 - dropped} of 20 events delivered in 0s of plan time, ${dropped} withheld by faults.`,
    );
  });

  test.each(['--drops 1', '--outage 0..40d'])(
    'a run in which everything was withheld tells nothing: %s is exit 3',
    async (fault) => {
      const { exitCode, stdout } = await simulate(`--receiver healthy ${fault}`);
      expect(exitCode).toBe(3);
      expect(stdout).toContain(
        '\n? Every event was withheld by faults: nothing is known of the receiver.\n',
      );
    },
  );

  test('--reorder lets later events overtake', async () => {
    const { stdout } = await simulate('--receiver healthy --reorder 10m --resources 20 --seed 1');
    expect(stdout).toMatch(/ stale late \d/);
    expect(stdout).toMatch(/^ {2}out of order {3}\d+ stale arrivals$/m);
    expect(stdout).not.toContain('swaps nothing');
  });

  test.each([
    ['--reorder 30s', '! --reorder 30s swaps nothing: events are 1m apart.\n'],
    ['--reorder 1m', '! --reorder 1m swaps nothing: events are 1m apart.\n'],
    [
      '--reorder 5m --event payment.new',
      '! --reorder swaps nothing here: no resource has two events.\n',
    ],
  ])('%s swaps nothing, and the report says so', async (words, advice) => {
    const { stdout } = await simulate(`--receiver healthy ${words}`);
    expect(stdout).toContain(advice);
    expect(stdout).toContain('Nothing was retried, duplicated or reordered');
  });

  test('--chaos turns all but drops on, each at least once', async () => {
    const { exitCode, stdout } = await simulate('--receiver slow:5ms --chaos --seed 11');
    expect(exitCode).toBe(0);
    const [, faults = ''] = /^ {2}faults +(.+)$/m.exec(stdout) ?? [];
    for (const fault of ['late', 'duplicate', 'lost ack', 'overlap', 'blocked']) {
      expect(faults).toContain(fault);
    }
    expect(faults).not.toContain('dropped');
    expect(stdout).toContain('  out of order ');
  });

  test('no fault flag is no fault, and the report names --chaos', async () => {
    const { stdout } = await simulate('--receiver healthy');
    expect(stdout).not.toContain('faults');
    expect(stdout).toContain(
      '\nNothing was retried, duplicated or reordered: --chaos does what networks do.\n',
    );
  });

  test('a run with retries does not name --chaos', async () => {
    expect((await simulate('--receiver flaky:1')).stdout).not.toContain('--chaos');
  });
});

describe('the same again', () => {
  test('a seed repeats what the receiver gets, byte for byte', async () => {
    const words = '--chaos --resources 5 --seed 21';
    const [one, other, another] = [await recording(), await recording(), await recording()];
    await simulate(`${one.url} ${words}`, { env });
    await simulate(`${other.url} ${words} --concurrency 1`, { env });
    await simulate(`${another.url} --chaos --resources 5 --seed 22`, { env });
    const portless = (receiver: RecordingReceiver) =>
      gotten(receiver).map((text) => text.replace(/host: .*/, ''));
    expect(portless(one).length).toBeGreaterThan(20);
    expect(portless(other)).toEqual(portless(one));
    expect(portless(another)).not.toEqual(portless(one));
  });

  test('the reproduce line gives the very same run', async () => {
    const receiver = await failing(2);
    const first = await simulate(`${receiver.url} --lifecycle payment --duplicates 30%`, { env });
    const [, line = ''] = /^reproduce: inqud-hook simulate-retries (.+)$/m.exec(first.stdout) ?? [];
    expect(line).toBe(`${receiver.url} --lifecycle payment --duplicates 30% --seed ${DRAWN}`);
    const before = gotten(receiver);
    receiver.requests.length = 0;
    await simulate(line, { env });
    expect(gotten(receiver)).toEqual(before);
  });

  test('--fresh keeps the faults and draws new ids and times', async () => {
    const receiver = await recording();
    const words = `${receiver.url} --chaos --seed 21`;
    const stale = await simulate(words);
    const fresh = await simulate(`${words} --fresh`);
    expect(timeline(fresh.stdout)).toEqual(timeline(stale.stdout));
    const ids = receiver.requests.map(({ body }) => JSON.parse(String(body)).id);
    expect(new Set(ids).size).toBe(2);
  });

  test('--save-plan writes a plan without URL and secret that --plan runs again', async () => {
    const folder = await newFolder();
    const file = folder.at('plan.json');
    const receiver = await recording();
    const saved = await simulate(`${receiver.url} --chaos --save-plan ${file}`, { env });
    expect(saved.exitCode).toBe(0);
    const text = await folder.read('plan.json');
    expect(JSON.parse(text)).toMatchObject({ format: 'inqud-hook/plan', schemaVersion: 1 });
    expect(text).not.toMatch(/127\.0\.0\.1|hook-secret/);
    const before = gotten(receiver);
    receiver.requests.length = 0;
    const again = await simulate(`${receiver.url} --plan ${file} --concurrency 2`, { env });
    expect(again.exitCode).toBe(0);
    expect(gotten(receiver)).toEqual(before);
    expect(again.stdout).toMatch(
      /\nreproduce: inqud-hook simulate-retries \S+ --plan \S+ --concurrency 2\n$/,
    );
  });

  test('--dry-run prints that plan and sends nothing, and --plan - reads it', async () => {
    const receiver = await recording();
    const dry = await simulate(`${receiver.url} --lifecycle payment --dry-run`);
    expect(dry.exitCode).toBe(0);
    expect(receiver.requests).toEqual([]);
    await simulate(`${receiver.url} --plan -`, { stdin: dry.stdout });
    expect(receiver.requests).toHaveLength(3);
  });

  test.each([
    ['--dry-run', 10_000],
    ['--dry-run --receiver demo', 10_000],
    ['--dry-run --timeout 3s', 3_000],
    ['--receiver healthy --save-plan FILE', 10_000],
    ['--save-plan FILE', 10_000],
    ['http://127.0.0.1:9/ --dry-run', 10_000],
  ])('the plan of %s waits %i ms: what is cut for the demo is no part of it', async (words, ms) => {
    const file = (await newFolder()).at('plan.json');
    const { stdout } = await simulate(`--seed 1 ${words.replace('FILE', file)}`);
    const text = words.includes('FILE') ? await diskFiles.read(file) : stdout;
    expect(JSON.parse(String(text)).timeoutMs).toBe(ms);
  });

  test('a saved plan runs as it would have at once, also one that was saved with the cut', async () => {
    const { stdout } = await simulate('--seed 7 --dry-run');
    const plan = JSON.parse(stdout);
    const old = { ...plan, timeoutMs: 1_000 };
    const [atOnce, saved, savedCut] = [
      await simulate('--seed 7'),
      await simulate('--plan -', { stdin: stdout }),
      await simulate('--plan -', { stdin: JSON.stringify(old) }),
    ];
    expect(saved.stdout).toContain('note: the demo receiver hangs on purpose');
    expect(timeline(saved.stdout)).toEqual(timeline(atOnce.stdout));
    expect(timeline(savedCut.stdout)).toEqual(timeline(atOnce.stdout));
  });

  test('--dry-run with --format ndjson is records, the first of them ready', async () => {
    const { stdout } = await simulate('--dry-run --format ndjson');
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ kind }) => kind)).toEqual(['ready', 'plan']);
    expect(records[1].plan).toMatchObject({ format: 'inqud-hook/plan' });
  });

  test.each([
    ['--lifecycle payment', '--lifecycle'],
    ['--event payment.new', '--event'],
    ['--resources 2', '--resources'],
    ['--spacing 1m', '--spacing'],
    ['--set a=1', '--set'],
    ['--backoff published', '--backoff'],
    ['--base 1m', '--base'],
    ['--factor 2', '--factor'],
    ['--max-wait 1m', '--max-wait'],
    ['--jitter 0.1', '--jitter'],
    ['--retries 2', '--retries'],
    ['--timeout 1s', '--timeout'],
    ['--duplicates 0.1', '--duplicates'],
    ['--reorder 1m', '--reorder'],
    ['--lost-acks 0.1', '--lost-acks'],
    ['--overlaps 0.1', '--overlaps'],
    ['--outage 0..1m', '--outage'],
    ['--drops 0.1', '--drops'],
    ['--chaos', '--chaos'],
    ['--seed 1', '--seed'],
    ['--fresh', '--fresh'],
  ])('with --plan, %s is exit 2: the plan has said it', async (words, flag) => {
    expect(await simulate(`--plan plan.json ${words}`)).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr:
        `✗ ${flag} shapes a plan, and --plan already is one.\n` +
        `  Leave ${flag} away, or change plan.json.\n`,
    });
  });
});

describe('time', () => {
  test('passes at the scale of --time-scale', async () => {
    const startedMs = performance.now();
    await simulate('--receiver flaky:1 --event payment.new --backoff 1h --time-scale 1h=150ms');
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(150);
  });

  test('is real with --real-time', async () => {
    const words = '--receiver flaky:1 --event payment.new --backoff 120ms --real-time';
    const startedMs = performance.now();
    const ran = await simulate(words);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(120);
    expect(ran.exitCode).toBe(0);
  });
});

describe('for programs', () => {
  test('--format json is one document, also when events are lost', async () => {
    const receiver = await failing(100);
    const words = `${receiver.url} --event payment.new --retries 1 --format json --seed 1`;
    const ran = await simulate(words, { env });
    expect(ran.exitCode).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'simulate-retries',
      url: receiver.url,
      signed: true,
      events: 1,
      resources: 1,
      plan: { seed: '1' },
      records: [
        {
          kind: 'attempt',
          planMs: 0,
          event: 'payment.new',
          attempt: 1,
          attempts: 2,
          outcome: { kind: 'responded', status: 500 },
          next: { kind: 'retry', dueMs: 120_000, waitMs: 120_000 },
        },
        { attempt: 2, next: { kind: 'lost' } },
      ],
      summary: { events: { total: 1, delivered: 0, lost: 1, withheld: 0 } },
      reproduce: expect.stringContaining('--seed 1'),
      exitCode: 1,
    });
  });

  test.each([
    ['nothing listens', async () => `${await hostile.refusing()} --retries 0`, 3],
    ['everything is withheld', async () => '--receiver healthy --drops 1', 3],
    ['all is well', async () => '--receiver healthy', 0],
  ])('--format json is one document when %s', async (_what, words, exitCode) => {
    const ran = await simulate(`${await words()} --format json`);
    expect(ran.exitCode).toBe(exitCode);
    expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode });
  });

  test('--format ndjson is a record a line, the first of them ready', async () => {
    const { stdout } = await simulate('--receiver healthy --lifecycle payment --format ndjson');
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ kind }) => kind)).toEqual([
      'ready',
      'attempt',
      'attempt',
      'attempt',
      'summary',
    ]);
    expect(records[0]).toMatchObject({
      schemaVersion: 1,
      command: 'simulate-retries',
      receiver: 'healthy',
    });
    expect(records[4]).toMatchObject({ exitCode: 0, interrupted: false });
  });

  test('no terminal, no colour and no progress', async () => {
    const ran = await simulate('--receiver healthy --event payment.new --resources 1500');
    expect(ran.stdout).not.toContain('\u001b');
    expect(ran.stderr).toBe('');
  });

  test('a run shows on a terminal how far it is, when its report goes elsewhere', async () => {
    const words = '--receiver healthy --lifecycle payment --format ndjson';
    const shown: string[] = [];
    const onProgress = (text: string) => shown.push(text);
    await simulate(words, { terminals: ['stderr'], onProgress });
    expect(shown).toEqual([
      '0 of 3 events settled, plan time 0:00:00',
      '1 of 3 events settled, plan time 0:00:00',
      '2 of 3 events settled, plan time 0:01:00',
      '3 of 3 events settled, plan time 0:02:00',
    ]);
    await simulate(words, { terminals: ['stdout', 'stderr'], onProgress });
    await simulate(words, { onProgress });
    expect(shown).toHaveLength(4);
  });
});

describe('how much is printed', () => {
  const many = '--receiver healthy --event payment.new --resources 1001';

  test('of more than a thousand events the attempts are not listed, and that is said', async () => {
    const { stdout, exitCode } = await simulate(many);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('so attempts are not listed; --verbose lists them');
    expect(stdout).toContain('1,001 of 1,001 events delivered');
    expect(stdout.split('\n').length).toBeLessThan(20);
  });

  test('a thousand are listed', async () => {
    const { stdout } = await simulate('--receiver healthy --event payment.new --resources 1000');
    expect(stdout).not.toContain('--verbose');
    expect(attemptLines(stdout)).toBe(1_000);
  });

  test('--verbose lists them all', async () => {
    const { stdout } = await simulate(`${many} --verbose`);
    expect(stdout).not.toContain('not listed');
    expect(attemptLines(stdout)).toBe(1_001);
  });

  test('--quiet prints the summary alone', async () => {
    const { stdout } = await simulate('--receiver healthy --event payment.new --quiet');
    expect(stdout).toMatch(/^✓ 1 of 1 event delivered/);
  });

  test('programs get every record, whatever people asked for', async () => {
    const { stdout } = await simulate(`${many} --quiet --format ndjson`);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1_003);
  });

  test('what is not listed shows how far it is on a terminal', async () => {
    const shown: string[] = [];
    const terminals = ['stdout', 'stderr'] as const;
    await simulate(many, { terminals, onProgress: (text) => shown.push(text) });
    expect(shown[0]).toBe('0 of 1,001 events settled, plan time 0:00:00');
    expect(shown.at(-1)).toBe('1,001 of 1,001 events settled, plan time 0:00:00');
  });

  test('--verbose and --quiet exclude each other', async () => {
    const { exitCode, stderr } = await simulate('--verbose --quiet');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('exclude each other');
  });
});

test('a wait between attempts counts down on a terminal', async () => {
  const shown: string[] = [];
  await simulate('--receiver flaky:1 --event payment.new --backoff 1h --time-scale 1h=500ms', {
    terminals: ['stdout', 'stderr'],
    onProgress: (text) => shown.push(text),
  });
  expect(shown).toContain(
    'next attempt in 1s, at 1:00:00 · 0 of 1 event settled, plan time 0:00:00',
  );
});

function attemptLines(stdout: string): number {
  return stdout.split('\n').filter((line) => /^0:00:00 .*payment\.new/.test(line)).length;
}

describe('Ctrl-C', () => {
  const interruptedAt = async (request: number, words: string) => {
    const interruption = new AbortController();
    const receiver = await recording((_received, index) => {
      if (index + 1 === request) interruption.abort();
      return { status: 200 };
    });
    return simulate(`${receiver.url} ${words}`, { signal: interruption.signal });
  };

  test('prints what is known so far, and is exit 130', async () => {
    const ran = await interruptedAt(3, '--concurrency 1');
    expect(ran.exitCode).toBe(130);
    expect(ran.stdout).toMatch(/\n! Interrupted: 2 of 4 delivered, 2 not settled\.\n/);
    expect(ran.stdout).toMatch(/\nreproduce: inqud-hook simulate-retries .+\n$/);
  });

  test('leaves one JSON document', async () => {
    const ran = await interruptedAt(2, '--concurrency 1 --format json');
    expect(ran.exitCode).toBe(130);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      summary: { interrupted: true, events: { delivered: 1, open: 3 } },
      exitCode: 130,
    });
  });

  test('ends a wait that has hours to go', async () => {
    const interruption = new AbortController();
    const ran = await simulate('--receiver healthy --spacing 9h --real-time', {
      signal: interruption.signal,
      onOutput: (text) => {
        if (text.includes('delivered')) interruption.abort();
      },
    });
    expect(ran.exitCode).toBe(130);
    expect(ran.stdout).toContain('! Interrupted: 1 of 4 delivered, 3 not settled.');
  });
});

describe('a hostile receiver is never called delivered unless it answers 200, and never outstays the timeout:', () => {
  test.each([
    ['it resets the connection', hostile.resetsUnanswered, 1],
    ['it resets in the middle of its answer', hostile.resetsMidAnswer, 1],
    ['it sends half a status line', hostile.halfAStatusLine, 1],
    ['it answers garbage', hostile.garbage, 1],
    ['it never answers', hostile.silent, 1],
    ['it dribbles a byte a second', hostile.dribbles, 1],
    ['it sends a header of 1 MB', hostile.hugeHeader, 1],
    ['it sends 100 unasked and then 200', hostile.unaskedContinue, 0],
    ['it speaks TLS on a plain port', hostile.tlsOnAPlainPort, 1],
    ['it redirects in a loop', hostile.redirectLoop, 1],
    ['it closes kept connections between requests', hostile.closesAfterThree, 0],
    ['it sends 103 and then 200', hostile.earlyHints, 0],
    ['it compresses a 200 unasked', hostile.unaskedGzip, 0],
    ['it answers 200 with an endless body', hostile.endlessBody, 0],
  ])('%s', async (_what, open, exitCode) => {
    const receiver = await open();
    const startedMs = performance.now();
    const timeout = exitCode === 0 ? '5s' : '150ms';
    const words = `${receiver.url} --event payment.new --resources 8 --retries 1 --timeout ${timeout}`;
    const ran = await simulate(words);
    expect(performance.now() - startedMs).toBeLessThan(9_000);
    expect(ran).toMatchObject({ exitCode, stderr: '' });
    expect(ran.stdout.match(/^✓ 8 of 8 events delivered/gm)?.length ?? 0).toBe(1 - exitCode);
    await receiver.close();
  });

  test('it listens on IPv6 alone', async () => {
    const receiver = await hostile.ipv6Only();
    const ran = await simulate(`localhost:${receiver.port}/hook --event payment.new`);
    expect(ran.exitCode).toBe(0);
    await receiver.close();
  });
});
