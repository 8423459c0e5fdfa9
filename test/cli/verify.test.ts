import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formatCapture } from '../../src/capture/own-format.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import { inqudHook, newFolder } from '../world.js';

/** The example that Inqud publishes. */
const SECRET = 'secret_value';
const BODY = '{"field":"value"}';
const DIGEST = '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46';
const WRONG = '0000000000000000000000000000000000000000';
const env = { INQUD_HOOK_SECRET: SECRET };

/** A line of the tool's own capture format. */
function captured(digests: readonly string[], body: string | Uint8Array = BODY): string {
  const headers = digests.map((digest) => [DIGEST_HEADER, digest] as const);
  return `${formatCapture({ headers, body: Buffer.from(body) })}\n`;
}

describe('one body and its digest', () => {
  const verifyBody = async (digest: string, body: string | Uint8Array = BODY) => {
    const folder = await newFolder();
    const file = await folder.write('body.json', body);
    const ran = await inqudHook(['verify', file, '--digest', digest], { env });
    return { ...ran, stdout: ran.stdout.replaceAll(`${folder.path}/`, '') };
  };

  test("Inqud's published example is genuine", async () => {
    expect(await verifyBody(DIGEST)).toMatchObject({
      exitCode: 0,
      stdout: '✓ genuine   body.json  17 bytes\n✓ 1 genuine of 1.\n',
      stderr: '',
    });
  });

  test.each([`X-Payload-Digest: ${DIGEST}`, `x-payload-digest:${DIGEST}\r\n`, ` ${DIGEST} `])(
    'the header can be given as it was pasted: %j',
    async (digest) => {
      expect((await verifyBody(digest)).exitCode).toBe(0);
    },
  );

  test('one more newline in the body makes it another body', async () => {
    const ran = await verifyBody(DIGEST, `${BODY}\n`);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toMatch(
      /^✗ rejected {2}body\.json {2}18 bytes\n {2}The digest is not the digest of this body under the given secret\.\n/,
    );
    expect(ran.stdout).toMatch(/✗ 0 genuine, 1 rejected of 1\.\n$/);
  });

  test.each([
    [DIGEST.slice(1), 'The digest has 39 hexadecimal characters; HMAC-SHA1 has 40.'],
    [
      DIGEST.toUpperCase(),
      'The digest has upper-case letters; Inqud writes lower-case hexadecimal.',
    ],
    [`sha1=${DIGEST}`, 'The digest starts with "sha1=", which Inqud does not write.'],
    ['fjYkKhD9ZcuqzX/yiN+f0/nnWkY=', 'The digest is base64; Inqud writes hexadecimal.'],
    ['X-Payload-Digest:', 'The digest is empty.'],
    ['0123456789abcdef  -', 'The digest is not hexadecimal.'],
  ])('%j is rejected, and one sentence says why', async (digest, reason) => {
    const ran = await verifyBody(digest);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain(`\n  ${reason}\n`);
  });

  test.each([
    `SHA1(stdin)= ${DIGEST}`,
    `HMAC-SHA1(stdin)= ${DIGEST}`,
    `HMAC-SHA1(body.json)= ${DIGEST}`,
    `(stdin)= ${DIGEST}`,
    `${DIGEST}  -`,
    `${DIGEST}  body.json`,
    `${DIGEST} *body.json`,
  ])('what openssl or sha1sum prints can be given as it is: %j', async (printed) => {
    expect((await verifyBody(printed)).exitCode).toBe(0);
  });

  test.each(['', ' '])('no digest at all is a wrong use of the flag: %j', async (digest) => {
    const ran = await verifyBody(digest);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('--digest is empty.');
  });

  test('an empty body can be genuine', async () => {
    const ran = await verifyBody('cc60b4c15d7437d82f1d70c85e151e0ea930315e', '');
    expect(ran.stdout).toContain('✓ genuine   body.json  0 bytes\n');
  });

  test.each(['a file', 'standard input'])('gzip is undone in %s', async (place) => {
    const folder = await newFolder();
    const stdin = gzipSync(BODY);
    const file = place === 'a file' ? await folder.write('body.json.gz', stdin) : '-';
    const ran = await inqudHook(['verify', file, '--digest', DIGEST], { env, stdin });
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.stdout).toContain('  17 bytes\n');
  });

  test('a body that is said to be gzip and is damaged is no body', async () => {
    const stdin = gzipSync(BODY).subarray(0, 15);
    const ran = await inqudHook(['verify', '-', '--digest', DIGEST], { env, stdin });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('standard input cannot be unpacked');
  });

  test('the body can come on standard input', async () => {
    const ran = await inqudHook(['verify', '-', '--digest', DIGEST], { env, stdin: BODY });
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: '✓ genuine   standard input  17 bytes\n✓ 1 genuine of 1.\n',
    });
  });
});

