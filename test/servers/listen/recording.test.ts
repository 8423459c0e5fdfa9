import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJudge } from '../../../src/listening/judge.js';
import { sign } from '../../../src/webhook/digest.js';
import { Secret } from '../../../src/webhook/secret.js';
import { capturesOf, listening, newFolder } from './listening.js';
import { post, rawSender } from './raw-sender.js';

test('records headers in their order and case, and answers 200', async () => {
  const { port, captures } = await listening();
  const sender = await rawSender(port);
  sender.send(
    'POST /hook?x=%20 HTTP/1.1\r\nhOST: shop\r\nX-Two: 1\r\nx-two:  2 \r\nX-Empty:\r\nX-Latin: Zoë\r\nContent-Length: 3\r\n\r\na\r\n',
  );
  await sender.received('HTTP/1.1 200 OK\r\n');
  expect(await captures()).toEqual([
    {
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      remote: `127.0.0.1:${sender.socket.localPort}`,
      method: 'POST',
      path: '/hook?x=%20',
      headers: [
        ['hOST', 'shop'],
        ['X-Two', '1'],
        ['x-two', '2'],
        ['X-Empty', ''],
        ['X-Latin', 'ZoÃ«'],
        ['Content-Length', '3'],
      ],
      body: Buffer.from('a\r\n'),
    },
  ]);
});

test('records a body that is not UTF-8 byte for byte', async () => {
  const { port, captures } = await listening();
  const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const sender = await rawSender(port);
  sender.send(post('').replace('Content-Length: 0', 'Content-Length: 256'));
  sender.send(body);
  await sender.received('200 OK');
  expect((await captures())[0]?.body).toEqual(body);
});

