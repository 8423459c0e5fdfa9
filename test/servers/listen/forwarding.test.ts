import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../../../src/adapters/connect.js';
import { formatCapture } from '../../../src/capture/own-format.js';
import type { ForwardOptions } from '../../../src/listening/listener.js';
import type { ForwardRecord } from '../../../src/listening/records.js';
import { type RecordingReceiver, recording } from '../../receivers/recording.js';
import { type Listening, type ListeningOptions, listening, newFolder } from './listening.js';
import { post, rawSender } from './raw-sender.js';

interface ForwardingListener extends Listening {
  readonly attempts: readonly ForwardRecord[];
  /** Resolves when this many attempts have ended. */
  hasAttempted(attempts: number): Promise<void>;
}

/** A listener that passes on to a receiver, with two short waits. */
async function forwarding(
  url: string,
  options: ListeningOptions = {},
  forward: Partial<ForwardOptions> = {},
): Promise<ForwardingListener> {
  const heard = await listening({ isForwarding: true, ...options });
  const { transport } = await connect(url, { allowRemote: false, insecure: false });
  onTestFinished(() => transport.close());
  const attempts: ForwardRecord[] = [];
  const waiting: { readonly attempts: number; readonly resolve: () => void }[] = [];
  await heard.listener.forward({
    transport,
    timeoutMs: 1_000,
    waitsMs: [30, 60],
    concurrency: 1,
    onAttempt: (record) => {
      attempts.push(record);
      for (const one of waiting) if (attempts.length >= one.attempts) one.resolve();
    },
    ...forward,
  });
  return {
    ...heard,
    attempts,
    hasAttempted: (wanted) =>
      new Promise((resolve) => {
        if (attempts.length >= wanted) resolve();
        else waiting.push({ attempts: wanted, resolve });
      }),
  };
}

async function sendAll(port: number, ...bodies: readonly string[]): Promise<void> {
  const sender = await rawSender(port);
  for (const body of bodies) sender.send(post(body));
  await sender.received('200 OK', bodies.length);
}

const bodiesOf = ({ requests }: RecordingReceiver) => requests.map(({ body }) => body.toString());
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

test('passes the bytes on untouched, with every header but those of the connection', async () => {
  const receiver = await recording();
  const heard = await forwarding(receiver.url);
  const sender = await rawSender(heard.port);
  sender.send(
    'POST /any HTTP/1.1\r\nHost: shop\r\nX-Payload-Digest: abc\r\nconnection: keep-alive, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 5\r\nTransfer-Encoding: chunked\r\nx-two: 1\r\nX-Two: 2\r\n\r\n7\r\n{"é":1\r\n1\r\n}\r\n0\r\n\r\n',
  );
  await heard.hasAttempted(1);
  expect(receiver.requests[0]?.path).toBe('/hook');
  expect(receiver.requests[0]?.body.toString()).toBe('{"é":1}');
  const names = receiver.requests[0]?.headers.map(([name]) => name.toLowerCase()) ?? [];
  expect(names.filter((name) => name.startsWith('x-'))).toEqual([
    'x-payload-digest',
    'x-two',
    'x-two',
  ]);
  expect(
    names.filter((name) => ['host', 'content-length', 'transfer-encoding'].includes(name)),
  ).toEqual(['host', 'content-length']);
  expect(heard.attempts).toMatchObject([
    {
      attempt: 1,
      attempts: 3,
      outcome: { kind: 'responded', status: 200 },
      next: { kind: 'delivered' },
    },
  ]);
});

test('answers before it passes on, and passes on in the order of the file', async () => {
  const receiver = await recording();
  const heard = await forwarding(receiver.url);
  await sendAll(heard.port, ...numbers(1, 50));
  await heard.hasAttempted(50);
  expect(bodiesOf(receiver)).toEqual(numbers(1, 50));
});

test('tries again until the answer is 200, and the others need not wait', async () => {
  const receiver = await recording(({ body }, index) => ({
    status: body.toString() === '2' && index < 4 ? 204 : 200,
  }));
  const heard = await forwarding(receiver.url);
  await sendAll(heard.port, '1', '2', '3');
  await heard.hasAttempted(5);
  expect(bodiesOf(receiver)).toEqual(['1', '2', '3', '2', '2']);
  expect(heard.attempts.map(({ next }) => next)).toEqual([
    { kind: 'delivered' },
    { kind: 'retry', waitMs: 30 },
    { kind: 'delivered' },
    { kind: 'retry', waitMs: 60 },
    { kind: 'delivered' },
  ]);
  expect(await heard.stop('let-finish')).toEqual({
    attempts: 5,
    delivered: 3,
    lost: 0,
    waiting: 0,
  });
});

