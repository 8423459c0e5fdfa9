import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Outcome, OutgoingRequest } from '../../src/ports.js';
import { type LoadReaction, loadTransport, OK, portsOf } from '../load/loads.js';
import { healthy, silent } from '../receivers/hostile.js';
import { SimulatedClock } from '../simulated-clock.js';
import { inqudHook, type WorldOptions } from '../world.js';

const SECRET = { INQUD_HOOK_SECRET: 'whsec' };

interface Bursting extends WorldOptions {
  readonly isLoopback?: boolean;
  readonly onRequest?: (request: OutgoingRequest) => void;
  readonly onOpen?: (url: string) => void;
}

/** Runs `burst` in simulated time against a receiver in memory. */
function burst(argv: readonly string[], react: LoadReaction, options: Bursting = {}) {
  const clock = new SimulatedClock();
  const { isLoopback = true, onRequest, onOpen, ...world } = options;
  return inqudHook(['burst', ...argv], {
    env: SECRET,
    outside: {
      clock,
      openLoad: async (url, { timeoutMs }) => {
        const transport = loadTransport(clock, react, timeoutMs);
        onOpen?.(url);
        return {
          ...portsOf(transport, clock),
          url: `http://${url}`,
          isLoopback,
          transport: {
            ...transport,
            send: (request, sendOptions) => {
              onRequest?.(request);
              return transport.send(request, sendOptions);
            },
          },
        };
      },
    },
    ...world,
  });
}

const answersAfter =
  (ms: number, outcome: Outcome = OK): LoadReaction =>
  async (_number, clock) => {
    await clock.sleep(ms);
    return outcome;
  };
const status = (code: number): Outcome => ({ kind: 'responded', status: code, ms: 0 });

