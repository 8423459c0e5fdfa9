import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, onTestFinished, test } from 'vitest';
import { outputOf } from '../programs/run-program.js';
import { inqudHook, newFolder } from '../world.js';

const SECRET = 'whsec';
const URL = 'http://localhost:3000/webhooks/inqud?shop=1';

interface Sent {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function exported(...flags: readonly string[]) {
  const folder = await newFolder();
  const argv = ['burst', URL, '--out', folder.path, ...flags];
  const ran = await inqudHook(argv, { env: { INQUD_HOOK_SECRET: SECRET } });
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  return { folder, stdout: ran.stdout };
}

/** Rightly signed, each once, and of lives from their beginning. */
function expectLives(all: readonly Sent[], life: readonly string[]): void {
  const lives = new Map<string, string[]>();
  for (const { body, headers } of all) {
    expect(headers['X-Payload-Digest']).toBe(createHmac('sha1', SECRET).update(body).digest('hex'));
    const { id, status } = JSON.parse(body);
    lives.set(id, [...(lives.get(id) ?? []), status]);
  }
  expect(new Set(all.map(({ body }) => body)).size).toBe(all.length);
  for (const lived of lives.values()) expect(lived).toEqual(life.slice(0, lived.length));
  const whole = [...lives.values()].filter(({ length }) => length === life.length);
  expect(whole.length).toBeGreaterThan(5);
}

describe('--export artillery', () => {
  const flags = ['--export', 'artillery', '--rate', '20/s', '--for', '2s'];

  test('writes a test and its processor, and says how they are run', async () => {
    const { folder, stdout } = await exported(...flags);
    expect(stdout).toContain('run it there: npx artillery@2 run inqud-burst.yml\n');
    const script = await folder.read('inqud-burst.yml');
    expect(script).toContain('target: "http://localhost:3000"');
    expect(script).toContain('arrivalCount: 40');
    expect(script).toContain('url: "/webhooks/inqud?shop=1"');
    const processor = await folder.read('inqud-burst.cjs');
    for (const text of [script, processor, stdout]) expect(text).not.toContain(SECRET);
  });

  test('signs a body of its own each time, of lives lived side by side', async () => {
    const { folder } = await exported(...flags, '--lifecycle', 'payment', '-H', 'X-Shop: one');
    process.env['INQUD_HOOK_SECRET'] = SECRET;
    onTestFinished(() => {
      delete process.env['INQUD_HOOK_SECRET'];
    });
    const { webHook } = createRequire(import.meta.url)(folder.at('inqud-burst.cjs'));
    const requests: Sent[] = [];
    for (let count = 0; count < 60; count += 1) {
      const request = { headers: { Host: 'localhost' } };
      await webHook(request);
      requests.push(request as unknown as Sent);
    }
    expect(requests[0]?.headers).toMatchObject({ Host: 'localhost', 'X-Shop': 'one' });
    expectLives(requests, ['NEW', 'PENDING', 'SUCCESS']);
  });

  test('a ramp is a phase that ramps', async () => {
    const { folder } = await exported('--export', 'artillery', '--ramp', '5/s..50/s');
    const script = await folder.read('inqud-burst.yml');
    expect(script).toContain('duration: 10\n      arrivalRate: 5\n      rampTo: 50\n');
  });
});

describe('--export k6', () => {
  test('writes a script whose signing and bodies are right, with stand-ins for its modules', async () => {
    const { folder, stdout } = await exported('--export', 'k6', '--rate', '20/min', '--for', '2m');
    expect(stdout).toContain('k6 run -e INQUD_HOOK_SECRET inqud-burst.k6.js\n');
    const script = await folder.read('inqud-burst.k6.js');
    expect(script).not.toContain(SECRET);
    await folder.write('script.mjs', withStandIns(script));
    const output = await outputOf(process.execPath, [folder.at('script.mjs')]);
    const { options, sent } = JSON.parse(output.toString());
    expect(options.scenarios.webHooks).toMatchObject({
      executor: 'constant-arrival-rate',
      rate: 20,
      timeUnit: '60s',
      duration: '120000ms',
    });
    expect(sent).toHaveLength(40);
    expectLives(sent, ['NEW', 'REQUEST_CREATED', 'PAYMENT_DETECTED', 'SUCCESS']);
  });
});

/** k6's modules as far as the script uses them, and a run of it. */
function withStandIns(script: string): string {
  const body = script
    .replace("import { check } from 'k6';", 'const check = () => true;')
    .replace(
      "import crypto from 'k6/crypto';",
      "import { createHmac } from 'node:crypto';\n" +
        'const crypto = { hmac: (hash, key, text, form) => createHmac(hash, key).update(text).digest(form) };',
    )
    .replace(
      "import http from 'k6/http';",
      'const sent = [];\n' +
        'const http = { post: (url, body, { headers }) => sent.push({ url, body, headers }) };\n' +
        `const __ENV = { INQUD_HOOK_SECRET: ${JSON.stringify(SECRET)} };`,
    );
  expect(body).not.toContain("from 'k6");
  return `${body}\nfor (let n = 0; n < 40; n += 1) webHook();\nconsole.log(JSON.stringify({ options, sent }));\n`;
}

describe('asked wrongly', () => {
  test.each([
    [['--export', 'k6', '--arrivals', 'poisson'], 'evenly spaced'],
    [['--export', 'k6', '--find-limit'], '--export and --find-limit exclude each other.'],
    [['--out', 'x'], '--out does nothing without --export <engine>.'],
    [['--export', 'jmeter'], 'Choose one of artillery, k6.'],
  ])('%j', async (flags, words) => {
    const { exitCode, stderr } = await inqudHook(['burst', '3000', ...flags]);
    expect(exitCode).toBe(2);
    expect(stderr.replaceAll(/\n {2}/g, ' ')).toContain(words);
  });
});
