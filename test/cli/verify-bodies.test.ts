import { describe, expect, test } from 'vitest';
import { inqudHook, newFolder } from '../world.js';

/** The example that Inqud publishes. */
const BODY = '{"field":"value"}';
const DIGEST = '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46';
const WRONG = '0000000000000000000000000000000000000000';
const env = { INQUD_HOOK_SECRET: 'secret_value' };
const BASE64 = Buffer.from(BODY).toString('base64');
const headers = { 'X-Payload-Digest': DIGEST };
const listed = [{ name: 'X-Payload-Digest', value: DIGEST }];

async function verified(given: unknown, ...flags: readonly string[]) {
  const folder = await newFolder();
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  const file = await folder.write('given', text);
  const ran = await inqudHook(['verify', file, '--format', 'json', ...flags], { env });
  const { entries } = JSON.parse(ran.stdout);
  return { exitCode: ran.exitCode, entries, entry: entries[0] };
}

describe('a body is found that is kept apart from the headers:', () => {
  const places: readonly (readonly [where: string, record: unknown])[] = [
    [
      'in an object beside the headers',
      { path: '/h', request: { header: { headers: listed }, body: { text: BODY, charset: 'x' } } },
    ],
    [
      'as base64 beside the headers',
      { request: { header: { headers: listed }, body: { encoding: 'base64', encoded: BASE64 } } },
    ],
    ['beside the request', { request: { method: 'POST', headers }, status: 200, body: BODY }],
    ['under a name of its own', { proxy: { method: 'POST', headers }, raw_request: BODY }],
    [
      'in a list of what was logged',
      { logs: [{ message: [BODY] }], event: { request: { headers } } },
    ],
    ['as the text of the request', { requests: [{ method: 'POST', headers, text: BODY }] }],
    ['as bytes', { request: { headers }, sent: { type: 'Buffer', data: [...Buffer.from(BODY)] } }],
    [
      'beside what was answered',
      { request: { headers }, rawBody: BODY, response: { body: '{"ok":true}' } },
    ],
    [
      'among other texts of JSON',
      { request: { headers }, settings: '{"a":1}', body: BODY, context: '{"b":1}' },
    ],
  ];

  test.each(places)('%s', async (_, record) => {
    for (const file of [record, [record], `${JSON.stringify(record)}\n`]) {
      const { exitCode, entry } = await verified(file, '--from', 'export');
      expect(entry).toMatchObject({ verdict: 'genuine', bodyBytes: BODY.length });
      expect(exitCode).toBe(0);
    }
  });

  test('each request has its own', async () => {
    const record = (body: string, digest = DIGEST) => ({
      request: { method: 'POST', headers: { 'X-Payload-Digest': digest } },
      sent: body,
    });
    const { entries } = await verified([record(BODY), record('{"a":1}', WRONG), record(BODY)]);
    expect(entries.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      'genuine',
      'malformed',
      'genuine',
    ]);
  });

  test('what was only assumed to be the body is never called a forgery', async () => {
    const { exitCode, entry } = await verified({ request: { headers }, note: '{"other":1}' });
    expect(entry).toMatchObject({
      verdict: 'malformed',
      reason: 'The entry has no body.',
      hint: 'Name the field that holds it: --body-field note.',
    });
    expect(exitCode).toBe(2);
  });

  test.each([
    [{ request: { header: { headers: listed }, body: { text: '{"a":1}' } } }, 'body.text'],
    [{ proxy: { method: 'POST', headers }, rawBody: '{"a":1}', message: 'came' }, 'rawBody'],
  ])(
    'the only text that is called like a body is it, genuine or not: %j',
    async (record, field) => {
      const { exitCode, entry } = await verified(record, '--from', 'export');
      const note = `The body is taken from "${field}".`;
      expect(entry).toMatchObject({ verdict: 'rejected', bodyBytes: 7, note });
      expect(exitCode).toBe(1);
    },
  );

  test.each([
    [{ request: { header: { headers: listed }, said: { text: '{"a":1}' } } }, 'said.text'],
    [{ logs: [{ message: ['{"a":1}'] }], event: { request: { headers } } }, 'logs.0.message.0'],
    [{ proxy: { method: 'POST', headers }, 'http.said': '{"a":1}' }, 'http.said'],
    [{ request: { method: 'POST', headers }, status: 200, body: '{"a":1}' }, 'body'],
  ])('and the field that is named can be typed as it is: %j', async (record, field) => {
    const { entry } = await verified([record, record], '--from', 'export');
    expect(entry.hint).toBe(`Name the field that holds it: --body-field ${field}.`);
    const named = await verified([record], '--body-field', field);
    expect(named.entry).toMatchObject({ verdict: 'rejected', bodyBytes: 7 });
  });

  test('one of several is not replayed', async () => {
    const folder = await newFolder();
    const record = { request: { method: 'POST', headers }, a: '{"a":1}', b: BODY };
    const file = await folder.write('given.json', JSON.stringify(record));
    expect((await verified(record)).entry.verdict).toBe('genuine');
    const ran = await inqudHook(['replay', file, '--receiver', 'healthy'], { env });
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout + ran.stderr).toContain('The entry has no body.');
  });

  test('the field that is named then is read', async () => {
    const { entry } = await verified(
      { request: { headers }, note: BODY },
      ...['--body-field', 'note'],
    );
    expect(entry.verdict).toBe('genuine');
  });
});

