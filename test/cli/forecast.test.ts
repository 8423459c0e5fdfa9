import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import { inqudHook, newFolder, type Ran, type WorldOptions } from '../world.js';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 2, 2, 9);

function forecast(words: string, options: WorldOptions = {}): Promise<Ran> {
  return inqudHook(['forecast', ...words.split(' ')], options);
}

async function json(words: string, options: WorldOptions = {}) {
  const { stdout, exitCode, stderr } = await forecast(`${words} --format json`, options);
  expect(stderr).toBe('');
  const document = JSON.parse(stdout);
  expect(document.summary.exitCode).toBe(exitCode);
  return document;
}

/** A line of the tool's own format for each time, in minutes. */
function captureOf(minutes: readonly number[]): string {
  const lines = minutes.map((minute) =>
    formatCapture({
      at: new Date(START + minute * MINUTE_MS).toISOString(),
      method: 'POST',
      path: '/x',
      headers: [],
      body: Buffer.from('{}'),
    }),
  );
  return lines.map((line) => `${line}\n`).join('');
}

test('three hours of outage are answered in one screen', async () => {
  const { stdout, exitCode, stderr } = await forecast(
    '--rate 20/min --outage 3h --backoff published',
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('backlog      3,600 web hooks undelivered at its end\n');
  expect(stdout).toContain('in vain      21,180 attempts, refused at once\n');
  expect(stdout).toContain('wave         140/min for the first 1m; without an outage 20/min\n');
  expect(stdout).toContain('last retry   within 2h\n');
  expect(stdout).toContain('✓ 3,600 web hooks come back, at most 140/min, and none is lost.\n');
  expect(stdout.split('\n').length).toBeLessThan(40);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('a document for programs has the series, and the same counts', async () => {
  const document = await json('--rate 20/min --outage 48h --backoff published');
  expect(document).toMatchObject({
    schemaVersion: 1,
    command: 'forecast',
    arrivals: { kind: 'constant', perMinute: 20 },
    outage: { fromMs: 0, toMs: 2_880 * MINUTE_MS, whileDown: 'refuses' },
    summary: { backlog: 57_600, attemptsInVain: 531_740, lost: { webHooks: 2_540 }, exitCode: 1 },
  });
  const inVain = document.series.reduce(
    (sum: number, step: { inVain: number }) => sum + step.inVain,
    0,
  );
  expect(inVain).toBe(531_740);
});

test('ndjson is a step a line, and ends with the summary', async () => {
  const { stdout } = await forecast('--rate 20/min --outage 3h --format ndjson');
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({ kind: 'ready', schemaVersion: 1, command: 'forecast' });
  expect(lines[1]).toMatchObject({ kind: 'step', fromMs: -180 * MINUTE_MS });
  expect(lines.at(-1)).toMatchObject({ kind: 'summary', attemptsInVain: 20_400 });
});

test('a rate says the same in every unit', async () => {
  const rates = ['20/min', '0.333333333333333/s', '1200/h', '28800/d', '20/MINUTE', '1200 / hour'];
  const summaries = rates.map(async (rate) => {
    const words = ['--rate', rate, '--outage', '3h', '--format', 'json'];
    const { stdout } = await inqudHook(['forecast', ...words]);
    const { backlog, attemptsInVain } = JSON.parse(stdout).summary;
    return { backlog, attemptsInVain };
  });
  for (const summary of await Promise.all(summaries)) {
    expect(summary).toEqual({ backlog: 3_600, attemptsInVain: 20_400 });
  }
});

test('an outage is a stretch of time, as in simulate-retries', async () => {
  const { summary: whole } = await json('--rate 20/min --outage 3h');
  expect((await json('--rate 20/min --outage 0s..3h')).summary).toEqual(whole);
  expect((await json('--rate 20/min --outage 1h..4h')).summary).toEqual(whole);
});

test('a dead receiver that hangs adds ten seconds to each attempt in vain', async () => {
  const { summary } = await json('--rate 1/min --outage 1h --outage-hangs --backoff 1m,5m');
  expect(summary).toMatchObject({
    attemptsInVain: 60 + 59 + 54,
    lost: { webHooks: 54, firstAfterMs: 380_000 },
    wave: { lastDeliveryMs: 310_000 },
  });
});

describe('odd outages', () => {
  test('of no length bring nothing back', async () => {
    const { summary, series } = await json('--rate 20/min --outage 0s');
    expect(summary).toMatchObject({
      backlog: 0,
      attemptsInVain: 0,
      wave: { retries: 0, lastDeliveryMs: 0 },
    });
    expect(series).toEqual([]);
  });

  test('of one web hook count one', async () => {
    const { summary } = await json('--rate 1/d --outage 30m --backoff published');
    expect(summary).toMatchObject({ backlog: 1, attemptsInVain: 5, lost: { webHooks: 0 } });
  });

  test('longer than the whole schedule lose what came first', async () => {
    const { summary } = await json('--rate 20/min --outage 100d --backoff 1m');
    expect(summary).toMatchObject({
      backlog: 2_880_000,
      lost: { webHooks: 2_879_980, firstAfterMs: MINUTE_MS },
      exitCode: 1,
    });
  });

  test('without retries lose all', async () => {
    const { summary } = await json('--rate 20/min --outage 1h --retries 0');
    expect(summary).toMatchObject({
      backlog: 1_200,
      attemptsInVain: 1_200,
      lost: { webHooks: 1_200 },
    });
    expect(summary.wave).toMatchObject({ retries: 0, lastDeliveryMs: 0 });
  });
});

test('numbers that are large are exact, and those that no number holds are refused', async () => {
  const { summary } = await json('--rate 1000000000/s --outage 10d --backoff 1m');
  expect(summary.attemptsInVain).toBe(1e9 * (864_000 + 863_940));
  const refused = await forecast('--rate 1000000000/s --outage 110d --backoff 1m');
  expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
  expect(refused.stderr).toBe(
    '✗ This is more than can be counted: a count here ends at 9,007,199,254,740,991.\n' +
      '  Lower --rate, or shorten --outage.\n',
  );
});

describe('a receiver with a capacity', () => {
  test('that takes the wave keeps up', async () => {
    const { summary } = await json('--rate 20/min --outage 3h --capacity 140/min');
    expect(summary.receiver).toMatchObject({ keepsUp: true, lateAnswers: 0 });
    expect(summary.receiver.calmAfterMs).toBeGreaterThan(64 * MINUTE_MS);
    expect(summary.receiver.calmAfterMs).toBeLessThanOrEqual(128 * MINUTE_MS + 10_000);
  });

  test('that is a little too slow has some answers late, and a second wave that ends', async () => {
    const { stdout, exitCode } = await forecast('--rate 20/min --outage 3h --capacity 130/min');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('second wave  55 attempts of what was served too late');
    expect(stdout).toContain('calm         2h 10m after it\n');
    expect(stdout).toContain('- With 133/min every answer is in time.\n');
  });

  test('is calm after the last retry, however far away the next web hook is', async () => {
    const { summary } = await json('--rate 0.01/d --outage 30m --capacity 2/s --backoff published');
    expect(summary.receiver).toMatchObject({ keepsUp: true, calmAfterMs: 23 * MINUTE_MS + 500 });
  });

  test('that is too slow never gets rid of it, though it could take the usual rate', async () => {
    const { summary } = await json('--rate 20/min --outage 3h --capacity 100/min');
    expect(summary.receiver).toMatchObject({ keepsUp: false, endsAt: { perMinute: 220 } });
    expect(summary.receiver.calmAfterMs).toBeUndefined();
  });

  test('that works on one at a time has its answer time for a capacity', async () => {
    const { summary } = await json('--rate 20/min --outage 3h --answer-time 500ms');
    expect(summary.receiver).toMatchObject({ capacity: { perMinute: 120 }, answerMs: 500 });
  });
});

test('Ctrl-C ends a long simulation with what is known', async () => {
  const words = '--rate 200/s --outage 3h --capacity 1000/s';
  const { stdout, exitCode } = await forecast(`${words} --format json`, {
    signal: AbortSignal.abort(),
  });
  expect(exitCode).toBe(130);
  const { summary } = JSON.parse(stdout);
  expect(summary).toMatchObject({ interrupted: true, backlog: 2_160_000, exitCode: 130 });
  expect((await forecast(words, { signal: AbortSignal.abort() })).stdout).toContain(
    '! Interrupted: the receiver was not followed to the end.\n',
  );
});

test('a terminal sees how far a simulation is', async () => {
  const heard: string[] = [];
  await forecast('--rate 200/s --outage 1h --capacity 2000/s', {
    terminals: ['stderr'],
    onProgress: (text) => heard.push(text),
  });
  expect(heard[0]).toBe('500,000 attempts simulated');
});

test('too many web hooks to simulate are refused, though they can be counted', async () => {
  const words = '--rate 20000/s --outage 3h';
  expect((await json(words)).summary.backlog).toBe(216_000_000);
  const { exitCode, stderr } = await forecast(`${words} --capacity 1000000/s`);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('216000000 web hooks come in the outage');
});

describe('a capture', () => {
  const minutes = Array.from({ length: 120 }, (_, minute) => minute);

  test('counts as it came: the same as a rate where it came at one', async () => {
    const folder = await newFolder();
    const plain = await folder.write('captures.ndjson', captureOf(minutes));
    const packed = await folder.write('captures.ndjson.gz', gzipSync(captureOf(minutes)));
    const { summary: rate } = await json('--rate 1/min --outage 1h --backoff published');
    const { backlog, attemptsInVain, lost, remember } = rate;
    for (const file of [plain, packed]) {
      const { summary, arrivals } = await json(`--rate ${file} --outage 1h --backoff published`);
      expect(summary).toMatchObject({ backlog, attemptsInVain, lost, remember });
      expect(arrivals).toMatchObject({ kind: 'capture', webHooks: 120, spanMs: 119 * MINUTE_MS });
    }
  });

  test('is read from standard input, in whatever order it is in', async () => {
    const stdin = captureOf([5, 0, 3]);
    const { summary } = await json('--rate - --outage 4m --backoff 1m', { stdin });
    expect(summary).toMatchObject({ backlog: 2, attemptsInVain: 3, lost: { webHooks: 1 } });
  });

  test.each(['browser.har', 'webhook-site.csv', 'ngrok.json'])('is %s, too', async (name) => {
    const { pathname } = new URL(`../../fixtures/captures/${name}`, import.meta.url);
    const document = await json(`--rate ${pathname} --outage 1h`);
    expect(document.arrivals.webHooks).toBeGreaterThan(0);
    expect(document.summary.backlog).toBeGreaterThan(0);
  });

  test('that holds nothing is nothing to forecast', async () => {
    const folder = await newFolder();
    const file = await folder.write('empty.ndjson', '');
    const { stdout, exitCode } = await forecast(`--rate ${file} --outage 1h`);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('? Nothing to forecast: there is no web hook in the capture.\n');
    expect((await json(`--rate ${file} --outage 1h`)).summary).toMatchObject({ backlog: 0 });
  });

  test('that is malformed in part is told, and makes it 2', async () => {
    const folder = await newFolder();
    const file = await folder.write('half.ndjson', `${captureOf([0, 1])}{"at":\n`);
    const { stdout, exitCode } = await forecast(`--rate ${file} --outage 1h --from ndjson`);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('✗ 1 entry of the capture malformed, and left out of this.\n');
  });
});

test.each([
  ['--rate 20/min', 'forecast needs --outage.'],
  ['--outage 3h', 'forecast needs --rate.'],
  ['--rate 20/fortnight --outage 3h', '`20/fortnight` is neither a rate nor a file.'],
  ['--rate 0/min --outage 3h', '--rate: `0/min` is not a rate: nothing ever comes.'],
  ['--rate 20 --outage 3h', '`20` is neither a rate nor a file.'],
  ['--rate 20/min --outage 3x', '--outage: `3x` is not a duration.'],
  ['--rate 20/min --outage 3h..', '--outage: `3h..` is not a stretch of time.'],
  ['--rate 20/min --outage ..3h', '--outage: `..3h` is not a stretch of time.'],
  ['--rate 20/min --outage 3h --backoff 1m,', '--backoff: `` is not a duration.'],
  ['--rate 20/min --outage 3h..1h', '--outage: `3h..1h` is not a stretch of time.'],
  ['--rate 20/min --outage 3h --capacity 5', '--capacity: `5` is not a rate.'],
  ['--rate 20/min --outage 3h --answer-time 0', '--answer-time 0 says nothing without --capacity.'],
  ['--rate 20/min --outage 3h --from har', '--from does nothing without a capture.'],
  [
    '--rate 20/min --outage 3h --backoff 1m --retries 2',
    '--retries 2 does not go with a list of 1 waits.',
  ],
  [
    '--rate 20/min --outage 3h --factor 10 --retries 20',
    'The waits between the retries add up to more than a hundred years.',
  ],
])('forecast %s is asked wrongly', async (words, sentence) => {
  const { exitCode, stderr, stdout } = await forecast(words);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^✗ .*\n {2}\S/);
  expect(stderr).toContain(`✗ ${sentence}\n`);
});

test('where a web hook comes once, there is nothing to remember', async () => {
  const { stdout } = await forecast('--rate 20/min --outage 3h --retries 0');
  expect(stdout).not.toContain('remember');
  expect(stdout).toContain('3,600 of 3,600 web hooks are lost for good');
});

test('one answer is one, and one web hook is lost', async () => {
  const late = await forecast('--rate 1/min --outage 10m --backoff 1m,5m --capacity 17/min');
  expect(late.stdout).toMatch(/17\/min: 1 answer too late/);
  const lost = await forecast('--rate 1/h --outage 90m --backoff 1h');
  expect(lost.stdout).toContain('✗ 1 of 2 web hooks is lost for good.');
});
