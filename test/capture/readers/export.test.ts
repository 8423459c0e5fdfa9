import { describe, expect, it } from 'vitest';
import { HookError } from '../../../src/errors.js';
import { read } from '../fixtures.js';

const BODY = '{"id":"PMT-1","amount":149.72034}';
const BASE64 = Buffer.from(BODY).toString('base64');
const DIGEST = '23a2655419670d90ec0b5621d3f33b92a256b60b';

const readAtFile = async (path: string) => {
  if (path !== 'body.json') throw new HookError('unreadable-file', `No file ${path}.`);
  return Buffer.from(BODY);
};

async function entriesOf(value: unknown, layout?: number) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, layout);
  const entries = await read(text, { readAtFile });
  return entries.map((entry) => {
    if (entry.kind !== 'capture') return entry.reason;
    const { method, path, headers, body } = entry.record;
    const digests = headers.flatMap(([name, found]) =>
      name.toLowerCase() === 'x-payload-digest' ? [found] : [],
    );
    return [method, path, ...digests, Buffer.from(body).toString()];
  });
}

const signed = ['POST', '/h', DIGEST, BODY];
const map = { 'Content-Type': 'application/json', 'X-Payload-Digest': DIGEST };
const listed = [
  { key: 'X-Payload-Digest', value: DIGEST },
  { key: 'X-Payload-Digest', value: 'off', disabled: true },
];