describe('captures', () => {
  test('of the tool itself are read a line at a time, text and binary bodies alike', async () => {
    const binary = Buffer.from([0xff, 0x00, 0x0a]);
    const digest = 'c021d3e57c4c2ec550b822890f3cecc1ccf19c5f';
    const stdin = captured([DIGEST]) + captured([digest], binary);
    const ran = await inqudHook(['verify', '-'], { env, stdin });
    expect(ran.stdout).toContain('✓ genuine   standard input:1  17 bytes\n');
    expect(ran.stdout).toContain('✓ genuine   standard input:2  3 bytes\n');
  });

  test('may be in any number of files', async () => {
    const folder = await newFolder();
    const files = [
      await folder.write('a.ndjson', captured([DIGEST])),
      await folder.write('b.ndjson', captured([DIGEST]) + captured([WRONG])),
    ];
    const ran = await inqudHook(['verify', ...files], { env });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain(`✓ genuine   ${folder.at('b.ndjson')}:1  17 bytes\n`);
    expect(ran.stdout).toContain(`✗ rejected  ${folder.at('b.ndjson')}:2  17 bytes\n`);
    expect(ran.stdout).toMatch(/✗ 2 genuine, 1 rejected of 3\.\n$/);
  });

  test('without a digest are unsigned, which is exit 1', async () => {
    expect(await inqudHook(['verify', '-'], { env, stdin: captured([]) })).toMatchObject({
      exitCode: 1,
      stdout: '? unsigned  standard input:1  17 bytes\n✗ 0 genuine, 1 unsigned of 1.\n',
    });
  });

  test('without a digest are fine with --allow-unsigned', async () => {
    const stdin = captured([]) + captured([DIGEST]);
    const ran = await inqudHook(['verify', '-', '--allow-unsigned'], { env, stdin });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toMatch(/✓ 1 genuine, 1 unsigned of 2\.\n$/);
  });

  test('with two different digests are rejected, even when one of them fits', async () => {
    const ran = await inqudHook(['verify', '-'], { env, stdin: captured([DIGEST, WRONG]) });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain(
      '  2 X-Payload-Digest headers with different values came with it.\n',
    );
  });

  test('with the same digest twice are as good as with one', async () => {
    const ran = await inqudHook(['verify', '-'], { env, stdin: captured([DIGEST, DIGEST]) });
    expect(ran.exitCode).toBe(0);
  });

  test('that cannot be read are malformed, which is exit 2, and the others are still judged', async () => {
    const stdin = `${captured([DIGEST])}{"kind":"capture","schemaVersion":1}\n${captured([WRONG])}`;
    const ran = await inqudHook(['verify', '-'], { env, stdin });
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toContain('! malformed standard input:2\n  The headers of the capture are');
    expect(ran.stdout).toMatch(/✗ 1 genuine, 1 rejected, 1 malformed of 3\.\n$/);
  });

  test('that are not there tell nothing: an empty input is exit 3', async () => {
    expect(await inqudHook(['verify', '-'], { env, stdin: '' })).toMatchObject({
      exitCode: 3,
      stdout: '? Nothing to verify: there is no web hook in the input.\n',
    });
  });

  test('by the thousand are not all listed when they are genuine', async () => {
    const stdin = captured([DIGEST]).repeat(1_000) + captured([WRONG]);
    const ran = await inqudHook(['verify', '-'], { env, stdin });
    expect(ran.stdout.match(/^✓ genuine/gm)).toHaveLength(20);
    expect(ran.stdout).toContain('✗ rejected  standard input:1001');
    expect(ran.stdout).toMatch(/✗ 1,000 genuine, 1 rejected of 1,001\.\n$/);
  });

  test('that are a body alone are asked for their digest, unless they are named raw', async () => {
    const bare = await inqudHook(['verify', '-'], { env, stdin: BODY });
    expect(bare).toMatchObject({ exitCode: 2 });
    expect(bare.stdout).toContain(
      '! malformed standard input\n  No request is read from this file, and a body alone has no digest to check.\n' +
        '  try: Give the digest of the body with --digest, or name the format with\n  --from.\n',
    );
    const named = await inqudHook(['verify', '-', '--from', 'raw'], { env, stdin: BODY });
    expect(named).toMatchObject({ exitCode: 1 });
    expect(named.stdout).toContain('? unsigned  standard input  17 bytes\n');
  });
});

