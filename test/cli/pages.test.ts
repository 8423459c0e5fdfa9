import { describe, expect, test, vi } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import { sign } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';
import { credulous, openShop, SECRET } from '../conformance/shop.js';
import { recording } from '../receivers/recording.js';
import { readPage, textsOf } from '../report/html/read-page.js';
import { inqudHook, newFolder, type Ran, type WorldOptions } from '../world.js';

/** A check waits for receivers to settle, and machines can be busy. */
vi.setConfig({ testTimeout: 90_000 });

const env = { INQUD_HOOK_SECRET: SECRET };

/** Runs a command, and reads the page that it writes. */
async function pageOf(argv: readonly string[], options: WorldOptions = { env }) {
  const folder = await newFolder();
  const ran = await inqudHook([...argv, '--report', `html=${folder.at('page.html')}`], options);
  const source = await folder.read('page.html').catch(() => '');
  return { ...read(source), ran, source };
}

function read(source: string) {
  const page = readPage(source);
  return { page, headings: [...textsOf(page, 'h1'), ...textsOf(page, 'h2')] };
}

describe('simulate-retries --report html=file', () => {
  test('draws each attempt, and says beside it what is behind the picture', async () => {
    const { page, headings, ran } = await pageOf([
      'simulate-retries',
      '--chaos',
      '--seed',
      '7',
      '--timeout',
      '100ms',
    ]);
    expect(page.problems).toEqual([]);
    expect(headings).toEqual([
      expect.stringMatching(/^4 of 4 events delivered in /),
      'Attempts by resource',
      'In numbers',
      'How it was sent',
      'The same again',
    ]);
    const drawn = page.elements.filter(
      ({ name, attributes }) => name === 'use' && attributes['x'] !== undefined,
    );
    const stale = drawn.filter(({ attributes }) => attributes['href'] === '#m-stale');
    const rows = textsOf(page, 'tr').filter((text) => /\d\/11/.test(text));
    expect(drawn.length - stale.length).toBe(rows.length);
    expect(rows.length).toBe(ran.stdout.match(/^\d+:\d\d:\d\d /gm)?.length);
    expect(page.text).toContain('inqud-hook simulate-retries --chaos --seed 7');
  });

  test('sums what it does not draw, and lists what is lost', async () => {
    const { page, headings } = await pageOf([
      ...['simulate-retries', '--resources', '60', '--receiver', 'status:500', '--retries', '2'],
      ...['--seed', '7', '--quiet'],
    ]);
    expect(page.problems).toEqual([]);
    expect(headings).toContain('All attempts over time');
    expect(headings).toContain('Lost events');
    expect(page.text).toContain('The 24 of 60 resources with the most to see');
    expect(page.text).toContain('The first 100 of 240.');
    expect(textsOf(page, 'li').find((text) => text.startsWith('✗ lost'))).toContain('240');
  });

  test('says of an interrupted run how far it came', async () => {
    const controller = new AbortController();
    controller.abort();
    const { page, headings, ran } = await pageOf(['simulate-retries'], {
      env,
      signal: controller.signal,
    });
    expect(ran.exitCode).toBe(130);
    expect(page.problems).toEqual([]);
    expect(headings[0]).toMatch(/^Interrupted: 0 of 4 delivered, 4 not settled/);
  });

  test('draws what was under way when it was interrupted as that, and counts it as little as the totals', async () => {
    const controller = new AbortController();
    const receiver = await recording((_received, index) => {
      if (index < 2) return { status: 200 };
      controller.abort();
      return undefined;
    });
    const { page, ran } = await pageOf(
      ['simulate-retries', receiver.url, '--lifecycle', 'payment', '--concurrency', '1'],
      { env, signal: controller.signal },
    );
    expect(ran.exitCode).toBe(130);
    expect(page.problems).toEqual([]);
    const used = page.elements.flatMap(({ name, attributes }) =>
      name === 'use' && attributes['x'] !== undefined ? [attributes['href']] : [],
    );
    expect(used).toEqual(['#m-delivered', '#m-delivered', '#m-cut']);
    expect(page.text).toContain('under way when the run was interrupted');
    expect(page.text).not.toContain('Inqud tries again');
    expect(textsOf(page, 'p').some((text) => text.includes('2 attempts'))).toBe(true);
    expect(textsOf(page, 'dt')).toContain('attempts sent');
    expect(textsOf(page, 'dd')[textsOf(page, 'dt').indexOf('attempts sent')]).toBe('2');
  });

  test('hides a secret wherever it comes back, and nothing else breaks', async () => {
    const words = ['simulate-retries', '--event', 'checkout.new', '--receiver', 'healthy'];
    const { page, source } = await pageOf([...words, '--seed', SECRET, '--set', `id=${SECRET}`]);
    expect(page.problems).toEqual([]);
    expect(source).not.toContain(SECRET);
    expect(page.text).toContain('--seed [secret]');
    const common = await pageOf(words, { env: { INQUD_HOOK_SECRET: 'padding' } });
    expect(common.page.problems).toEqual([]);
  });

  test('is refused where there is nothing to show, or no file to write', async () => {
    const { ran } = await pageOf(['simulate-retries', '--dry-run']);
    expect(ran.stderr).toContain('--dry-run and --report exclude each other.');
    const nowhere = await inqudHook(['simulate-retries', '--report', 'html=/nowhere/at/all.html']);
    expect(nowhere).toMatchObject({ exitCode: 2, stdout: '' });
    const other = await inqudHook(['simulate-retries', '--report', 'csv=x']);
    expect(other.stderr).toContain('`csv=x` is no report.');
  });
});

