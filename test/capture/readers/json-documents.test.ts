import { describe, expect, it } from 'vitest';
import type { CaptureFormat } from '../../../src/capture/registry.js';
import { read } from '../fixtures.js';

async function entriesOf(format: CaptureFormat, value: unknown) {
  const entries = await read(JSON.stringify(value), { format });
  return entries.map((entry) =>
    entry.kind === 'capture'
      ? { headers: entry.record.headers, body: Buffer.from(entry.record.body).toString() }
      : entry.reason,
  );
}

const har = (request: object) => ({ log: { entries: [{ request }] } });
const event = (fields: object) => ({ requestContext: {}, isBase64Encoded: false, ...fields });

describe('a HAR entry', () => {
  it.each([
    [{ postData: { text: 'eyJ9', encoding: 'base64' } }, '{"}'],
    [{ postData: { text: 'eyJ9', _encoding: 'base64' } }, '{"}'],
    [{ postData: { text: 'eyJ9', comment: 'Base64 encoded' } }, '{"}'],
    [{ postData: { text: 'eyJ9' } }, 'eyJ9'],
    [{}, ''],
  ])('has the body of %j', async (request, body) => {
    expect(await entriesOf('har', har(request))).toEqual([{ headers: [], body }]);
  });

  it.each([
    [{ postData: { text: '%', encoding: 'base64' } }, 'The body is said to be base64 and is not.'],
    [
      { postData: { text: '\ud800' } },
      'The body holds half a surrogate pair, which stands for no bytes.',
    ],
    [
      { postData: { params: [{ name: 'a' }] } },
      'The entry keeps the parsed form fields and not the text of the body.',
    ],
  ])('is malformed with %j', async (request, reason) => {
    expect(await entriesOf('har', har(request))).toEqual([reason]);
  });

  it('without a request is malformed', async () => {
    expect(await entriesOf('har', { log: { entries: [null] } })).toEqual([
      'The entry has no request.',
    ]);
  });
});

describe('an AWS event', () => {
  it('has the headers with several values where there are any', async () => {
    const headers = { 'x-a': '2' };
    const multiValueHeaders = { 'x-a': ['1', '2'] };
    expect(
      await entriesOf('aws', [event({ headers, multiValueHeaders }), event({ headers })]),
    ).toEqual([
      {
        headers: [
          ['x-a', '1'],
          ['x-a', '2'],
        ],
        body: '',
      },
      { headers: [['x-a', '2']], body: '' },
    ]);
  });

  it.each([
    [{ message: event({ body: 'a' }) }],
    [{ event: JSON.stringify(event({ body: 'a' })) }],
    [{ events: [{ message: `x\tINFO\t${JSON.stringify(event({ body: 'a' }))}` }] }],
    [[{ '@message': event({ body: 'a' }) }]],
  ])('is found inside %j', async (value) => {
    expect(await entriesOf('aws', value)).toEqual([{ headers: [], body: 'a' }]);
  });
});

describe('an application log', () => {
  const body = async (line: string, bodyField: string) => {
    const [entry] = await read(line, { bodyField });
    return entry?.kind === 'capture' ? Buffer.from(entry.record.body).toString() : entry?.reason;
  };

  it.each([
    ['{"http.request.body":"a"}', 'http.request.body', 'a'],
    ['{"http":{"request.body":"a"}}', 'http.request.body', 'a'],
    ['{"Request":{"BODY":"a"}}', 'request.body', 'a'],
    ['{"attempts":[{"body":"a"},{"body":"b"}]}', 'attempts.1.body', 'b'],
    ['{"body":"\\u0000\\ud83d\\ude00"}', 'body', '\0😀'],
    ['{"b":{"x":"}"},"body": {"a" : [1.0, "]\\"}"] } ,"c":1}', 'body', '{"a" : [1.0, "]\\"}"] }'],
    ['{"body":{"a":1},"body":{"a":2}}', 'body', '{"a":2}'],
    ['[]', 'body', undefined],
    ['{"body":7}', 'body', 'The value at "body" is no body.'],
    ['{"a":1}', 'constructor', undefined],
  ])('%s holds at %s the body %s', async (line, field, expected) => {
    expect(await body(`${line}\n`, field)).toBe(expected);
  });
});

describe('a CSV export', () => {
  const csv = async (text: string) => {
    const entries = await read(text, { format: 'webhook-site' });
    return entries.map((entry) =>
      entry.kind === 'capture'
        ? [entry.at.line, entry.record.headers, Buffer.from(entry.record.body).toString()]
        : [entry.at.line, entry.reason],
    );
  };

  it.each([
    [
      'content\r\n"a\r\nb"\r\nc\r\n',
      [
        [2, [], 'a\r\nb'],
        [4, [], 'c'],
      ],
    ],
    ['\ufeffContent,headers\nx,"{""x-a"":[""1""]}"\n', [[2, [['x-a', '1']], 'x']]],
    ['type,content\nemail,x\nweb,y\n', [[3, [], 'y']]],
    [
      'content,headers[X-A]\n"say ""hi"" \\"there\\" now",1\n',
      [[2, [['X-A', '1']], 'say "hi" \\"there\\" now']],
    ],
    ['content,url\nx\n', [[2, 'The row has 1 fields where the first line names 2.']]],
  ])('is read row by row (%#)', async (text, rows) => {
    expect(await csv(text)).toEqual(rows);
  });
});
