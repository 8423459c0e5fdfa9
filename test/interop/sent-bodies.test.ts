import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programPath } from '../programs/program-path.js';
import { outputOf } from '../programs/run-program.js';
import { inqudHook } from './inqud-hook.js';

const SECRET = 'пароль-☕';

let openssl: string;
let python: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inqud-hook-'));
  openssl = programPath('openssl');
  python = programPath('python3');
  await writeFile(join(folder, 'latin1.json'), Buffer.from('{"name":"Zo\u00eb"}\r\n', 'latin1'));
  await writeFile(join(folder, 'empty'), '');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const SENDINGS: readonly (readonly [what: string, flags: readonly string[]])[] = [
  ['the sample event', []],
  ['another event', ['--event', 'payment.partial-success']],
  ['a field that is not ASCII', ['--set', 'clientOrderId="Zoë ☕ \u2028"']],
  ['three events', ['--event', 'on-ramp-checkout.success', '--count', '3']],
  ['a body that is not UTF-8', ['--body', '@latin1.json']],
  ['an empty body', ['--body', '@empty']],
];

test.each(SENDINGS)('openssl and Python agree with the digest of %s', async (_what, words) => {
  const args = words.map((word) => word.replace('@', `@${folder}/`));
  const run = await inqudHook(['send', '3000', '--dry-run', '--format', 'json', ...args], {
    secret: SECRET,
  });
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  const requests = documents(run.stdout);
  expect(requests.length).toBe(args.includes('--count') ? 3 : 1);
  for (const { headers, body, bodyBase64 } of requests) {
    const bytes = body === undefined ? Buffer.from(bodyBase64, 'base64') : Buffer.from(body);
    const digest = Object.fromEntries(headers)['X-Payload-Digest'];
    expect(await opensslDigest(bytes)).toBe(digest);
    expect(await pythonDigest(bytes)).toBe(digest);
  }
});

interface RequestDocument {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | undefined;
  readonly bodyBase64: string;
}

function documents(stdout: Buffer): readonly RequestDocument[] {
  return JSON.parse(stdout.toString()).requests;
}

async function opensslDigest(body: Uint8Array): Promise<string> {
  const args = ['dgst', '-sha1', '-hmac', SECRET, '-r'];
  const output = await outputOf(openssl, args, { input: body });
  return output.toString().slice(0, 40);
}

async function pythonDigest(body: Uint8Array): Promise<string> {
  const script =
    'import hmac, sys; print(hmac.new(sys.argv[1].encode(), sys.stdin.buffer.read(), "sha1").hexdigest())';
  const output = await outputOf(python, ['-c', script, SECRET], { input: body });
  return output.toString().trim();
}