/** As the tools write them, shortened. */
const EXPORTS: readonly (readonly [tool: string, value: unknown, found?: readonly unknown[]])[] = [
  [
    'the journal of WireMock',
    {
      requests: [
        {
          id: '1',
          request: { url: '/h', method: 'POST', headers: map, bodyAsBase64: BASE64, body: '?' },
          responseDefinition: { status: 200, headers: { 'X-Payload-Digest': 'no' }, body: 'no' },
        },
        {
          id: '2',
          request: { url: '/up', method: 'GET', headers: {}, bodyAsBase64: '', body: '' },
        },
      ],
      meta: { total: 2 },
    },
    [signed, ['GET', '/up', '']],
  ],
  [
    'unmatched requests of WireMock',
    {
      requests: [
        { url: '/h', method: 'POST', loggedDate: 1467402464520, headers: map, body: BODY },
      ],
    },
  ],
  [
    'mappings of WireMock',
    {
      mappings: [
        {
          request: {
            urlPath: '/h',
            method: 'POST',
            headers: { 'X-Payload-Digest': { equalTo: DIGEST } },
            bodyPatterns: [{ equalTo: BODY }],
          },
          response: { status: 200 },
        },
      ],
    },
  ],
  [
    'a mapping of WireMock',
    {
      request: {
        url: '/h',
        method: 'POST',
        headers: { 'X-Payload-Digest': { equalTo: DIGEST, caseInsensitive: true } },
        bodyPatterns: [{ binaryEqualTo: BASE64 }],
      },
      response: { status: 200 },
    },
  ],
  [
    'a mapping of WireMock that compares JSON',
    {
      request: {
        url: '/h',
        method: 'POST',
        headers: { 'X-Payload-Digest': { equalTo: DIGEST } },
        bodyPatterns: [{ equalToJson: BODY, ignoreArrayOrder: true }],
      },
      response: {},
    },
    ['The mapping says what the body must be like, and does not keep its bytes.'],
  ],
  [
    'requests of MockServer',
    [
      {
        method: 'POST',
        path: '/h',
        headers: { 'X-Payload-Digest': [DIGEST] },
        body: { type: 'JSON', json: { id: 'PMT-1' }, rawBytes: BASE64 },
      },
    ],
  ],
  [
    'requests and answers of MockServer',
    [
      {
        timestamp: '2026-01-01 10:00:00.000',
        httpRequest: {
          method: 'POST',
          path: '/h',
          headers: [{ name: 'X-Payload-Digest', values: [DIGEST] }],
          body: { type: 'STRING', string: BODY, contentType: 'application/json' },
        },
        httpResponse: { statusCode: 200, headers: { 'X-Payload-Digest': ['no'] }, body: 'no' },
      },
    ],
  ],
  [
    'expectations of MockServer',
    [
      {
        httpRequest: {
          method: 'POST',
          path: '/h',
          headers: map,
          body: { type: 'BINARY', base64Bytes: BASE64 },
        },
      },
    ],
  ],
  [
    'a collection of Postman',
    {
      info: { _postman_id: 'x', name: 'hooks', schema: 'https://schema/v2.1.0/collection.json' },
      item: [
        {
          name: 'folder',
          item: [
            {
              name: 'paid',
              request: {
                method: 'POST',
                header: [{ key: 'X-Payload-Digest', value: '{{digest}}' }, listed[1]],
                body: { mode: 'raw', raw: '{"id":"{{id}}","amount":149.72034}' },
                url: { raw: '{{base}}/h?a=b', host: ['{{base}}'], path: ['h'] },
              },
              response: [],
            },
          ],
        },
        { name: 'get', request: { method: 'GET', header: [], url: 'http://localhost/get' } },
      ],
      variable: [
        { key: 'id', value: 'PMT-1' },
        { key: 'digest', value: DIGEST },
        { key: 'base', value: 'http://localhost:{{port}}' },
        { key: 'port', value: 3000 },
      ],
    },
    [
      ['POST', '/h?a=b', DIGEST, BODY],
      ['GET', '/get', ''],
    ],
  ],
  [
    'a run of Newman',
    {
      collection: {
        item: [
          { request: { method: 'POST', header: [{ key: 'X-Payload-Digest', value: '{{d}}' }] } },
        ],
      },
      run: {
        executions: [
          {
            item: {
              request: { method: 'POST', header: [{ key: 'X-Payload-Digest', value: '{{d}}' }] },
            },
            request: {
              url: {
                protocol: 'http',
                path: ['h'],
                host: ['localhost'],
                query: [{ key: 'a', value: 'b' }],
              },
              header: listed,
              method: 'POST',
              body: { mode: 'raw', raw: BODY },
            },
            response: { header: [{ key: 'X-Payload-Digest', value: 'no' }], code: 200 },
          },
        ],
      },
    },
    [['POST', '/h?a=b', DIGEST, BODY]],
  ],
  [
    'a run of Bruno',
    [
      {
        summary: {},
        results: [
          {
            request: { method: 'POST', url: 'http://localhost/h', headers: map, data: BODY },
            response: { status: 200, headers: map, data: 'no' },
          },
        ],
      },
    ],
  ],
  [
    'a collection of Bruno',
    {
      version: '1',
      items: [
        {
          type: 'http',
          request: {
            url: 'http://localhost/h',
            method: 'POST',
            headers: [
              { name: 'X-Payload-Digest', value: DIGEST, enabled: true },
              { name: 'X-Payload-Digest', value: 'off', enabled: false },
            ],
            body: { mode: 'json', json: BODY },
          },
        },
      ],
    },
  ],
  [
    'an export of Insomnia',
    {
      _type: 'export',
      resources: [
        { _type: 'workspace', name: 'x' },
        {
          _type: 'request',
          url: 'http://localhost/h',
          method: 'POST',
          body: { mimeType: 'application/json', text: BODY },
          headers: [{ name: 'X-Payload-Digest', value: DIGEST }],
        },
      ],
    },
  ],
  [
    'an event of Pipedream with its bytes',
    {
      context: {},
      event: { method: 'POST', path: '/h', headers: map, bodyRaw: BODY, body: { id: 1 } },
    },
  ],
  ['requests of RequestBin', [{ id: 'x', method: 'POST', path: '/h', headers: map, body: BODY }]],
  [
    'another bin, one request a line',
    `${JSON.stringify({ method: 'POST', url: '/h', headers: map, body: BODY })}\n`.repeat(2),
    [signed, signed],
  ],
];

