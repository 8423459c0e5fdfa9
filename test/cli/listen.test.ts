import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sign } from '../../src/webhook/digest.js';
import { Secret } from '../../src/webhook/secret.js';
import { recording } from '../receivers/recording.js';
import { capturesOf } from '../servers/listen/listening.js';
import { inqudHook, newFolder, type Ran, type WorldOptions } from '../world.js';

const SECRET = 'hook-secret-4';
const BODY = '{"id":"CCO-0f8fad5b-d9cb-469f-a165-70867728950e","status":"SUCCESS"}';
const DIGEST = sign(Buffer.from(BODY), Secret.fromText(SECRET));
const SIGNED = { 'X-Payload-Digest': DIGEST };

interface Heard {
  readonly url: string;
  readonly out: string;
  /** What was written so far. */
  readonly output: () => string;
  interrupt(): void;
}

/** Runs `listen` on a free port and does something while it listens. */
async function whileListening(
  flags: readonly string[],
  act: (heard: Heard) => Promise<unknown>,
  options: WorldOptions = {},
): Promise<Ran & { readonly out: string }> {
  const folder = await newFolder();
  const out = folder.at('captures.ndjson');
  const interruption = new AbortController();
  let output = '';
  let tellReady: (url: string) => void = () => {};
  const ready = new Promise<string>((resolve) => {
    tellReady = resolve;
  });
  const ran = inqudHook(['listen', '0', '--out', out, ...flags], {
    signal: interruption.signal,
    ...options,
    onOutput: (text) => {
      output += text;
      const [url] = /http:\/\/[^/"]+\//.exec(output) ?? [];
      if (url !== undefined) tellReady(url);
    },
  });
  const url = await Promise.race([
    ready,
    ran.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  await act({ url, out, output: () => output, interrupt: () => interruption.abort() });
  return { ...(await ran), out };
}

async function send(
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const { status } = await fetch(url, { method: 'POST', body, headers });
  return status;
}

const withSecret: WorldOptions = { env: { INQUD_HOOK_SECRET: SECRET } };

test('prints where it listens, a line a request, and what it all came to', async () => {
  const { exitCode, stdout, stderr, out } = await whileListening(
    ['--count', '3'],
    async ({ url }) => {
      expect(await send(`${url}hook`, BODY, SIGNED)).toBe(200);
      expect(await send(`${url}hook`, `${BODY}\n`, SIGNED)).toBe(200);
      expect(await send(`${url}hook`, 'hello')).toBe(200);
    },
    withSecret,
  );
  expect(stderr).toBe('');
  expect(stdout.replace(/:\d+\//, ':8787/').replaceAll(/^\d\d:\d\d:\d\d/gm, '12:00:00')).toBe(
    `Listening on http://127.0.0.1:8787/ → ${out}
answered when on disk · digests checked · Ctrl-C ends

12:00:00 ✓ genuine  checkout.success          CCO-0f8fad5b 68 bytes → 200
12:00:00 ✗ rejected checkout.success          CCO-0f8fad5b 69 bytes → 200
         The digest is not the digest of this body under the given secret.
12:00:00 ? unsigned unknown POST /hook 5 bytes → 200

✗ 3 requests recorded (1 genuine, 1 rejected, 1 unsigned) → ${out}
next: inqud-hook verify ${out}
`,
  );
  expect(exitCode).toBe(1);
  expect((await capturesOf(out)).map(({ body }) => body.toString())).toEqual([
    BODY,
    `${BODY}\n`,
    'hello',
  ]);
});

test('what it recorded, verify reads', async () => {
  const { out } = await whileListening(
    ['--count', '1'],
    ({ url }) => send(url, BODY, SIGNED),
    withSecret,
  );
  expect(await inqudHook(['verify', out], withSecret)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('✓ 1 genuine of 1.'),
  });
});

test('as NDJSON, the first record is ready and says the port, the last is the summary', async () => {
  const { stdout, exitCode, out } = await whileListening(
    ['--count', '1', '--format', 'ndjson'],
    ({ url }) => send(`${url}hook`, BODY, SIGNED),
  );
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(records).toEqual([
    {
      kind: 'ready',
      schemaVersion: 1,
      command: 'listen',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
      port: expect.any(Number),
      out,
      survives: 'crash',
      checksDigests: false,
    },
    {
      kind: 'request',
      number: 1,
      at: expect.any(String),
      remote: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      method: 'POST',
      path: '/hook',
      bodyBytes: 68,
      verdict: 'unchecked',
      event: 'checkout.success',
      resource: 'CCO-0f8fad5b-d9cb-469f-a165-70867728950e',
      answer: 200,
    },
    {
      kind: 'summary',
      requests: 1,
      genuine: 0,
      rejected: 0,
      unsigned: 0,
      unchecked: 1,
      refused: 0,
      bodyBytes: 68,
      ended: 'count',
      missing: 0,
      exitCode: 0,
    },
  ]);
  expect(exitCode).toBe(0);
});

test('as JSON it is one document, also after Ctrl-C', async () => {
  const { stdout, exitCode } = await whileListening(['--format', 'json'], async (heard) => {
    await send(heard.url, BODY);
    heard.interrupt();
  });
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({
    schemaVersion: 1,
    command: 'listen',
    records: [{ kind: 'request', event: 'checkout.success' }],
    summary: { requests: 1, ended: 'interrupted', exitCode: 130 },
  });
  expect(exitCode).toBe(130);
});

test('tells of what it refuses', async () => {
  const { stdout } = await whileListening(['--max-body', '10', '--count', '1'], async ({ url }) => {
    expect(await send(url, BODY)).toBe(413);
    expect(await send(url, 'small')).toBe(200);
  });
  expect(stdout).toMatch(
    / {9}! refused {2}413 The body is larger than 10 bytes\. \(127\.0\.0\.1:\d+\)\n/,
  );
  expect(stdout).toContain('✓ 1 request recorded, 1 refused → ');
});

test('a path that would write on the terminal is spelled out', async () => {
  const { stdout } = await whileListening(['--count', '1'], async ({ url }) => {
    const resource = '{"id":"CCO-\\u001b[31m","status":"SUCCESS"}';
    await send(url, resource.replace('\\u001b', '\u001b'));
  });
  expect(stdout).not.toContain('\u001b');
});

describe('the exit code', () => {
  test('is 0 when the time is up and something came', async () => {
    const ran = await whileListening(['--for', '300ms'], ({ url }) => send(url, BODY));
    expect(ran).toMatchObject({ exitCode: 0 });
  });

  test('is 3 when nothing came in time', async () => {
    const ran = await whileListening(['--for', '50ms'], async () => {});
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toContain('✗ 0 requests recorded → ');
  });

  test('is 3 when fewer came than were asked for', async () => {
    const flags = ['--for', '300ms', '--count', '2'];
    const ran = await whileListening(flags, ({ url }) => send(url, BODY));
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toContain('1 fewer than asked for when the time was up\n');
  });

  test('is 130 after Ctrl-C, and the report is printed', async () => {
    const ran = await whileListening([], async (heard) => heard.interrupt());
    expect(ran.exitCode).toBe(130);
    expect(ran.stdout).toContain('✓ 0 requests recorded → ');
  });
});

test('answers as it is scripted, from flags or from a file', async () => {
  const statuses: number[] = [];
  const ask = async ({ url }: Heard) => {
    for (let number = 0; number < 3; number += 1) statuses.push(await send(url, BODY));
  };
  await whileListening(['--respond', '500,503,200', '--count', '3'], ask);
  expect(statuses.splice(0)).toEqual([500, 503, 200]);
  const file = await (await newFolder()).write('answers.json', '[{"status":418},{"status":200}]');
  await whileListening(['--respond-from', file, '--count', '3'], ask);
  expect(statuses).toEqual([418, 200, 200]);
});

test('drops the same connections again with the same seed', async () => {
  const flags = ['--drop-connection', '0.5', '--seed', '7', '--count', '8', '--format', 'ndjson'];
  const answers = async () => {
    const { stdout } = await whileListening(flags, async ({ url }) => {
      for (let number = 0; number < 8; number += 1) await send(url, BODY).catch(() => undefined);
    });
    return [...stdout.matchAll(/"answer":("dropped"|\d+)/g)].map(([, answer]) => answer);
  };
  const first = await answers();
  expect(first).toContain('"dropped"');
  expect(first).toContain('200');
  expect(await answers()).toEqual(first);
});

test('writes a redacted copy that says what was replaced', async () => {
  const copy = (await newFolder()).at('shareable.ndjson');
  const flags = ['--redact-to', copy, '--redact', 'id', '--redact', 'headers.Authorization'];
  const { out, stdout } = await whileListening([...flags, '--count', '2'], async ({ url }) => {
    await send(url, BODY, { Authorization: 'Basic x' });
    await send(url, '{"other":1}');
  });
  expect(stdout).toContain(`redacted copy → ${copy}\n`);
  const [first = '', second = ''] = (await readFile(copy, 'utf8')).split('\n');
  expect(JSON.parse(first)).toMatchObject({
    redacted: ['headers.Authorization', 'id'],
    body: '{"id":"[redacted]","status":"SUCCESS"}',
  });
  expect(first).not.toContain('Basic x');
  expect(JSON.parse(second)).not.toHaveProperty('redacted');
  expect((await capturesOf(out))[0]?.body.toString()).toBe(BODY);
});

test('stores, answers, and passes on until the receiver answers 200', async () => {
  const receiver = await recording((_received, index) => ({ status: index === 0 ? 500 : 200 }));
  const flags = ['--forward-to', receiver.url, '--backoff', '20ms,20ms', '--for', '1s'];
  const { stdout, exitCode, out } = await whileListening(flags, ({ url }) =>
    send(url, BODY, SIGNED),
  );
  expect(stdout).toContain(`forwarding to ${receiver.url}\n`);
  expect(stdout).toMatch(/→ 500 in .* ms checkout\.success +CCO-0f8fad5b 1\/3, again in 20ms\n/);
  expect(stdout).toMatch(/→ 200 in .* ms checkout\.success +CCO-0f8fad5b 2\/3\n/);
  expect(stdout).toContain('  forwarded: 1 delivered, in 2 attempts\n');
  expect(exitCode).toBe(0);
  expect(receiver.requests.map(({ body }) => body.toString())).toEqual([BODY, BODY]);
  expect(await readFile(`${out}.forwarded`, 'utf8')).toContain('"result":"delivered"');
});

test('ended by --count, it first passes on what it has', async () => {
  const receiver = await recording();
  const flags = ['--forward-to', receiver.url, '--count', '3'];
  const { stdout } = await whileListening(flags, async ({ url }) => {
    for (const number of [1, 2, 3]) await send(url, String(number));
  });
  expect(stdout).toContain('  forwarded: 3 delivered, in 3 attempts\n');
});

test('ended by --count, it says what it has not passed on, and how that goes on', async () => {
  const receiver = await recording(() => ({ status: 500 }));
  const flags = ['--forward-to', receiver.url, '--count', '2', '--backoff', '1h'];
  const { stdout, exitCode } = await whileListening(flags, async ({ url }) => {
    for (const number of [1, 2]) await send(url, String(number));
  });
  expect(exitCode).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    '! 2 web hooks are not passed on yet: the next `listen` with the same --out and --forward-to goes on with them.',
  );
});

test('a folder that is not there, and an address of another machine, are named as what they are', async () => {
  const folder = await inqudHook(['listen', '0', '--out', '/nowhere/at/all.ndjson']);
  expect(folder.stderr).toContain('there is no such folder.');
  const address = await inqudHook(['listen', '0', '--host', '192.0.2.1', '--out', '/dev/null']);
  expect(address.stderr).toContain('this machine has no such address.');
  expect(address.stderr).toContain('Name an address of this machine with --host');
  expect(address.stderr).not.toContain('another port');
});

test('what forwarding loses makes it exit 1', async () => {
  const receiver = await recording(() => ({ status: 500 }));
  const flags = ['--forward-to', receiver.url, '--backoff', '10ms', '--for', '500ms'];
  const { exitCode, stdout } = await whileListening(flags, ({ url }) => send(url, BODY));
  expect(exitCode).toBe(1);
  expect(stdout).toContain('2/2, LOST\n');
});

describe('a mistake is explained', () => {
  test.each([
    [['listen', 'http'], 'The port: `http` is not a whole number from 0 to 65535.'],
    [
      ['listen', '0', '--respond', '500,abc'],
      '--respond: `abc` is not a whole number from 200 to 599.',
    ],
    [['listen', '0', '--max-body', '1GiB'], '--max-body: `1GiB` is not a size.'],
    [['listen', '0', '--delay', '2h'], 'The longest delay is 1h.'],
    [['listen', '0', '--request-timeout', '0'], '--request-timeout is at least 100ms.'],
    [['listen', '0', '--respond', '200', '--respond-from', 'x'], 'exclude each other.'],
    [['listen', '0', '--redact', 'a'], '--redact does nothing without --redact-to <file>.'],
    [['listen', '0', '--redact-to', 'a'], '--redact-to does nothing without --redact <path>.'],
    [['listen', '0', '--backoff', '1m'], '--backoff does nothing without --forward-to <url>.'],
    [['listen', '0', '--seed', '1'], '--seed does nothing without --drop-connection.'],
    [['listen', '0', '--out', 'a', '--redact-to', 'a', '--redact', 'b'], 'name one file.'],
    [['listen', '0', '--forward-to', 'http://192.0.2.1/'], '192.0.2.1 is not on this machine.'],
    [['listen', '0', '--respond-from', '/nowhere'], '/nowhere cannot be read'],
    [['listen', '0', '--host', '192.0.2.1'], 'this machine has no such address.'],
    [['listen', '0', '--out', '/nowhere/at/all'], '/nowhere/at/all cannot be written'],
    [['listen', '--cuont', '3'], 'listen has no flag --cuont.'],
  ])('%j', async (argv, message) => {
    const { exitCode, stderr, stdout } = await inqudHook(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('forwarding to itself is one', async () => {
    const out = (await newFolder()).at('captures.ndjson');
    const first = await inqudHook([
      'listen',
      '0',
      '--out',
      out,
      '--for',
      '0',
      '--format',
      'ndjson',
    ]);
    const { port } = JSON.parse(first.stdout.split('\n')[0] ?? '');
    const words = ['listen', String(port), '--out', out, '--forward-to', `localhost:${port}/hook`];
    const { exitCode, stderr, stdout } = await inqudHook(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('is the listener itself');
  });

  test('so is a file that another listener has, and one that holds something else', async () => {
    const folder = await newFolder();
    const notes = join(folder.path, 'notes.txt');
    await writeFile(notes, 'Dear diary');
    const { stderr } = await inqudHook(['listen', '0', '--out', notes]);
    expect(stderr).toContain(`${notes} is no capture file of inqud-hook`);
    await whileListening(['--count', '1'], async ({ out, url }) => {
      const second = await inqudHook(['listen', '0', '--out', out]);
      expect(second.exitCode).toBe(2);
      expect(second.stderr).toContain(`Another listener writes to ${out}`);
      await send(url, BODY);
    });
  });
});

test('a secret on the command line is warned of, and is in no file', async () => {
  const { stderr, stdout, out } = await whileListening(
    ['--secret', SECRET, '--count', '1'],
    ({ url }) => send(url, BODY, SIGNED),
  );
  expect(stderr).toContain('! A secret on the command line shows in process lists.');
  expect(stdout + stderr + (await readFile(out, 'utf8'))).not.toContain(SECRET);
});
