import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as hostile from '../receivers/hostile.js';
import { correct, recording, valuesOf } from '../receivers/recording.js';
import { DRAWN, inqudHook, newFolder } from '../world.js';

const SECRET = 'hook-secret-1';
const env = { INQUD_HOOK_SECRET: SECRET };
const NUL_AND_MORE = Buffer.from([0x7b, 0x00, 0xff, 0x0a, 0x27, 0x7d]);

describe('what is sent', () => {
  test('one checkout.success, signed over the very bytes of its body', async () => {
    const receiver = await recording();
    const ran = await inqudHook(['send', receiver.url], { env });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const [received, ...more] = receiver.requests;
    expect(more).toEqual([]);
    expect(JSON.parse(String(received?.body))).toMatchObject({ status: 'SUCCESS' });
    const digest = createHmac('sha1', SECRET)
      .update(received?.body ?? '')
      .digest('hex');
    expect(valuesOf(received, 'X-Payload-Digest')).toEqual([digest]);
    expect(valuesOf(received, 'Content-Type')).toEqual(['application/json']);
    expect(valuesOf(received, 'User-Agent')).toEqual(['inqud-hook/0.0.0-source']);
    expect(ran.stdout).toContain(`X-Payload-Digest: ${digest}`);
  });

  test('--event chooses the event, in any spelling of its status', async () => {
    const receiver = await recording();
    await inqudHook(['send', receiver.url, '--event', 'request.WAITING_PAYMENT']);
    expect(JSON.parse(String(receiver.requests[0]?.body))).toMatchObject({
      id: expect.stringMatching(/^CAPD-/),
      status: 'WAITING_PAYMENT',
    });
  });

  test('--set changes fields: JSON values, nested paths and arrays', async () => {
    const receiver = await recording();
    const sets = ['name=tea for two', 'request.paidAmount=12.50', 'cryptoCurrencies[0]=TRON_USDT'];
    await inqudHook(['send', receiver.url, ...sets.flatMap((set) => ['--set', set])]);
    const text = String(receiver.requests[0]?.body);
    expect(text).toContain('"name":"tea for two"');
    expect(text).toContain('"paidAmount":12.50,');
    expect(text).toContain('"cryptoCurrencies":["TRON_USDT",');
  });

  test('--body @file sends the bytes of the file, whatever they are', async () => {
    const receiver = await recording();
    const folder = await newFolder();
    const file = await folder.write('body.bin', NUL_AND_MORE);
    const ran = await inqudHook(['send', receiver.url, '--body', `@${file}`], { env });
    expect(receiver.requests[0]?.body).toEqual(NUL_AND_MORE);
    expect(ran.stdout).toContain('your own body, 6 bytes');
  });

  test('--body - sends standard input byte for byte, a last newline included', async () => {
    const receiver = await recording();
    await inqudHook(['send', receiver.url, '--body', '-'], { stdin: '{"a": 1.0}\r\n' });
    expect(String(receiver.requests[0]?.body)).toBe('{"a": 1.0}\r\n');
  });

  test('an empty body can be sent, and is signed', async () => {
    const receiver = await correct(SECRET);
    const ran = await inqudHook(['send', receiver.url, '--body', '-'], { env, stdin: '' });
    expect(ran.exitCode).toBe(0);
    expect(receiver.requests[0]?.body).toHaveLength(0);
  });

  test('-H adds headers, as often as it is given, and replaces the own ones', async () => {
    const receiver = await recording();
    const flags = ['-H', 'X-One: 1', '-H', 'X-One: 2', '-H', 'user-agent: me', '-H', 'X-Empty:'];
    await inqudHook(['send', receiver.url, ...flags]);
    const [received] = receiver.requests;
    expect(valuesOf(received, 'X-One')).toEqual(['1', '2']);
    expect(valuesOf(received, 'User-Agent')).toEqual(['me']);
    expect(valuesOf(received, 'X-Empty')).toEqual(['']);
  });

  test("--forwarded-for sends Inqud's published source address", async () => {
    const receiver = await recording();
    await inqudHook(['send', receiver.url, '--forwarded-for']);
    expect(valuesOf(receiver.requests[0], 'X-Forwarded-For')).toEqual(['3.64.51.60']);
  });

  test('a body that was captured goes out again with the digest it came with', async () => {
    const receiver = await recording();
    const flags = ['--body', '-', '--unsigned', '-H', 'X-Payload-Digest: abc'];
    await inqudHook(['send', receiver.url, ...flags], { env, stdin: '{}' });
    expect(valuesOf(receiver.requests[0], 'X-Payload-Digest')).toEqual(['abc']);
  });

  test('a second digest does not slip in through -H', async () => {
    const flags = ['-H', 'x-payload-digest: abc'];
    expect(await inqudHook(['send', '1', ...flags], { env })).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr:
        '✗ X-Payload-Digest is written by the signer, and -H would add another one.\n' +
        '  Add --unsigned to send yours alone, or use --tamper twice.\n',
    });
  });
});