test('a receiver that keeps up is told so, with its times and its rate', async () => {
  const { exitCode, stdout, stderr } = await burst(
    ['localhost:3000/hook', '--rate', '200/s', '--for', '3s', '--seed', '7'],
    answersAfter(4),
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toBe(
    [
      'Sending 600 web hooks of 150 resources, 200/s for 3s',
      '→ http://localhost:3000/hook',
      'seed 7 · signed · constant arrivals',
      '',
      '✓ 600 of 600 web hooks answered 200 within 10s, 200/s for 3s.',
      '  sent           600 (200: 600)',
      '  on time        100 % of 600; p99 0.1 ms late, longest 0.1 ms',
      '  answers within p50 4 ms, p95 4 ms, p99 4 ms, p99.9 4 ms',
      "                 longest 4 ms (Inqud's limit 10 s)",
      '  from          due/s   sent/s    200/s  other/s  longest',
      '  0:00:00         200      200      200        0     4 ms',
      '  0:00:01         200      200      200        0     4 ms',
      '  0:00:02         200      200      200        0     4 ms',
      'reproduce: inqud-hook burst localhost:3000/hook --rate 200/s --for 3s --seed 7',
      '',
    ].join('\n'),
  );
});

test('each web hook has a body of its own, rightly signed, and whole lives are lived', async () => {
  const bodies: string[] = [];
  const onRequest = ({ headers, body }: OutgoingRequest) => {
    const text = Buffer.from(body).toString();
    const digest = createHmac('sha1', 'whsec').update(text).digest('hex');
    expect(headers).toContainEqual(['X-Payload-Digest', digest]);
    bodies.push(text);
  };
  const argv = ['3000', '--lifecycle', 'payment', '--rate', '90/s', '--for', '1s'];
  await burst(argv, answersAfter(1), { onRequest });
  expect(new Set(bodies).size).toBe(90);
  const lives = new Map<string, string[]>();
  for (const text of bodies) {
    const { id, status: state } = JSON.parse(text);
    lives.set(id, [...(lives.get(id) ?? []), state]);
  }
  expect(lives.size).toBe(30);
  for (const life of lives.values()) expect(life).toEqual(['NEW', 'PENDING', 'SUCCESS']);
});

describe('exit code', () => {
  const rate = ['3000', '--rate', '100/s', '--for', '1s'];

  test('1 when one is answered other than 200, with what Inqud does then', async () => {
    const { exitCode, stdout } = await burst(rate, (number) => (number === 7 ? status(503) : OK));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ 1 of 100 web hooks not answered 200 within 10s, 100/s for 1s.\n');
    expect(stdout).toContain('  refused        1 with 429 or 503 (1 %)');
    expect(stdout).toContain('! Inqud sends what is answered 429 or 503 again');
  });

  test('1 when one is not answered in time', async () => {
    const silentOnce: LoadReaction = (number) => (number === 7 ? new Promise(() => {}) : OK);
    const { exitCode, stdout } = await burst(rate, silentOnce);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('(200: 99, 1 timed out)');
  });

  test('0 when no more fail than are allowed', async () => {
    const { exitCode, stdout } = await burst([...rate, '--allow', '1%'], (number) =>
      number === 7 ? status(500) : OK,
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('✓ 99 of 100 web hooks answered 200');
  });

  test('3 when all was well, but not sent on time', async () => {
    const { exitCode, stdout } = await burst([...rate, '--connections', '1'], answersAfter(15));
    expect(exitCode).toBe(3);
    expect(stdout).toContain('? All that was sent was answered 200 within 10s, but only ');
    expect(stdout).toContain('raise --connections');
  });

  test('1 rather than 3 when the rate was not kept because of what failed', async () => {
    const { exitCode } = await burst(
      [...rate, '--connections', '1'],
      answersAfter(15, status(500)),
    );
    expect(exitCode).toBe(1);
  });

  test('3 when none ever connected', async () => {
    const nobody: Outcome = { kind: 'unreachable', reason: 'Nothing listens there.', ms: 1 };
    const { exitCode, stdout } = await burst(rate, () => nobody);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('? No web hook ever connected');
    expect(stdout.match(/Nothing listens there\./g)).toHaveLength(1);
  });

  test('130 when it is interrupted, and the report still comes', async () => {
    const interruption = new AbortController();
    const { exitCode, stdout } = await burst(
      ['3000', '--rate', '100/s', '--for', '1h', '--format', 'json'],
      (number) => {
        if (number === 50) interruption.abort();
        return OK;
      },
      { signal: interruption.signal },
    );
    expect(exitCode).toBe(130);
    const { summary } = JSON.parse(stdout);
    expect(summary).toMatchObject({ sent: 50, interrupted: true, kept: { due: 50 } });
  });
});

test.each([
  ['a slow burst is not', '400/s', 1],
  ['a fast burst is', '1000/s', 2],
])('%s rehearsed on a receiver of our own', async (_name, rate, targets) => {
  const opened: string[] = [];
  const onOpen = (url: string) => opened.push(url);
  const { stdout } = await burst(['3000', '--rate', rate, '--for', '1s'], () => OK, { onOpen });
  expect(stdout).toContain(`✓ ${rate === '400/s' ? '400' : '1,000'} of`);
  expect(opened).toHaveLength(targets);
  expect(new Set(opened).size).toBe(targets);
});

describe('--find-limit', () => {
  test('says the rate as forecast takes it', async () => {
    let freeAtMs = 0;
    const queue: LoadReaction = async (_number, clock) => {
      freeAtMs = Math.max(freeAtMs, clock.monotonic()) + 10;
      await clock.sleep(freeAtMs - clock.monotonic());
      return OK;
    };
    const { exitCode, stdout } = await burst(['3000', '--find-limit', '--seed', '7'], queue);
    expect(exitCode).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.slice(0, 5)).toEqual([
      'Finding the highest rate that holds',
      '→ http://3000',
      'seed 7 · signed',
      '',
      '✓     100/s answered on 1 connection',
    ]);
    expect(stdout).toMatch(/^✓ {6}\d\d\/s sent on time: p99 10 ms, longest 10 ms$/m);
    expect(stdout).toMatch(/^✓ Up to 9\d\/s every web hook was answered 200 in time, 99 % within/m);
    expect(stdout).toMatch(
      /^ {2}inqud-hook forecast --rate 20\/min --outage 3h --capacity 9\d\/s$/m,
    );
    expect(stdout).toMatch(/reproduce: inqud-hook burst 3000 --find-limit --seed 7\n$/);
  });

  test('says what was tried to programs', async () => {
    const { exitCode, stdout } = await burst(['3000', '--find-limit', '--format', 'json'], () => ({
      kind: 'responded',
      status: 500,
      ms: 0,
    }));
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      findsLimit: true,
      steps: [{ loop: 'closed', verdict: 'failed' }],
      exitCode: 1,
    });
  });

  test.each([
    [['3000', '--find-limit', '--rate', '5/s'], '--find-limit and --rate exclude each other.'],
    [['3000', '--p99', '1s'], '--p99 does nothing without --find-limit.'],
  ])('is refused with %j', async (argv, words) => {
    const { exitCode, stderr } = await burst(argv, () => OK);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });

  test('is for this machine alone', async () => {
    const { exitCode } = await burst(['example.com', '--find-limit'], () => OK, {
      isLoopback: false,
    });
    expect(exitCode).toBe(2);
  });
});

