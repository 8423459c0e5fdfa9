import { describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../src/capture/read-captures.js';
import { type CaptureEntry, PARSED_BODY } from '../../src/capture/record.js';
import { sign } from '../../src/webhook/digest.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import { Secret } from '../../src/webhook/secret.js';
import { headerValues } from '../../src/webhook/verdict.js';
import { fixture, read } from './fixtures.js';

const CHECKOUT = '0a5ed19239d652bacf087beb00c516f76b735024';
const REQUEST = '3cc8f0caada8d6b0c220b0afedd17a2685c7f96a';
const PAYMENT = '4bdd1702fb938a92ba511dda92a5f61791668ad6';
const LATIN1 = 'ec42d5661d7ac7e7ed99fd57854826a8d70f5a6b';
const EMPTY = '684674929c8135677bb43f154ca1e6f038335d72';
const FORGED = 'ce865043ff2427693dea6d0f2a8a5c4cdb90a728';

const secret = Secret.fromText('fixture-secret');

/** Where it is, the digest that came with it, and the digest its bytes have. */
function outline({ at, ...entry }: CaptureEntry): string {
  const place = at.line === undefined ? `entry ${at.entry}` : `line ${at.line}`;
  if (entry.kind === 'malformed') return `${place}: ${entry.reason}`;
  const digest = headerValues(entry.record.headers, DIGEST_HEADER).join() || 'none';
  const bodyDigest = sign(entry.record.body, secret);
  return `${place}: ${digest === bodyDigest ? 'genuine' : digest} ${bodyDigest}`;
}

async function outlines(name: string, options: Partial<ReadOptions> = {}) {
  return (await read(fixture(name), { file: name, ...options })).map(outline);
}

describe('every format', () => {
  it('reads inqud-hook captures', async () => {
    expect(await outlines('captures.ndjson')).toEqual([
      `line 2: genuine ${CHECKOUT}`,
      `line 3: genuine ${REQUEST}`,
      `line 4: genuine ${LATIN1}`,
      `line 5: ${PAYMENT} ${FORGED}`,
      `line 6: none ${PAYMENT}`,
      'line 7: The line is not valid JSON. It is the last line and has no newline: it may be cut off.',
    ]);
  });

  it('reads HTTP messages and leaves the responses between them out', async () => {
    expect(await outlines('proxy.http')).toEqual([
      `entry 1: genuine ${CHECKOUT}`,
      `entry 2: genuine ${REQUEST}`,
      `entry 3: none ${EMPTY}`,
      `entry 4: ${PAYMENT} ${FORGED}`,
      'entry 5: Content-Length is 282, but only 242 bytes follow: the body is cut off.',
    ]);
  });

  it('reads an HTTP message saved with LF line endings', async () => {
    expect(await outlines('netcat.http')).toEqual([`entry 1: genuine ${CHECKOUT}`]);
  });

  it('reads a HAR', async () => {
    expect(await outlines('browser.har')).toEqual([
      `entry 1: none ${EMPTY}`,
      `entry 2: genuine ${CHECKOUT}`,
      `entry 3: genuine ${LATIN1}`,
      `entry 4: ${PAYMENT} ${FORGED}`,
      'entry 5: The entry does not keep the body, which had 282 bytes.',
    ]);
  });

  it('reads the curl commands of a script', async () => {
    expect(await outlines('replay.sh')).toEqual([
      `line 5: genuine ${CHECKOUT}`,
      `line 9: genuine ${REQUEST}`,
      `line 13: genuine ${CHECKOUT}`,
      `line 15: ${PAYMENT} ${FORGED}`,
      'line 18: The digest holds $DIGEST, which only the shell that ran it knows.',
    ]);
  });

  it('reads API Gateway events of both formats', async () => {
    expect(await outlines('api-gateway-v1.json')).toEqual([`entry 1: genuine ${CHECKOUT}`]);
    expect(await outlines('api-gateway-v2.json')).toEqual([
      `entry 1: genuine ${REQUEST}`,
      `entry 2: genuine ${LATIN1}`,
      `entry 3: ${PAYMENT} ${FORGED}`,
      'entry 4: The "body" of the event is no text: it was parsed before it was saved.',
    ]);
  });

  it('reads a load balancer event', async () => {
    expect(await outlines('load-balancer.json')).toEqual([`line 1: genuine ${CHECKOUT}`]);
  });

  it('finds events in the lines of a log', async () => {
    expect(await outlines('lambda.log')).toEqual([
      `line 2: genuine ${CHECKOUT}`,
      `line 3: genuine ${REQUEST}`,
      `line 4: ${PAYMENT} ${FORGED}`,
      'line 5: The line holds an event that is cut off or not valid JSON.',
    ]);
  });

  it('reads what ngrok captured', async () => {
    expect(await outlines('ngrok.json')).toEqual([
      `entry 1: genuine ${CHECKOUT}`,
      `entry 2: genuine ${REQUEST}`,
      `entry 3: ${PAYMENT} ${FORGED}`,
      'entry 4: Content-Length is 282, but only 182 bytes follow: the body is cut off.',
    ]);
  });

  it('reads both exports of webhook.site', async () => {
    expect(await outlines('webhook-site.json')).toEqual([
      `entry 1: genuine ${CHECKOUT}`,
      `entry 3: genuine ${REQUEST}`,
      `entry 4: ${PAYMENT} ${FORGED}`,
      'entry 5: The "content" of the request is no text.',
    ]);
    expect(await outlines('webhook-site.csv')).toEqual([
      `line 2: genuine ${CHECKOUT}`,
      `line 3: genuine ${REQUEST}`,
      `line 4: ${PAYMENT} ${FORGED}`,
      'line 5: The file ends inside a quoted field.',
    ]);
  });

  it('reads an application log that says where body and digest are', async () => {
    const fields = {
      bodyField: 'request.body',
      digestField: 'request.headers.X-Payload-Digest',
    };
    expect(await outlines('application.jsonl', fields)).toEqual([
      `line 2: genuine ${CHECKOUT}`,
      `line 3: genuine ${REQUEST}`,
      `line 4: ${PAYMENT} ${FORGED}`,
      `line 5: none ${PAYMENT}`,
      'line 6: The line has a digest and nothing at "request.body".',
      'line 7: The line is not valid JSON.',
      `line 8: genuine ${PAYMENT}`,
    ]);
  });

  it('takes any other file as a raw body', async () => {
    const body = fixture('checkout-success.json');
    expect(await read(body, { file: 'body.json' })).toEqual([
      { kind: 'capture', record: { headers: [], body }, isBare: true, at: { file: 'body.json' } },
    ]);
  });
});

describe('what else a capture says', () => {
  it.each([
    ['captures.ndjson', '2026-01-01T00:04:12.611Z', '127.0.0.1:51234', '/webhooks/inqud'],
    ['browser.har', '2026-01-01T00:04:12.611Z', undefined, '/webhooks/inqud?source=inqud'],
    ['proxy.http', undefined, undefined, '/webhooks/inqud'],
    ['replay.sh', undefined, undefined, '/webhooks/inqud'],
    ['api-gateway-v1.json', '2026-01-01T00:04:12.611Z', '3.64.51.60', '/webhooks/inqud'],
    [
      'api-gateway-v2.json',
      '2026-01-01T00:10:00.102Z',
      '3.64.51.60',
      '/webhooks/inqud?source=inqud',
    ],
    ['load-balancer.json', undefined, undefined, '/webhooks/inqud'],
    ['ngrok.json', '2026-01-01T00:04:12.000Z', '3.64.51.60', '/webhooks/inqud'],
    [
      'webhook-site.json',
      '2026-01-01T01:04:12.000Z',
      '3.64.51.60',
      '/0f6c0b6e-2f4d-4c59-9d0e-6b8f3c1a2d55',
    ],
    [
      'webhook-site.csv',
      '2026-01-01T01:04:12.000Z',
      '3.64.51.60',
      '/0f6c0b6e-2f4d-4c59-9d0e-6b8f3c1a2d55',
    ],
  ])('keeps time, sender and path of %s', async (name, at, remote, path) => {
    const entries = await read(fixture(name), { file: name });
    const signed = entries.find(
      (entry) => entry.kind === 'capture' && entry.record.method === 'POST',
    );
    const { record } = signed?.kind === 'capture' ? signed : {};
    expect([record?.at, record?.remote, record?.path]).toEqual([at, remote, path]);
  });

  it('notes when a body was logged as an object', async () => {
    const [entry] = await read('{"body" : {"a": 1.0 }, "digest":"d"}\n', {
      bodyField: 'body',
      digestField: 'digest',
    });
    expect(entry).toEqual({
      kind: 'capture',
      record: { headers: [['X-Payload-Digest', 'd']], body: Buffer.from('{"a": 1.0 }') },
      note: 'The value at "body" is no text; its JSON is taken as it stands in the line.',
      doubt: PARSED_BODY,
      at: { file: 'given', line: 1 },
    });
  });
});

describe('files that cannot be read as they are', () => {
  it.each([
    ['har', '{"log":', 'The file is not valid JSON; it may be cut off.'],
    ['har', '{}', 'The file has no log.entries, so it is no HAR.'],
    ['ngrok', Buffer.of(0x22, 0xff, 0x22), 'The file is not valid UTF-8.'],
    ['http', 'hello', 'The file holds no HTTP message.'],
    ['curl', 'wget x', 'The file holds no curl command.'],
    ['aws', '{\n}', 'The entry is no API Gateway or load balancer event.'],
    [
      'webhook-site',
      'a,b\n1,2\n',
      'The first line names no "content" column, so this is no webhook.site export.',
    ],
    ['json-lines', '{"a":1}\n', 'Nothing says which field of the line holds the body.'],
  ] as const)('says why a file is no %s', async (format, content, reason) => {
    expect(await read(content, { format })).toMatchObject([{ kind: 'malformed', reason }]);
  });

  it('asks for UTF-8 where a file is UTF-16', async () => {
    const utf16 = Buffer.from('\ufeff{"kind":"capture"}', 'utf16le');
    expect(await read(utf16)).toMatchObject([
      {
        kind: 'malformed',
        reason: 'The file is UTF-16, in which no web hook is sent; save it as UTF-8.',
      },
    ]);
  });

  it('does not take files and lines into memory that are too large', async () => {
    expect(await read('{"log":{}}', { format: 'har', maxFileBytes: 5 }, [3])).toMatchObject([
      { kind: 'malformed', reason: 'The file is larger than 5 bytes, too much for its format.' },
    ]);
    const lines = '{"kind":"ready"}\n{"kind":"ready","url":"http://127.0.0.1"}\n{"kind":"ready"}\n';
    expect(await read(lines, { format: 'ndjson', maxLineBytes: 20 }, [30])).toEqual([
      {
        kind: 'malformed',
        reason: 'The line is longer than 20 bytes.',
        at: { file: 'given', line: 2 },
      },
    ]);
  });
});

it('finds nothing in an empty file, unless it is said to be a body', async () => {
  expect(await read(Buffer.alloc(0), { file: 'empty' })).toEqual([]);
  expect(await read(Buffer.alloc(0), { file: 'empty', format: 'raw' })).toHaveLength(1);
});