test('records what a chunked body means, without its framing', async () => {
  const { port, captures } = await listening();
  const sender = await rawSender(port);
  sender.send('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  sender.send('3;name=value\r\n{"a\r\n1\r\n"\r\n');
  sender.send('3\r\n:1}\r\n0\r\nX-Trailer: 1\r\n\r\n');
  await sender.received('200 OK');
  const [capture] = await captures();
  expect(capture?.body.toString()).toBe('{"a":1}');
});

test('asks for the body of a sender that waits for 100 Continue', async () => {
  const { port, captures } = await listening();
  const sender = await rawSender(port);
  sender.send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n');
  expect(await sender.received('\r\n\r\n')).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  sender.send('{}');
  await sender.received('200 OK');
  expect((await captures())[0]?.body.toString()).toBe('{}');
});

test('has a request in the file before its answer goes out', async () => {
  const { port, out } = await listening();
  const sender = await rawSender(port);
  for (const number of [1, 2, 3]) {
    sender.send(post(`{"n":${number}}`));
    await sender.received('200 OK', number);
    expect(await capturesOf(out)).toHaveLength(number);
  }
});

test('keeps pipelined requests apart, and in their order', async () => {
  const { port, captures } = await listening();
  const sender = await rawSender(port);
  const bodies = Array.from({ length: 100 }, (_, number) => `{"n":${number}}`);
  sender.send(bodies.map((body) => post(body)).join(''));
  await sender.received('200 OK', 100);
  expect((await captures()).map(({ body }) => body.toString())).toEqual(bodies);
});

test('keeps the verdict of the digest beside the request', async () => {
  const { port, out, recorded } = await listening({ judge: createJudge([Secret.fromText('s')]) });
  const sender = await rawSender(port);
  const digest = sign(Buffer.from('{}'), Secret.fromText('s'));
  sender.send(post('{}', `X-Payload-Digest: ${digest}`));
  sender.send(post('{ }', `X-Payload-Digest: ${digest}`));
  sender.send(post('{}'));
  sender.send(post('{}', `X-Payload-Digest: ${digest}`, 'X-Payload-Digest: 00'));
  await sender.received('200 OK', 4);
  const lines = (await readFile(out, 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).verdict)).toEqual([
    'genuine',
    'rejected',
    'unsigned',
    'rejected',
  ]);
  expect(recorded.map(({ judgement }) => judgement.reason)).toEqual([
    undefined,
    'The digest is not the digest of this body under the given secret.',
    undefined,
    { code: 'conflicting', header: 'X-Payload-Digest', values: 2 },
  ]);
});

test('takes requests of any method, upgrades included, and HTTP/1.0', async () => {
  const { port, captures } = await listening();
  const sender = await rawSender(port);
  sender.send('GET /a HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  await sender.received('200 OK');
  sender.send('DELETE /b HTTP/1.0\r\n\r\n');
  await sender.received('200 OK', 2);
  expect((await captures()).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /a',
    'DELETE /b',
  ]);
});

test('records only the paths and methods it is told to', async () => {
  const { port, recorded, refused } = await listening({
    accepts: { paths: ['/hook'], methods: ['POST'] },
  });
  const get = await rawSender(port);
  get.send('GET /hook HTTP/1.1\r\nHost: x\r\n\r\n');
  const answer = await get.closed();
  expect(answer).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
  expect(answer).toContain('\r\nAllow: POST\r\n');
  expect(answer).toMatch(/\r\n\r\nNothing is recorded here but POST\.\n$/);
  const other = await rawSender(port);
  other.send(post('{}').replace('/hook', '/hooks?/hook'));
  expect(await other.closed()).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  const right = await rawSender(port);
  right.send(post('{}').replace('/hook', '/hook?a=1'));
  await right.received('200 OK');
  expect(recorded).toHaveLength(1);
  expect(refused.map(({ status }) => status)).toEqual([405, 404]);
});

test('ends after as many requests as it was asked for, and answers those', async () => {
  const { port, listener, recorded } = await listening({ count: 2 });
  const sender = await rawSender(port);
  sender.send(post('1') + post('2') + post('3'));
  const answers = await sender.closed();
  await listener.counted;
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual([
    'HTTP/1.1 200',
    'HTTP/1.1 200',
    'HTTP/1.1 503',
  ]);
  expect(answers).toContain('The listener has recorded as many requests as it was asked to.\n');
  expect(recorded.map(({ record }) => record.body.toString())).toEqual(['1', '2']);
});

test('writes a redacted copy, and never touches the original', async () => {
  const path = join(await newFolder(), 'shareable.ndjson');
  const { port, stop, captures } = await listening({
    redacted: {
      path,
      lineOf: ({ body, ...record }) =>
        Buffer.from(
          `${JSON.stringify({ ...LINE, headers: record.headers, body: body.toString().replace('x@y.z', '[redacted]') })}\n`,
        ),
    },
  });
  const sender = await rawSender(port);
  sender.send(post('{"email":"x@y.z"}'));
  await sender.received('200 OK');
  await stop('at-once');
  expect((await captures())[0]?.body.toString()).toBe('{"email":"x@y.z"}');
  expect((await capturesOf(path))[0]?.body.toString()).toBe('{"email":"[redacted]"}');
});

const LINE = { kind: 'capture', schemaVersion: 1 };

test('adds to what the file holds already', async () => {
  const first = await listening();
  (await rawSender(first.port)).send(post('1'));
  await first.hasRecorded(1);
  await first.stop('at-once');
  const second = await listening({ out: first.out });
  (await rawSender(second.port)).send(post('2'));
  await second.hasRecorded(1);
  expect((await second.captures()).map(({ body }) => body.toString())).toEqual(['1', '2']);
  expect(second.notices).toEqual([]);
});

test('keeps every request of many senders when each write is synced too', async () => {
  const { port, captures } = await listening({ survives: 'power-cut' });
  const senders = await Promise.all(Array.from({ length: 20 }, () => rawSender(port)));
  await Promise.all(
    senders.map((sender, number) => {
      sender.send(Array.from({ length: 10 }, (_, index) => post(`${number}.${index}`)).join(''));
      return sender.received('200 OK', 10);
    }),
  );
  const bodies = new Set((await captures()).map(({ body }) => body.toString()));
  expect(bodies.size).toBe(200);
});