describe('the catch-up after an outage', () => {
  const catchUp = ['3000', '--arrivals', 'catch-up', '--rate', '20/min', '--outage', '3h'];

  test('is sent at its real pace', async () => {
    const argv = [...catchUp, '--backoff', 'published', '--for', '1m', '--format', 'json'];
    const { exitCode, stdout } = await burst(argv, () => OK);
    expect(exitCode).toBe(0);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      planned: 140,
      recovery: { outageMs: 10_800_000, schedule: 'published' },
      notes: ["the waits are those of Inqud's retired docs"],
      summary: { sent: 140, series: Array.from({ length: 58 }, () => ({})) },
    });
    expect(document.summary.series[0].due).toBe(7);
  });

  test('is told as what it is', async () => {
    const { stdout } = await burst([...catchUp, '--backoff', '1m,2h', '--for', '10m'], () => OK);
    expect(stdout).toContain('the first 10m after an outage of 3h at 20/min\n');
  });

  test.each([
    [['3000', '--arrivals', 'catch-up'], 'Add --outage, e.g. --outage 3h.'],
    [['3000', '--outage', '3h'], '--outage does nothing without --arrivals catch-up.'],
    [['3000', '--backoff', 'published'], '--backoff does nothing without --arrivals catch-up.'],
    [[...catchUp, '--ramp', '1/s..2/s'], 'exclude each other'],
  ])('is refused with %j', async (argv, words) => {
    const { exitCode, stderr } = await burst(argv, () => OK);
    expect(exitCode).toBe(2);
    expect(stderr.replaceAll(/\n {2}/g, ' ')).toContain(words);
  });
});

describe('programs get', () => {
  test('one document, with the rate second by second', async () => {
    const { stdout } = await burst(
      ['3000', '--ramp', '10/s..30/s', '--for', '2s', '--arrivals', 'constant', '--format', 'json'],
      (number) => (number === 3 ? status(429) : OK),
    );
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'burst',
      signed: true,
      fromPerSecond: 10,
      toPerSecond: 30,
      planned: 40,
      failures: [{ kind: 'failed', outcome: { kind: 'responded', status: 429 } }],
      summary: {
        sent: 40,
        series: [
          { due: 15, sent: 15, failed: 1 },
          { due: 25, sent: 25, failed: 0 },
        ],
      },
      exitCode: 1,
    });
  });

  test('or lines', async () => {
    const { stdout } = await burst(['3000', '--format', 'ndjson'], () => status(204));
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect(kinds[0]).toBe('ready');
    expect(kinds.slice(1, 101)).toEqual(Array.from({ length: 100 }, () => 'failed'));
    expect(kinds.slice(101)).toEqual(['summary']);
  });
});

describe('asked wrongly', () => {
  test.each([
    [['3000', '--rate', '200'], '--rate: `200` is not a rate.'],
    [['3000', '--rate', '0/s'], 'nothing ever comes'],
    [['3000', '--ramp', '5/s'], 'does not say from which rate to which'],
    [['3000', '--rate', '5/s', '--ramp', '1/s..2/s'], '--rate and --ramp exclude each other.'],
    [['3000', '--rate', '1000000/s', '--for', '1h'], 'more than ten million web hooks'],
    [['3000', '--for', '0'], '--for 0 sends nothing.'],
    [['3000', '--event', 'checkout.sucess'], 'Did you mean checkout.success?'],
  ])('%j', async (argv, words) => {
    const { exitCode, stderr } = await burst(argv, () => OK);
    expect(exitCode).toBe(2);
    expect(stderr.replaceAll(/\n {2}/g, ' ')).toContain(words);
  });

  test('more than 50 a second are not sent to another machine', async () => {
    const far = (rate: string) =>
      burst(['example.com', '--rate', rate, '--for', '1s'], () => OK, { isLoopback: false });
    expect((await far('50/s')).exitCode).toBe(0);
    const { exitCode, stderr } = await far('51/s');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--export artillery');
  });
});

test('a terminal sees how far it is', async () => {
  const texts: string[] = [];
  await burst(['3000', '--rate', '1/s', '--for', '2s'], () => OK, {
    terminals: ['stderr'],
    onProgress: (text) => texts.push(text),
  });
  expect(texts.slice(0, 2)).toEqual(['beginning', '0s of 2s: 0 sent']);
});

test('without a secret nothing is signed, and the report says so', async () => {
  const { stdout } = await burst(['3000', '--for', '1s'], () => OK, { env: {} });
  expect(stdout).toContain('· unsigned ·');
  expect(stdout).toContain('note: no secret is given (INQUD_HOOK_SECRET), so nothing is signed\n');
});

describe('over real sockets', () => {
  test('everything arrives', async () => {
    const receiver = await healthy();
    const argv = ['burst', receiver.url, '--rate', '200/s', '--for', '500ms', '--format', 'json'];
    const { stdout } = await inqudHook(argv, { env: SECRET });
    expect(JSON.parse(stdout).summary).toMatchObject({ sent: 100, delivered: 100 });
    expect(receiver.requests).toHaveLength(100);
    await receiver.allClosed();
    await receiver.close();
  });

  test('Ctrl-C closes every connection to a receiver that never answers', async () => {
    const receiver = await silent();
    const interruption = new AbortController();
    const argv = ['burst', receiver.url, '--rate', '100/s', '--for', '1m', '--format', 'json'];
    const ran = inqudHook(argv, { env: SECRET, signal: interruption.signal });
    await expect.poll(() => receiver.connections, { timeout: 20_000 }).toBeGreaterThan(5);
    interruption.abort();
    const { exitCode, stdout } = await ran;
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout).summary.cancelled).toBeGreaterThan(5);
    await receiver.allClosed();
    await receiver.close();
  });
});