describe('the secret comes from', () => {
  const accepted = async (flags: string[], options = {}) => {
    const receiver = await correct(SECRET);
    return inqudHook(['send', receiver.url, ...flags], options);
  };

  test('$INQUD_HOOK_SECRET', async () => {
    expect(await accepted([], { env })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('another variable, with --secret-env', async () => {
    const ran = await accepted(['--secret-env', 'SHOP_SECRET'], { env: { SHOP_SECRET: SECRET } });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test.each([SECRET, `${SECRET}\n`, `${SECRET}\r\n`])(
    'a file with --secret-file, without one newline at its end: %j',
    async (content) => {
      const folder = await newFolder();
      const file = await folder.write('secret', content);
      expect(await accepted(['--secret-file', file])).toMatchObject({ exitCode: 0, stderr: '' });
    },
  );

  test('standard input, with --secret-file -', async () => {
    const ran = await accepted(['--secret-file', '-'], { stdin: `${SECRET}\n` });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('the command line, with a warning', async () => {
    expect(await accepted(['--secret', SECRET])).toMatchObject({
      exitCode: 0,
      stderr:
        '! A secret on the command line shows in process lists.\n' +
        '  Prefer $INQUD_HOOK_SECRET or --secret-file.\n',
    });
  });

  test('a flag rather than $INQUD_HOOK_SECRET when both are there', async () => {
    const both = { INQUD_HOOK_SECRET: 'another', SHOP_SECRET: SECRET };
    expect(await accepted(['--secret-env', 'SHOP_SECRET'], { env: both })).toMatchObject({
      exitCode: 0,
    });
  });

  test('nowhere: then nothing is signed, and a note says so', async () => {
    const receiver = await recording();
    const ran = await inqudHook(['send', receiver.url]);
    expect(valuesOf(receiver.requests[0], 'X-Payload-Digest')).toEqual([]);
    expect(ran.stdout).toContain(
      'note: no secret is given (INQUD_HOOK_SECRET), so nothing is signed\n',
    );
  });

  test('nowhere on purpose with --unsigned, without a note', async () => {
    const receiver = await recording();
    const ran = await inqudHook(['send', receiver.url, '--unsigned'], { env });
    expect(valuesOf(receiver.requests[0], 'X-Payload-Digest')).toEqual([]);
    expect(ran.stdout).not.toContain('note:');
  });
});

describe('--tamper', () => {
  test.each([
    'other-secret',
    'body',
    'truncated',
    'sha256',
    'base64',
    'uppercase',
    'prefix',
    'missing',
    'empty',
    'twice',
  ])('%s is refused by a receiver that checks digests, which is the right answer', async (how) => {
    const receiver = await correct(SECRET);
    const ran = await inqudHook(['send', receiver.url, '--tamper', how], { env });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('✓ 401 in ');
    expect(ran.stdout).toContain('Refused, as a web hook with a wrong digest must be.');
  });

  test('twice sends a wrong digest first and the right one second', async () => {
    const receiver = await recording(() => ({ status: 400 }));
    await inqudHook(['send', receiver.url, '--tamper', 'twice'], { env });
    const [received] = receiver.requests;
    const right = createHmac('sha1', SECRET)
      .update(received?.body ?? '')
      .digest('hex');
    expect(valuesOf(received, 'X-Payload-Digest')).toEqual([
      expect.stringMatching(/^[0-9a-f]{40}$/),
      right,
    ]);
    expect(valuesOf(received, 'X-Payload-Digest')[0]).not.toBe(right);
  });

  test.each([
    [200, '200 accepts a web hook whose digest is wrong: anyone can forge one.'],
    [204, '204 accepts a web hook whose digest is wrong: anyone can forge one.'],
    [302, '302 is a redirect, not a refusal: answer 401 or 400 to a wrong digest.'],
    [500, '500 is a failure, not a refusal: answer 401 or 400 to a wrong digest.'],
  ])('answered %i is exit 1, with the reason', async (status, reason) => {
    const receiver = await recording(() => ({ status }));
    const ran = await inqudHook(['send', receiver.url, '--tamper', 'body'], { env });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain(`  ${reason}\n`);
  });

  test('of a receiver that is not there tells nothing: exit 3', async () => {
    const ran = await inqudHook(['send', await hostile.refusing(), '--tamper', 'body'], { env });
    expect(ran.exitCode).toBe(3);
  });

  test('needs a secret', async () => {
    expect(await inqudHook(['send', '1', '--tamper', 'body'])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr:
        '✗ No secret in $INQUD_HOOK_SECRET, and none named by a flag.\n' +
        '  export INQUD_HOOK_SECRET=…, or use --secret-env NAME or --secret-file PATH.\n',
    });
  });
});

test.each([
  [[], { INQUD_HOOK_SECRET: 's' }, 'check the secret, and that the digest is over the raw body'],
  [['--tamper', 'body', '--expect-status', '200'], { INQUD_HOOK_SECRET: 's' }, 'check the secret'],
  [['--unsigned'], { INQUD_HOOK_SECRET: 's' }, 'which has no digest: a receiver has to do so.'],
  [['--unsigned', '--count', '2'], {}, 'which has no digest: a receiver has to do so.'],
] as const)('401 to %j says what there is to check', async (words, env, text) => {
  const receiver = await recording(() => ({ status: 401 }));
  const { stdout } = await inqudHook(['send', receiver.url, ...words], { env });
  expect(stdout.replace(/\s+/g, ' ')).toContain(text);
  const json = await inqudHook(['send', receiver.url, ...words, '--format', 'json'], { env });
  expect(json.stdout).toContain(text);
});

describe('the answer', () => {
  test.each([
    [200, 0, 'Delivered: 200 is what Inqud counts.'],
    [201, 1, '201 is not 200: Inqud counts exactly 200 as delivered. Inqud retries.'],
    [204, 1, '204 is not 200: Inqud counts exactly 200 as delivered. Inqud retries.'],
    [
      302,
      1,
      '302 is a redirect, and a redirect is not 200: register the final URL. Inqud\n  retries.',
    ],
    [
      401,
      1,
      '401 refuses the web hook, which has no digest: a receiver has to do so. Inqud\n  retries.',
    ],
    [404, 1, '404: no handler answers a POST on this path. Inqud retries.'],
    [422, 1, '422 refuses the web hook. Inqud retries.'],
    [503, 1, '503 is a failure of the receiver. Inqud retries.'],
  ])('%i is exit %i, with what Inqud makes of it', async (status, exitCode, explanation) => {
    const receiver = await recording(() => ({ status, location: '/elsewhere' }));
    const ran = await inqudHook(['send', receiver.url]);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.stdout).toMatch(new RegExp(`^${exitCode === 0 ? '✓' : '✗'} ${status} in `, 'm'));
    expect(ran.stdout).toContain(`\n  ${explanation}\n`);
    expect(receiver.requests).toHaveLength(1);
  });

  test('that comes after --timeout is exit 1, and says how long Inqud waits', async () => {
    const receiver = await recording(() => undefined);
    const ran = await inqudHook(['send', receiver.url, '--timeout', '50ms']);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toMatch(/^✗ timed out after [\d.]+ m?s$/m);
    expect(ran.stdout).toContain(
      '  No answer came in time: store the web hook, answer 200, work later. Inqud\n' +
        '  waits 10 s. Inqud retries.\n',
    );
  });

  test('that is never given because nothing listens is exit 3', async () => {
    const url = await hostile.refusing();
    const ran = await inqudHook(['send', url]);
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toContain(`  Nothing listens on ${new URL(url).host}. Inqud retries.\n`);
  });

  test('is the right one when --expect-status says so', async () => {
    const receiver = await recording(() => ({ status: 404 }));
    const ran = await inqudHook(['send', receiver.url, '--expect-status', '404']);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('✓ 404 in ');
  });

  test('of 200 is the wrong one when --expect-status says so', async () => {
    const receiver = await recording();
    const ran = await inqudHook(['send', receiver.url, '--expect-status', '409']);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('  409 is expected. Delivered: 200 is what Inqud counts.\n');
  });

  test('is shown from its start, at most five lines of it, and nothing in it controls the terminal', async () => {
    const body = `\u001b[31mred\r\n${'x'.repeat(200)}\n3\n4\n5\n6\n7`;
    const receiver = await recording(() => ({ status: 200, body }));
    const ran = await inqudHook(['send', receiver.url]);
    expect(ran.stdout).toContain(
      `  │ \\u001b[31mred\n  │ ${'x'.repeat(73)}…\n  │ 3\n  │ 4\n  │ 5\n  │ …\n`,
    );
  });
});

describe('the target', () => {
  test.each([
    ['a bare port', (port: number) => String(port), '/'],
    ['a port and a path', (port: number) => `${port}/hooks/inqud?x=1`, '/hooks/inqud?x=1'],
    ['host and port', (port: number) => `localhost:${port}/hook`, '/hook'],
    ['a URL', (port: number) => `http://127.0.0.1:${port}/hook`, '/hook'],
  ])('can be %s', async (_what, targetOf, path) => {
    const receiver = await recording();
    expect((await inqudHook(['send', targetOf(receiver.port)])).exitCode).toBe(0);
    expect(receiver.requests[0]?.path).toBe(path);
  });

  test('is another machine only with --allow-remote', async () => {
    expect(await inqudHook(['send', 'http://192.0.2.1/hook'])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr:
        '✗ 192.0.2.1 is not on this machine.\n' +
        '  Add --allow-remote if the receiver there is yours.\n',
    });
  });

  test('with a certificate that nobody vouches for is taken with --insecure', async () => {
    const receiver = await hostile.selfSigned();
    expect((await inqudHook(['send', receiver.url])).exitCode).toBe(1);
    expect((await inqudHook(['send', receiver.url, '--insecure'])).exitCode).toBe(0);
    await receiver.close();
  });
});

describe('many at once', () => {
  test('--count sends that many fresh resources', async () => {
    const receiver = await recording();
    const ran = await inqudHook(['send', receiver.url, '--count', '5', '--concurrency', '3']);
    const ids = receiver.requests.map(({ body }) => JSON.parse(String(body)).id);
    expect(new Set(ids).size).toBe(5);
    expect(ran.stdout).toMatch(/^✓ 5 of 5 as expected, p50 .+, p95 .+, max .+ ms$/m);
  });

  test('--same sends one event every time', async () => {
    const receiver = await recording();
    await inqudHook(['send', receiver.url, '--count', '3', '--same']);
    const bodies = receiver.requests.map(({ body }) => String(body));
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
  });

  test('the reason of many like refusals is given once', async () => {
    const receiver = await recording(() => ({ status: 503 }));
    const ran = await inqudHook(['send', receiver.url, '--count', '4']);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout.match(/503 is a failure of the receiver\./g)).toHaveLength(1);
    expect(ran.stdout.match(/^✗ 503 in /gm)).toBeNull();
    expect(ran.stdout.match(/^checkout\.success CCO-\S{36} ✗ 503 in /gm)).toHaveLength(4);
  });

  test('one wrong answer of three is exit 1', async () => {
    const receiver = await recording((_received, index) => ({ status: index === 1 ? 500 : 200 }));
    const ran = await inqudHook(['send', receiver.url, '--count', '3']);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('✗ 2 of 3 as expected');
  });

  test('Ctrl-C ends it with what was sent so far, and 130', async () => {
    const interruption = new AbortController();
    const receiver = await recording((_received, index) => {
      if (index === 2) interruption.abort();
      return index < 2 ? { status: 200 } : undefined;
    });
    const ran = await inqudHook(['send', receiver.url, '--count', '1000'], {
      signal: interruption.signal,
    });
    expect(ran.exitCode).toBe(130);
    expect(ran.stdout).toContain('✗ 2 of 3 as expected');
    expect(ran.stdout).toContain(', interrupted\n');
  });
});

describe('--seed', () => {
  test('sends the same bytes again, and another one others', async () => {
    const receiver = await recording();
    for (const seed of ['9', '9', '10']) {
      await inqudHook(['send', receiver.url, '--seed', seed], { env });
    }
    const [first, second, third] = receiver.requests;
    expect(second).toEqual(first);
    expect(third?.body).not.toEqual(first?.body);
  });

  test('is drawn otherwise, and events happen now', async () => {
    const receiver = await recording();
    await inqudHook(['send', receiver.url, '--event', 'payment.new']);
    const { createdAt } = JSON.parse(String(receiver.requests[0]?.body));
    expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(60_000);
  });

  test('of the reproduce line gives the very same request', async () => {
    const receiver = await recording(() => ({ status: 500 }));
    const ran = await inqudHook(['send', receiver.url, '--set', "name=it's"], { env });
    const [, line = ''] = /^reproduce: inqud-hook (.+)$/m.exec(ran.stdout) ?? [];
    expect(line).toMatch(
      new RegExp(`^send http://127\\.0\\.0\\.1:\\d+/hook --set '.+' --seed ${DRAWN}@\\d{10}$`),
    );
    const words = line.replaceAll("'\\''", "'").match(/'.+?'(?= --seed)|\S+/g) ?? [];
    await inqudHook(
      words.map((word) => (word.startsWith("'") ? word.slice(1, -1) : word)),
      { env },
    );
    expect(String(receiver.requests[0]?.body)).toContain(`"name":"it's"`);
    expect(receiver.requests[1]).toEqual(receiver.requests[0]);
  });
});

describe('--dry-run', () => {
  test('prints the exact bytes that would go over the wire, and sends nothing', async () => {
    const receiver = await hostile.healthy();
    const command = ['send', receiver.url, '--seed', '5', '--event', 'invoice.new'];
    const dry = await inqudHook([...command, '--dry-run'], { env });
    expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
    expect(receiver.requests).toHaveLength(0);
    await inqudHook(command, { env });
    expect(dry.stdout).toBe(String(receiver.requests[0]));
    await receiver.close();
  });

  test('ends the line on a terminal, and only there', async () => {
    const argv = ['send', '1', '--seed', '5', '--dry-run'];
    const piped = await inqudHook(argv);
    const shown = await inqudHook(argv, { terminals: ['stdout'] });
    expect(shown.stdout).toBe(`${piped.stdout}\n`);
  });

  test('is one document with --format json, however many requests there are', async () => {
    const argv = ['send', '3000/x', '--seed', '5', '--count', '2', '--dry-run', '--format', 'json'];
    const { stdout } = await inqudHook(argv, { env });
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'send',
      requests: [
        { method: 'POST', url: 'http://localhost:3000/x', body: expect.stringMatching(/^\{"id"/) },
        { method: 'POST', url: 'http://localhost:3000/x' },
      ],
    });
  });

  test('shows a body that is not text in base64', async () => {
    const argv = ['send', '1', '--body', '-', '--dry-run', '--format', 'ndjson'];
    const { stdout } = await inqudHook(argv, { stdin: NUL_AND_MORE });
    const [ready, request] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(ready).toMatchObject({ kind: 'ready', schemaVersion: 1, command: 'send' });
    expect(request).toMatchObject({ kind: 'request', bodyBase64: 'ewD/Cid9' });
  });
});

describe('for programs', () => {
  test('--format json is one document: records, summary, exit code', async () => {
    const receiver = await recording(() => ({ status: 503, body: 'busy' }));
    const ran = await inqudHook(['send', receiver.url, '--format', 'json'], { env });
    expect(ran.exitCode).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'send',
      url: receiver.url,
      signed: true,
      records: [
        {
          kind: 'sent',
          event: 'checkout.success',
          asExpected: false,
          outcome: { kind: 'responded', status: 503, answer: { body: 'busy', bodyCut: false } },
        },
      ],
      summary: { kind: 'summary', sent: 1, asExpected: 0, unexpected: 1, connected: true },
      reproduce: expect.stringContaining('inqud-hook send'),
      exitCode: 1,
    });
  });

  test('--format ndjson is a record a line: ready, what was sent, summary', async () => {
    const receiver = await recording();
    const argv = ['send', receiver.url, '--count', '2', '--format', 'ndjson'];
    const { stdout } = await inqudHook(argv);
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ kind }) => kind)).toEqual(['ready', 'sent', 'sent', 'summary']);
    expect(records[0]).toMatchObject({ schemaVersion: 1, command: 'send', signed: false });
    expect(records[3]).toMatchObject({ sent: 2, exitCode: 0 });
  });
});