const HOSTILE = `<script>alert(1)</script>"'\`\u202e<!--${'n'.repeat(10_000)}`;

describe('replay and verify --report html=file', () => {
  async function captures(): Promise<string> {
    const folder = await newFolder();
    const lines = [0, 1, 2, 3].map((index) => {
      const body = Buffer.from(
        JSON.stringify({
          id: index === 2 ? HOSTILE : `CCO-${index}`,
          status: index === 3 ? HOSTILE : 'SUCCESS',
        }),
      );
      const digest = index === 1 ? 'f'.repeat(40) : sign(body, Secret.fromText(SECRET));
      const at = `2026-01-01T00:0${index}:00.000Z`;
      return formatCapture({
        at,
        method: 'POST',
        path: '/',
        headers: [['X-Payload-Digest', digest]],
        body,
      });
    });
    return folder.write('captures <b>.ndjson', `${lines.join('\n')}\nno line\n`);
  }

  test('show what others wrote as text, cut where nobody reads on', async () => {
    const path = await captures();
    for (const words of [
      ['replay', path, '--retries', '1', '--receiver', 'status:500'],
      ['verify', path],
    ]) {
      const { page, source } = await pageOf(words);
      expect(page.problems).toEqual([]);
      expect(source).not.toMatch(/<script|<!--|<b>\.ndjson|\u202e|n{1000}/);
      expect(page.text).toContain('<b>.ndjson');
    }
  });

  test('verify shows entries over time, and mismatches by their cause', async () => {
    const path = await captures();
    const timed = await inqudHook(['verify', path, '--format', 'json'], { env });
    expect(JSON.parse(timed.stdout).entries[1]).toMatchObject({
      verdict: 'rejected',
      receivedAt: '2026-01-01T00:01:00.000Z',
    });
    const { page, headings } = await pageOf(['verify', path]);
    expect(headings).toEqual([
      '3 genuine, 1 rejected, 1 malformed of 5.',
      'Entries in their order',
      'What does not match, and why',
      'Unsigned and malformed',
      'The same again',
    ]);
    expect(textsOf(page, 'article')[0]).toContain('No known mistake explains it');
  });

  test('verify with the time of every entry draws them over time', async () => {
    const folder = await newFolder();
    const body = Buffer.from('{}');
    const digest = sign(body, Secret.fromText(SECRET));
    const record = {
      at: '2026-01-01T00:00:00.000Z',
      headers: [['X-Payload-Digest', digest]] as const,
      body,
    };
    const path = await folder.write('one.ndjson', `${formatCapture(record)}\n`);
    const { page, headings } = await pageOf(['verify', path]);
    expect(page.problems).toEqual([]);
    expect(headings).toContain('Entries over time');
    expect(page.text).toContain('From 1 Jan 2026, 00:00 UTC to 1 Jan 2026, 00:00 UTC.');
  });

  test('an empty capture has a page as well', async () => {
    const folder = await newFolder();
    const path = await folder.write('empty.ndjson', '');
    for (const command of ['verify', 'replay']) {
      const { page, headings } = await pageOf([command, path]);
      expect(page.problems).toEqual([]);
      expect(headings[0]).toMatch(/^Nothing to (?:verify|replay)/);
    }
  });
});