describe('secrets', () => {
  test('can be several while one replaces the other: any of them may fit', async () => {
    const variables = { OLD: 'another', NEW: SECRET };
    const flags = ['--secret-env', 'OLD', '--secret-env', 'NEW'];
    const stdin = captured([DIGEST]);
    const ran = await inqudHook(['verify', '-', ...flags], { env: variables, stdin });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('✓ genuine   standard input:1  17 bytes  (secret 2)\n');
  });

  test('of which none fits are all named in the reason', async () => {
    const flags = ['--secret', 'one', '--secret', 'two'];
    const ran = await inqudHook(['verify', '-', ...flags], { stdin: captured([DIGEST]) });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('under any of the given secrets.\n');
  });
});

describe('for programs', () => {
  const stdin = captured([DIGEST]) + captured([WRONG]);

  test('--format json is one document', async () => {
    const ran = await inqudHook(['verify', '-', '--format', 'json'], { env, stdin });
    expect(ran.exitCode).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      schemaVersion: 1,
      command: 'verify',
      entries: [
        { kind: 'entry', at: { file: 'standard input', line: 1 }, verdict: 'genuine', secret: 0 },
        { kind: 'entry', at: { line: 2 }, verdict: 'rejected', reason: expect.any(String) },
      ],
      summary: { entries: 2, genuine: 1, rejected: 1, unsigned: 0, malformed: 0, exitCode: 1 },
    });
  });

  test('--format ndjson is a record a line', async () => {
    const { stdout } = await inqudHook(['verify', '-', '--format', 'ndjson'], { env, stdin });
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ kind }) => kind)).toEqual(['ready', 'entry', 'entry', 'summary']);
    expect(records[0]).toEqual({ kind: 'ready', schemaVersion: 1, command: 'verify' });
  });

  test('a file that cannot be read is an entry of its own, and the others are still checked', async () => {
    const folder = await newFolder();
    const file = await folder.write('a.ndjson', captured([DIGEST]));
    const argv = ['verify', 'none.ndjson', file, '--format', 'json'];
    const ran = await inqudHook(argv, { env });
    expect(ran.exitCode).toBe(2);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      schemaVersion: 1,
      entries: [
        {
          verdict: 'malformed',
          at: { file: 'none.ndjson' },
          reason: 'none.ndjson cannot be read: there is no such file.',
        },
        { verdict: 'genuine' },
      ],
    });
  });

  test('a single file that cannot be read ends the one document with the error', async () => {
    const ran = await inqudHook(['verify', 'none.ndjson', '--format', 'json'], { env });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      entries: [],
      error: {
        code: 'unreadable-file',
        message: 'none.ndjson cannot be read: there is no such file.',
      },
    });
    expect(ran.stderr).toContain('✗ none.ndjson cannot be read: there is no such file.\n');
  });

  test('the same is a last record with ndjson', async () => {
    const ran = await inqudHook(['verify', 'none.ndjson', '--format', 'ndjson'], { env });
    const records = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ kind }) => kind)).toEqual(['ready', 'error']);
  });
});

test('Ctrl-C ends with what is known so far, and 130', async () => {
  const interruption = new AbortController();
  const ran = await inqudHook(['verify', '-', '--format', 'json'], {
    env,
    stdin: captured([DIGEST]).repeat(3),
    signal: interruption.signal,
    onOutput: (text) => {
      if (text.includes('"entry"')) interruption.abort();
    },
  });
  expect(ran.exitCode).toBe(130);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    summary: { genuine: 1, interrupted: true, exitCode: 130 },
  });
});

describe('a search for a cause that was cut is told with what cut it:', () => {
  test('by the size of the body', async () => {
    const folder = await newFolder();
    const file = await folder.write('body.json', `{"note":"${'x'.repeat(1_100_000)}"}`);
    const ran = await inqudHook(['verify', file, '--digest', WRONG], { env });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain('a body of more than 1 MiB is searched');
  });

  test('by the others of its file', async () => {
    const lines = Array.from({ length: 30 }, (_, number) => captured([WRONG], `{"a":${number}}`));
    const folder = await newFolder();
    const file = await folder.write('many.ndjson', lines.join(''));
    const ran = await inqudHook(['verify', file], { env });
    expect(ran.stdout.match(/verify\s+this\s+one\s+alone/g)).toHaveLength(5);
    const json = await inqudHook(['verify', file, '--format', 'json'], { env });
    const { entries } = JSON.parse(json.stdout);
    expect(entries.at(-1)).toMatchObject({ searchCut: true, searchCutBy: 'file' });
    expect(entries[0]).not.toHaveProperty('searchCutBy');
  });
});