describe('a hostile receiver is never called satisfied, and never waited for longer than the timeout,', () => {
  test.each([
    ['that resets the connection', hostile.resetsUnanswered, 1],
    ['that resets in the middle of its answer', hostile.resetsMidAnswer, 1],
    ['that sends half a status line', hostile.halfAStatusLine, 1],
    ['that answers garbage', hostile.garbage, 1],
    ['that never answers', hostile.silent, 1],
    ['that dribbles a byte a second', hostile.dribbles, 1],
    ['that sends a header of 1 MB', hostile.hugeHeader, 1],
    ['that sends 100 unasked and then 200, which is 200', hostile.unaskedContinue, 0],
    ['that speaks TLS on a plain port', hostile.tlsOnAPlainPort, 1],
    ['that redirects in a loop', hostile.redirectLoop, 1],
    ['that sends 103 and then 200, which is 200', hostile.earlyHints, 0],
    ['that compresses a 200 unasked, which is 200', hostile.unaskedGzip, 0],
    ['that answers 200 with an endless body, which is 200', hostile.endlessBody, 0],
  ])('%s', async (_what, open, exitCode) => {
    const receiver = await open();
    const startedMs = performance.now();
    const ran = await inqudHook([
      'send',
      receiver.url,
      '--timeout',
      exitCode === 0 ? '5s' : '200ms',
    ]);
    expect(performance.now() - startedMs).toBeLessThan(9_000);
    expect(ran).toMatchObject({ exitCode, stderr: '' });
    expect(ran.stdout.includes('✓ 200 in ')).toBe(exitCode === 0);
    await receiver.close();
  });

  test('that closes its connections between requests does no harm', async () => {
    const receiver = await hostile.closesAfterThree();
    const ran = await inqudHook(['send', receiver.url, '--count', '10']);
    expect(ran.exitCode).toBe(0);
    expect(receiver.requests).toHaveLength(10);
    await receiver.close();
  });
});