describe('an export is read as what it is:', () => {
  for (const [tool, value, found = [signed]] of EXPORTS) {
    it(tool, async () => {
      expect(await entriesOf(value)).toEqual(found);
      if (typeof value === 'string') return;
      expect(await entriesOf(value, 2)).toEqual(found);
      expect(
        await entriesOf(`\ufeff${JSON.stringify(value, undefined, 2).replaceAll('\n', '\r\n')}`),
      ).toEqual(found);
    });
  }

  it.each([
    [
      'Pipedream',
      {
        event: {
          method: 'POST',
          path: '/h',
          headers: map,
          body: { id: 'PMT-1', amount: 149.72034 },
        },
      },
      'POST',
    ],
    [
      'smee',
      {
        host: 'smee.io',
        'x-payload-digest': DIGEST,
        body: { id: 'PMT-1', amount: 149.72034 },
        timestamp: 1,
      },
      undefined,
    ],
  ])('%s, which keeps a body parsed, and that is said', async (_, value, method) => {
    expect(await read(JSON.stringify(value))).toMatchObject([
      {
        record: { method, body: Buffer.from(BODY) },
        note: 'The tool keeps the body as parsed JSON; it is taken as it stands in the file.',
        isGuessed: true,
      },
    ]);
  });

  it('numbers are not written anew where a body is parsed', async () => {
    const text = `{"event":{"method":"POST","headers":{},"body": {"a" : 1.0, "b":[1E2]} }}`;
    expect(await entriesOf(text)).toEqual([['POST', undefined, '{"a" : 1.0, "b":[1E2]}']]);
  });
});

const postman = (request: object, variable: readonly object[] = []) => ({
  info: { schema: 'x' },
  item: [{ request: { method: 'POST', header: listed, url: '/h', ...request } }],
  variable,
});

describe('an export leaves open', () => {
  it.each([
    [
      'a digest that is computed',
      postman({ header: [{ key: 'X-Payload-Digest', value: '{{digest}}' }] }),
      'The digest holds {{digest}}, which this file does not set.',
    ],
    [
      'a variable of the body',
      postman({ body: { mode: 'raw', raw: '{"id":"{{$guid}}"}' } }),
      'The body holds {{$guid}}, which this file does not set.',
    ],
    [
      'a form',
      postman({ body: { mode: 'formdata', formdata: [] } }),
      'The tool makes the body when it sends it (formdata); it is not kept here.',
    ],
    [
      'a missing file',
      postman({ body: { mode: 'file', file: { src: 'gone.json' } } }),
      'No file gone.json.',
    ],
    [
      'base64 that is none',
      { requests: [{ request: { method: 'POST', headers: map, bodyAsBase64: '%' } }] },
      'The body is said to be base64 and is not.',
    ],
    [
      'nothing but answers',
      { requests: [{ request: {}, loggedDate: 1 }] },
      'The file holds no request.',
    ],
  ])('%s, and that is said', async (_, value, reason) => {
    expect(await entriesOf(value)).toEqual([reason]);
  });

  it('no file that is beside it', async () => {
    const value = postman({ body: { mode: 'file', file: { src: 'body.json' } } });
    expect(await entriesOf(value)).toEqual([signed]);
  });

  it('nothing that goes deeper than tools nest it', async () => {
    const deep = `{"info":{"schema":1},"item":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(await entriesOf(deep)).toEqual(['The file holds no request.']);
  });

  it('one request of several, and reads the others', async () => {
    const entries = [BODY, undefined, BODY].map((body, index) => ({
      method: 'POST',
      url: '/h',
      headers: map,
      ...(index === 1 ? { bodyAsBase64: '%' } : { body }),
    }));
    expect(await entriesOf({ requests: entries.map((request) => ({ request })) })).toEqual([
      signed,
      'The body is said to be base64 and is not.',
      signed,
    ]);
  });
});

describe('a HAR of Playwright', () => {
  const har = (postData: object, bodySize = 33) => ({
    log: {
      version: '1.2',
      creator: { name: 'Playwright', version: '1.0' },
      entries: [
        {
          request: {
            method: 'POST',
            url: 'http://localhost/h',
            headers: [{ name: 'x-payload-digest', value: DIGEST }],
            bodySize,
            postData: { mimeType: 'application/json', text: '', params: [], ...postData },
          },
        },
      ],
    },
  });

  it.each([
    ['attached', har({ _file: 'body.json' }), signed],
    ['embedded', har({ text: BODY }), signed],
    ['attached and gone', har({ _file: 'gone.json' }), 'No file gone.json.'],
    ['left out', har({}), 'The entry does not keep the body, which had 33 bytes.'],
    ['empty', har({}, 0), ['POST', '/h', DIGEST, '']],
  ])('has a body that is %s', async (_, value, found) => {
    expect(await entriesOf(value)).toEqual([found]);
  });
});