describe('check --report html=file', () => {
  const rules = [
    '--kind',
    'checkout',
    '--rules',
    'idempotency/duplicate-in-sequence',
    '--rules',
    'signature/*',
    '--runs',
    '0',
  ];

  async function checked(
    words: readonly string[],
  ): Promise<{ ran: Ran } & ReturnType<typeof read>> {
    const folder = await newFolder();
    const shop = openShop({ handle: credulous });
    const argv = ['check', shop.url, ...rules, '--save', folder.at('failing'), ...words];
    const { outside } = shop;
    return pageOf([...argv, '--state-url', shop.stateUrl], { env, outside });
  }

  test('draws the deliveries of a failure, with expected and actual state beside them', async () => {
    const { page, headings, ran } = await checked([]);
    expect(ran.exitCode).toBe(1);
    expect(page.problems).toEqual([]);
    expect(headings.slice(0, 2)).toEqual(['This receiver is not ready for Inqud.', 'What fails']);
    expect(headings).toContain('What holds');
    const [failure = ''] = textsOf(page, 'article');
    expect(failure).toContain('A web hook that comes twice counts once');
    expect(failure).toMatch(/1 checkout\.success[\s\S]*200 in[\s\S]*2 checkout\.success again/);
    expect(failure).toMatch(/Expected\s*Is[\s\S]*credited/);
    expect(page.text).toContain('Only what failed, again:');
  });
});

test('forecast --report html=file draws the wave after the outage against what the receiver takes', async () => {
  const { page, headings } = await pageOf([
    ...['forecast', '--rate', '20/min', '--outage', '3h', '--capacity', '2/s'],
  ]);
  expect(page.problems).toEqual([]);
  expect(headings.slice(0, 4)).toEqual([
    'None is lost, but answers come too late and a second wave follows.',
    'Attempts over time',
    'How long they wait in the receiver',
    'What to do',
  ]);
  expect(textsOf(page, 'text')).toContain('the receiver takes 2/s');
  expect(textsOf(page, 'text')).toContain('the receiver is back');
  expect(textsOf(page, 'tr').length).toBeGreaterThan(100);
});

describe('the tiles of a forecast', () => {
  /** The name of each tile, and its value. */
  async function tilesOf(words: string) {
    const { page } = await pageOf(['forecast', ...words.split(' ')]);
    const names = textsOf(page, 'dt');
    const values = textsOf(page, 'dd');
    return { tiles: Object.fromEntries(names.map((name, at) => [name, values[at]])), page };
  }

  test('say the second wave where the receiver does not keep up, as the plot shows it', async () => {
    const { tiles, page } = await tilesOf('--rate 20/min --outage 3h --capacity 100/min');
    expect(tiles).toMatchObject({
      'the highest rate': '220/min',
      'later, retries still come': '3d 2h',
    });
    expect(tiles).not.toHaveProperty('until the last retry');
    const plots = page.elements.flatMap(({ attributes }) => attributes['aria-label'] ?? []);
    expect(plots).toContain('The rate of attempts over time, at most 220/min');
  });

  test('say when a second wave that ends is over', async () => {
    const { tiles } = await tilesOf('--rate 20/min --outage 3h --capacity 130/min');
    expect(tiles).toMatchObject({ 'until the last retry': '2h 10m' });
  });

  test.each(['--rate 20/min --outage 3h', '--rate 20/min --outage 3h --capacity 200/min'])(
    'say the wave of the outage alone where no answer is late: %s',
    async (words) => {
      const { tiles } = await tilesOf(words);
      expect(tiles).toMatchObject({
        'the highest rate': '140/min',
        'until the last retry': expect.stringMatching(/^2h 7m|^2h 8m/),
      });
    },
  );
});