describe('an entry without a body is malformed, not forged:', () => {
  const http = { http: { method: 'POST' } };
  const none: readonly (readonly [what: string, file: unknown])[] = [
    ['an export', [{ request: { method: 'POST', path: '/h', headers, contentLength: 17 } }]],
    ['an empty object', { method: 'POST', headers, body: {} }],
    ['a null', { method: 'POST', headers, body: null }],
    ['an AWS event', { routeKey: 'POST /', rawPath: '/', headers, requestContext: http }],
    [
      'a HAR',
      {
        log: {
          entries: [
            { request: { method: 'POST', url: 'http://h/', headers: listed, bodySize: -1 } },
          ],
        },
      },
    ],
    ['a table', `body,digest\n,${DIGEST}\n`],
    ['a page of webhook.site', { data: [{ token_id: 't', uuid: 'u', headers }] }],
    ['a command', `curl -H 'X-Payload-Digest: ${DIGEST}' http://localhost/h\n`],
  ];

  test.each(none)('%s', async (_, file) => {
    const { exitCode, entry } = await verified(file);
    expect(entry).toMatchObject({ verdict: 'malformed', reason: 'The entry has no body.' });
    expect(exitCode).toBe(2);
  });

  test('but it says when a web hook came, which is all that a forecast asks', async () => {
    const folder = await newFolder();
    const entry = (second: number) => ({
      startedDateTime: `2026-01-02T03:04:0${second}Z`,
      request: { method: 'POST', url: 'http://h/', headers: listed, bodySize: -1 },
    });
    const har = JSON.stringify({ log: { entries: [entry(1), entry(2)] } });
    const file = await folder.write('given.har', har);
    const flags = ['--rate', file, '--outage', '1m', '--format', 'json'];
    expect((await inqudHook(['forecast', ...flags])).exitCode).toBe(0);
  });

  test('one that says that it is empty is judged', async () => {
    const length = { 'Content-Length': '0', ...headers };
    const har = { request: { method: 'POST', url: 'http://h/', headers: listed, bodySize: 0 } };
    for (const file of [
      { method: 'POST', headers: length },
      { log: { entries: [har] } },
      `POST /h HTTP/1.1\r\nX-Payload-Digest: ${DIGEST}\r\nContent-Length: 0\r\n\r\n`,
    ]) {
      const { exitCode, entry } = await verified(file);
      expect(entry).toMatchObject({ verdict: 'rejected', suspicion: { id: 'capture/empty' } });
      expect(exitCode).toBe(1);
    }
  });
});

describe('a body inside an object that says what it is', () => {
  test.each([
    [{ type: 'json', raw: BODY, form: [] }],
    [{ contentType: 'application/json', body: BODY }],
    [{ content: BODY, bytes: 17 }],
    [{ mimeType: 'application/json', text: BODY }],
    [{ encoding: 'base64', data: BASE64 }],
    [{ isBase64: true, content: BASE64 }],
  ])('is what is verified: %j', async (body) => {
    const record = { method: 'POST', headers, body };
    expect((await verified(record)).entry).toMatchObject({ verdict: 'genuine', bodyBytes: 17 });
    const line = { request: { body }, headers };
    const named = await verified(`${JSON.stringify(line)}\n`, '--body-field', 'request.body');
    expect(named.entry).toMatchObject({ verdict: 'genuine', bodyBytes: 17 });
  });

  test.each([
    [{ raw: BODY, id: 'PMT-1' }],
    [{ content: 'text alone' }],
    [{ data: BODY, raw: BODY }],
  ])('is not taken out of what is a body itself: %j', async (body) => {
    const { entry } = await verified({ method: 'POST', headers, body });
    expect(entry.verdict).not.toBe('genuine');
  });
});

describe('a body that was parsed before it was kept', () => {
  const record = (body: unknown, digest = DIGEST) => ({
    method: 'POST',
    headers: { 'X-Payload-Digest': digest },
    body,
  });

  test('is genuine where it was written as it came', async () => {
    expect((await verified(record({ field: 'value' }))).entry.verdict).toBe('genuine');
  });

  test('is told by its mistake where one explains it', async () => {
    const laidOut = JSON.stringify(record({ field: 'value' }), undefined, 2);
    expect((await verified(laidOut)).entry).toMatchObject({
      verdict: 'rejected',
      cause: { id: 'capture/pretty-printed-2' },
    });
  });

  test('cannot be judged where nothing does', async () => {
    const reason =
      'Only the parsed body is kept here, and its bytes are gone: its digest cannot be judged.';
    const { exitCode, entry } = await verified(record({ amount: 12.5 }, WRONG));
    expect(entry).toMatchObject({ verdict: 'malformed', reason });
    expect(exitCode).toBe(2);
    const line = { body: { amount: 12.5 }, headers };
    const named = await verified(`${JSON.stringify(line)}\n`, '--body-field', 'body');
    expect(named.entry).toMatchObject({ verdict: 'malformed', reason });
  });

  test('with a digest of another form is still rejected', async () => {
    const { entry } = await verified(record({ amount: 12.5 }, 'abc'));
    expect(entry).toMatchObject({ verdict: 'rejected' });
  });
});
