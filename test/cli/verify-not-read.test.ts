import { describe, expect, test } from 'vitest';
import { inqudHook, newFolder } from '../world.js';

const BODY = '{"field":"value"}';
const DIGEST = '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46';
const env = { INQUD_HOOK_SECRET: 'secret_value' };
const HEADER = `X-Payload-Digest: ${DIGEST}`;

async function verified(text: string, name = 'given.txt', ...flags: readonly string[]) {
  const folder = await newFolder();
  const file = await folder.write(name, text);
  const ran = await inqudHook(['verify', file, '--format', 'json', ...flags], { env });
  return { exitCode: ran.exitCode, entries: JSON.parse(ran.stdout).entries };
}

describe('a command for the Windows prompt is one malformed entry:', () => {
  test.each([
    [
      'with quotes before its line ends',
      `curl "http://h/" ^\r\n  -H "${HEADER}" ^\r\n  -d "x"\r\n`,
    ],
    ['with carets before its quotes', `curl --url http://h/ -H ^"${HEADER}^" -d ^"x^"\r\n`],
    ['behind a prompt', `C:\\Users\\me> curl "http://h/" ^\r\n  -H "${HEADER}"\r\n`],
  ])('%s', async (_, text) => {
    const { exitCode, entries } = await verified(text, 'given.bat');
    expect(entries).toMatchObject([{ verdict: 'malformed' }]);
    expect(entries[0].reason).toContain('Windows prompt');
    expect(exitCode).toBe(2);
  });

  test('and one for a shell may hold carets', async () => {
    const text = `curl http://h/ -H '${HEADER}' -d '${BODY}' -A 'x ^"y'\n`;
    expect((await verified(text)).entries).toMatchObject([{ verdict: 'genuine' }]);
  });
});

describe('what curl -v says of a request', () => {
  const said = `> POST /h HTTP/1.1\n> Host: h\n> ${HEADER}\n>\n`;

  test.each([
    ['alone', `*   Trying 127.0.0.1...\n${said}* upload completely sent off\n< HTTP/1.1 200 OK\n`],
    ['in a session', `$ curl -v localhost\n${said}${BODY}\n`],
    ['in two sessions', `$ curl -v localhost\n${said}\n$ curl -v localhost\n${said}`],
  ])('is one malformed entry, %s', async (_, text) => {
    const { exitCode, entries } = await verified(text);
    expect(entries).toMatchObject([{ verdict: 'malformed' }]);
    expect(entries[0].reason).toContain('curl -v');
    expect(exitCode).toBe(2);
  });

  test('is stepped over where the command says all', async () => {
    const { entries } = await verified(`$ curl -v -H '${HEADER}' -d '${BODY}' localhost\n${said}`);
    expect(entries).toMatchObject([{ verdict: 'genuine', bodyBytes: BODY.length }]);
  });
});

test.each([
  ['a step of YAML', '- run: '],
  ['a key of YAML', '    script: '],
  ['an item of YAML', '  - '],
  ['a Makefile', '\t@'],
  ['a Dockerfile', 'RUN '],
])('a curl command in %s is read', async (_, before) => {
  const { entries } = await verified(`x\n${before}curl localhost -H '${HEADER}' -d '${BODY}'\n`);
  expect(entries).toMatchObject([{ verdict: 'genuine' }]);
});

test.each(['User-Agent: curl/8.5.0', '<agent>curl/8</agent>'])(
  'nobody is told to read as commands what only names curl: %s',
  async (line) => {
    const { entries } = await verified(`<a>\n${line}\n${HEADER}\n${BODY}</a>\n`);
    expect(entries[0].verdict).toBe('malformed');
    expect(entries[0].hint).not.toContain('--from curl');
  },
);

describe('a Buffer that Node printed in part', () => {
  const printed = `<Buffer${' 7b'.repeat(50)} ... 27 more bytes>`;
  const forms: readonly (readonly [how: string, text: string])[] = [
    ['laid out', `{\n  headers: { 'x-payload-digest': '${DIGEST}' },\n  body: ${printed}\n}\n`],
    ['on one line', `got { 'x-payload-digest': '${DIGEST}', body: ${printed} }\n`],
    ['in JSON', `${JSON.stringify({ body: printed, 'x-payload-digest': DIGEST })}\n`],
    [
      'in an export',
      JSON.stringify({ method: 'POST', headers: { 'X-Payload-Digest': DIGEST }, body: printed }),
    ],
  ];

  test.each(forms)('is told as that, %s', async (_, text) => {
    for (const flags of [[], ['--body-field', 'body']]) {
      const { exitCode, entries } = await verified(text, 'app.log', ...flags);
      expect(entries).toMatchObject([{ verdict: 'malformed' }]);
      expect(entries[0].reason).toContain('first 50 bytes of a Buffer');
      expect(entries[0].hint).toContain('body.toString()');
      expect(exitCode).toBe(2);
    }
  });

  test('is read where it is whole', async () => {
    const digits = Buffer.from(BODY).toString('hex').replace(/../g, ' $&');
    const line = `got { 'x-payload-digest': '${DIGEST}', body: <Buffer${digits}> }\n`;
    const { entries } = await verified(line, 'app.log', '--body-field', 'body');
    expect(entries).toMatchObject([{ verdict: 'genuine' }]);
  });
});