test('gives a request up after the last wait, and goes on with the others', async () => {
  const receiver = await recording(({ body }) => ({ status: body.toString() === '1' ? 500 : 200 }));
  const heard = await forwarding(receiver.url);
  await sendAll(heard.port, '1', '2');
  await heard.hasAttempted(4);
  expect(heard.attempts.at(-1)).toMatchObject({ attempt: 3, next: { kind: 'lost' } });
  expect(await heard.stop('let-finish')).toEqual({
    attempts: 4,
    delivered: 1,
    lost: 1,
    waiting: 0,
  });
});

test('has as many under way as it may, and no more', async () => {
  const held: ServerResponse[] = [];
  let most = 0;
  const server = createServer((_request, response) => {
    held.push(response);
    most = Math.max(most, held.length);
    if (held.length === 8) for (const one of held.splice(0)) one.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const heard = await forwarding(`http://127.0.0.1:${port}/`, {}, { concurrency: 8 });
  await sendAll(heard.port, ...numbers(1, 80));
  await heard.hasAttempted(80);
  expect(most).toBe(8);
});

test('catches up after a restart: what was never tried, and what was refused', async () => {
  const receiver = await recording(({ body }, index) => ({
    status: body.toString() === '2' && index < 3 ? 500 : 200,
  }));
  const slow = await forwarding(receiver.url, {}, { waitsMs: [60_000] });
  await sendAll(slow.port, '1', '2', '3');
  await slow.hasAttempted(3);
  expect(await slow.stop('at-once')).toMatchObject({ delivered: 2, waiting: 1 });

  const deaf = await listening({ out: slow.out });
  await sendAll(deaf.port, '4', '5');
  await deaf.stop('at-once');

  dueNow(slow.out);
  const next = await forwarding(receiver.url, { out: slow.out });
  expect(next.notices).toEqual([
    `Requests of ${slow.out} are still to be forwarded: they are caught up on.`,
  ]);
  await sendAll(next.port, '6');
  await next.hasAttempted(4);
  expect(bodiesOf(receiver)).toEqual(['1', '2', '3', '2', '4', '5', '6']);

  await next.stop('let-finish');
  const last = await forwarding(receiver.url, { out: slow.out });
  expect(last.notices).toEqual([]);
  expect(await last.stop('let-finish')).toEqual({ attempts: 0, delivered: 0, lost: 0, waiting: 0 });
});

/** As if the wait were over. */
function dueNow(out: string): void {
  const path = `${out}.forwarded`;
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(/"dueAt":"[^"]*"/g, '"dueAt":"2026-01-01T00:00:00.000Z"'));
}

test('begins with what arrives from now on where nothing was forwarded before', async () => {
  const receiver = await recording();
  const out = join(await newFolder(), 'captures.ndjson');
  writeFileSync(out, storedLine('old'));
  const heard = await forwarding(receiver.url, { out });
  expect(heard.notices).toEqual([`What ${out} held before is not forwarded; replay can send it.`]);
  await sendAll(heard.port, 'new');
  await heard.hasAttempted(1);
  expect(bodiesOf(receiver)).toEqual(['new']);
});

test('forwards all of a file that has taken the place of the one before', async () => {
  const receiver = await recording();
  const first = await forwarding(receiver.url);
  await sendAll(first.port, '1', '2');
  await first.hasAttempted(2);
  await first.stop('let-finish');
  rmSync(first.out);
  writeFileSync(first.out, storedLine('another').repeat(20));
  const second = await forwarding(receiver.url, { out: first.out });
  expect(second.notices).toEqual([
    `${first.out} is not the file that was forwarded before: all of it is forwarded.`,
  ]);
  await second.hasAttempted(20);
  expect(bodiesOf(receiver)).toHaveLength(22);
});

test('rather sends once more than not at all when its notes are damaged', async () => {
  const receiver = await recording();
  const first = await forwarding(receiver.url);
  await sendAll(first.port, '1', '2', '3');
  await first.hasAttempted(3);
  await first.stop('let-finish');
  const path = `${first.out}.forwarded`;
  const upToTheFirst = readFileSync(path, 'utf8').split('\n').slice(0, 3).join('\n');
  writeFileSync(path, `${upToTheFirst}\nnot JSON\n{"offset":`);
  const second = await forwarding(receiver.url, { out: first.out });
  await second.hasAttempted(2);
  expect(bodiesOf(receiver).toSorted()).toEqual(['1', '2', '2', '3', '3']);
});

test('steps over what is no POST and what is no capture', async () => {
  const receiver = await recording();
  const heard = await forwarding(receiver.url);
  const sender = await rawSender(heard.port);
  sender.send('GET /favicon.ico HTTP/1.1\r\nHost: x\r\n\r\n');
  sender.send(post('1'));
  await heard.hasAttempted(1);
  await heard.stop('let-finish');
  appendFileSync(heard.out, '{"kind":"ready"}\nnot JSON at all\n');
  const next = await forwarding(receiver.url, { out: heard.out });
  await sendAll(next.port, '2');
  await next.hasAttempted(1);
  expect(bodiesOf(receiver)).toEqual(['1', '2']);
});

test('outlives a receiver that is not there', async () => {
  const receiver = await recording();
  const gone = await forwarding('http://127.0.0.1:1/hook', {}, { waitsMs: [60_000] });
  await sendAll(gone.port, '1', '2');
  await gone.hasAttempted(2);
  expect(gone.attempts.map(({ outcome }) => outcome.kind)).toEqual(['unreachable', 'unreachable']);
  await gone.stop('let-finish');
  dueNow(gone.out);
  const next = await forwarding(receiver.url, { out: gone.out });
  await next.hasAttempted(2);
  expect(bodiesOf(receiver)).toEqual(['1', '2']);
});

test('tells what it passes on', async () => {
  const receiver = await recording();
  const heard = await forwarding(receiver.url);
  await sendAll(heard.port, '{"id":"CCO-1","status":"SUCCESS"}');
  await heard.hasAttempted(1);
  expect(heard.attempts[0]).toMatchObject({
    kind: 'forwarded',
    offset: 0,
    event: 'checkout.success',
    resource: 'CCO-1',
  });
});

function storedLine(body: string): string {
  return `${formatCapture({ method: 'POST', headers: [], body: Buffer.from(body) })}\n`;
}

test('follows the file when it is moved away, and forwards what was in either', async () => {
  const receiver = await recording((_, index) => ({ status: index === 1 ? 500 : 200 }));
  const heard = await forwarding(receiver.url);
  await sendAll(heard.port, '1', '2');
  await heard.hasAttempted(2);
  renameSync(heard.out, `${heard.out}.1`);
  await sendAll(heard.port, '3');
  rmSync(heard.out);
  await sendAll(heard.port, '4', '5');
  await heard.hasAttempted(6);
  await heard.stop('let-finish');
  expect([...new Set(bodiesOf(receiver))].sort()).toEqual(['1', '2', '3', '4', '5']);

  const next = await forwarding(receiver.url, { out: heard.out });
  await sendAll(next.port, '6');
  await next.hasAttempted(1);
  await next.stop('let-finish');
  expect(bodiesOf(receiver).filter((body) => body === '5' || body === '6')).toEqual(['5', '6']);
});

test('goes on forwarding where its notes about a new file cannot be begun, and says so', async () => {
  const receiver = await recording();
  const heard = await forwarding(receiver.url);
  await sendAll(heard.port, '1');
  await heard.hasAttempted(1);
  renameSync(heard.out, `${heard.out}.1`);
  mkdirSync(`${heard.out}.forwarded.new`);
  await sendAll(heard.port, '2', '3');
  await heard.hasAttempted(3);
  expect(bodiesOf(receiver)).toEqual(['1', '2', '3']);
  await expect
    .poll(() => heard.notices.at(-1))
    .toContain(`${heard.out}.forwarded cannot be written: `);
});

test('forwards on when the file was shortened, without what was cut off', async () => {
  const receiver = await recording();
  const heard = await forwarding(receiver.url);
  await sendAll(heard.port, '1', '2');
  await heard.hasAttempted(2);
  truncateSync(heard.out, 0);
  await sendAll(heard.port, '3');
  await heard.hasAttempted(3);
  await heard.stop('let-finish');
  expect(bodiesOf(receiver)).toEqual(['1', '2', '3']);
});

test('acknowledges nothing before it is known where to pass things on', async () => {
  const receiver = await recording();
  const heard = await listening({ isForwarding: true });
  const early = await rawSender(heard.port);
  early.send(post('{"id":"early"}'));
  await early.received('503 Service Unavailable');
  expect(await heard.captures()).toEqual([]);
  const { transport } = await connect(receiver.url, { allowRemote: false, insecure: false });
  onTestFinished(() => transport.close());
  const delivered = new Promise<void>((resolve) => {
    void heard.listener
      .forward({
        transport,
        timeoutMs: 1_000,
        waitsMs: [],
        concurrency: 1,
        onAttempt: () => resolve(),
      })
      .then(() => sendAll(heard.port, '{"id":"later"}'));
  });
  await delivered;
  expect(bodiesOf(receiver)).toEqual(['{"id":"later"}']);
});
