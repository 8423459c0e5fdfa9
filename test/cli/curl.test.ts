import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as hostile from '../receivers/hostile.js';
import { type RecordingReceiver, recording } from '../receivers/recording.js';
import { inqudHook, newFolder } from '../world.js';

const env = { INQUD_HOOK_SECRET: 'hook-secret-2' };

/** Sends the same twice: with the tool itself, and with the curl command it prints. */
async function sentBothWays(
  argv: readonly string[],
  stdin: string | Uint8Array = '',
): Promise<readonly [own: string, curled: string]> {
  const receiver = await hostile.answersAndCloses('HTTP/1.1 200 OK\r\n\r\n');
  const command = ['send', receiver.url, '--seed', '3', ...argv];
  await inqudHook(command, { env, stdin });
  await runInBash(await printedCurl([...command, '--curl'], stdin));
  await receiver.close();
  expect(receiver.requests).toHaveLength(2);
  const [own = '', curled = ''] = receiver.requests.map(comparable);
  return [own, curled];
}

/** A request, a character a byte; names of headers have no case, and a space before no value is none. */
function comparable(request: Buffer): string {
  const text = request.toString('latin1');
  const bodyStart = text.indexOf('\r\n\r\n');
  const head = text.slice(0, bodyStart).replace(/^[^ :]+:/gm, (name) => name.toLowerCase());
  return head.replace(/: \r$/gm, ':\r') + text.slice(bodyStart);
}

async function printedCurl(argv: readonly string[], stdin: string | Uint8Array): Promise<string> {
  const { exitCode, stdout, stderr } = await inqudHook(argv, { env, stdin });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

async function runInBash(script: string): Promise<string> {
  const folder = await newFolder();
  const file = await folder.write('command.sh', script);
  const { stdout } = await promisify(execFile)('bash', [file], { cwd: folder.path });
  return stdout;
}

test.each([
  ['a sample event', [], ''],
  ['quotes of every kind', ['--body', '-'], `{"it's": "\\"quoted\\" \`and\` $HOME !! \\\\n"}`],
  ['newlines, also at the end', ['--body', '-'], '\n{"a":\r\n1}\n\n'],
  ['a body that begins with @', ['--body', '-'], '@/etc/hostname'],
  ['a body that begins with a dash', ['--body', '-'], '--data x'],
  ['non-ASCII text', ['--body', '-'], '{"name":"Žluťoučký kůň 🐎"}'],
  ['an empty body', ['--body', '-'], ''],
  ['a body with NUL bytes', ['--body', '-'], Buffer.from([1, 0, 2, 0])],
  ['a body that is not UTF-8', ['--body', '-'], Buffer.from([0xff, 0xfe, 0x27, 0x0a])],
  ['a body of 200 kB', ['--body', '-'], `{"x":"${'y'.repeat(200_000)}"}`],
  ['a body of 200 kB that is not text', ['--body', '-'], Buffer.alloc(200_000, 0x9c)],
  ['an empty digest', ['--tamper', 'empty'], ''],
  ['two digests', ['--tamper', 'twice'], ''],
  ['no digest', ['--unsigned'], ''],
  ['an odd header', ['-H', `X-Odd: it's "odd"; $x`, '-H', 'X-Empty:'], ''],
  ['headers curl would write itself', ['-H', 'Accept: a/b', '-H', 'User-Agent: me'], ''],
  ['another event, as from Inqud', ['--event', 'payment.new', '--forwarded-for'], ''],
] as const)(
  'the printed curl command sends what the tool sends, byte for byte: %s',
  async (_what, argv, stdin) => {
    const [own, curled] = await sentBothWays(argv, stdin);
    expect(curled).toBe(own);
  },
);

test('each of many is a command of its own', async () => {
  const receiver = await recording();
  const argv = ['send', `${receiver.url}/../{x}?a=1&b=[2]`, '--count', '3', '--curl'];
  await runInBash(await printedCurl(argv, ''));
  expect(pathsOf(receiver)).toEqual(Array(3).fill('/hook/../{x}?a=1&b=[2]'));
  expect(new Set(receiver.requests.map(({ body }) => String(body))).size).toBe(3);
});

test('a certificate that nobody vouches for is taken where --insecure takes it', async () => {
  const receiver = await hostile.selfSigned();
  const shown = await runInBash(
    await printedCurl(['send', receiver.url, '--insecure', '--curl'], ''),
  );
  expect(shown).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  await receiver.close();
});

test('curl shows what the receiver answers', async () => {
  const receiver = await recording(() => ({ status: 409, body: 'known' }));
  const shown = await runInBash(await printedCurl(['send', receiver.url, '--curl'], ''));
  expect(shown).toMatch(/^HTTP\/1\.1 409 Conflict\r\n/);
  expect(shown).toMatch(/known$/);
});

function pathsOf({ requests }: RecordingReceiver): readonly string[] {
  return requests.map(({ path }) => path);
}
