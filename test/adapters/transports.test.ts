import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openLongRunTransport } from '../../src/adapters/long-run-transport.js';
import { resolveTarget } from '../../src/adapters/resolve-target.js';
import { parseTarget } from '../../src/adapters/target.js';
import { openTransport } from '../../src/adapters/undici-transport.js';
import type { SendOptions, Transport } from '../../src/ports.js';
import * as hostile from '../receivers/hostile.js';
import type { RawReceiver } from '../receivers/raw-server.js';
import { longRunTransportTo, REQUEST, transportTo } from './sending.js';

const OPTIONS: SendOptions = { timeoutMs: 5000 };
const OK = { kind: 'responded', status: 200, ms: expect.any(Number) };
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const closable of opened.splice(0)) await closable.close();
});

describe.each([
  ['of a few requests', transportTo, openTransport],
  ['of a long run', longRunTransportTo, openLongRunTransport],
])('a transport %s', (_which, connect, open) => {
  async function connected(open: () => Promise<RawReceiver>): Promise<[Transport, RawReceiver]> {
    const receiver = await open();
    const transport = await connect(receiver.url, { insecure: true, reuseAfterAttempts: 0 });
    opened.push(transport, receiver);
    return [transport, receiver];
  }

  test('the request goes out as given, with only Host, Connection and Content-Length added', async () => {
    const receiver = await hostile.healthy();
    const transport = await connect(`http://127.0.0.1:${receiver.port}/a/../b?c=%20d`, {
      reuseAfterAttempts: 0,
    });
    opened.push(transport, receiver);
    await transport.send(
      {
        headers: [
          ['X-Payload-Digest', 'wrong'],
          ['content-type', 'application/json'],
          ['X-Payload-Digest', 'right'],
          ['X-Caf\xe9'.slice(0, 5), '\xe9'],
        ],
        body: Buffer.from([0x7b, 0xff, 0x00, 0x7d]),
      },
      OPTIONS,
    );
    expect(receiver.requests[0]?.toString('latin1')).toBe(
      'POST /a/../b?c=%20d HTTP/1.1\r\n' +
        `host: 127.0.0.1:${receiver.port}\r\n` +
        'connection: keep-alive\r\n' +
        'X-Payload-Digest: wrong\r\n' +
        'content-type: application/json\r\n' +
        'X-Payload-Digest: right\r\n' +
        'X-Caf: \xe9\r\n' +
        'content-length: 4\r\n\r\n' +
        '{\xff\0}',
    );
  });

  test('an empty body has a Content-Length of 0', async () => {
    const [transport, receiver] = await connected(hostile.healthy);
    await transport.send({ headers: [], body: new Uint8Array() }, OPTIONS);
    expect(receiver.requests[0]?.toString()).toMatch(/\r\ncontent-length: 0\r\n\r\n$/);
  });

  describe('connections', () => {
    test('one is enough for attempts one after the other', async () => {
      const [transport, receiver] = await connected(hostile.healthy);
      for (let i = 0; i < 5; i += 1) expect(await transport.send(REQUEST, OPTIONS)).toEqual(OK);
      expect(receiver.connections).toBe(1);
    });

    test('there are as many as attempts at once', async () => {
      const [transport, receiver] = await connected(hostile.healthy);
      const sendFive = async () => {
        for (let i = 0; i < 5; i += 1) await transport.send(REQUEST, OPTIONS);
      };
      await Promise.all(Array.from({ length: 16 }, sendFive));
      expect(receiver.connections).toBe(16);
      expect(receiver.requests).toHaveLength(80);
    });

    test('the first attempts get one each, and say that they close it', async () => {
      const receiver = await hostile.healthy();
      const transport = await connect(receiver.url, { reuseAfterAttempts: 3 });
      opened.push(transport, receiver);
      for (let i = 0; i < 6; i += 1) expect(await transport.send(REQUEST, OPTIONS)).toEqual(OK);
      expect(receiver.connections).toBe(4);
      const closing = receiver.requests.map((request) =>
        request.includes('\r\nconnection: close\r\n'),
      );
      expect(closing).toEqual([true, true, true, false, false, false]);
    });

    test('one is reused over TLS too', async () => {
      const [transport, receiver] = await connected(hostile.selfSigned);
      for (let i = 0; i < 3; i += 1) expect(await transport.send(REQUEST, OPTIONS)).toEqual(OK);
      expect(receiver.connections).toBe(1);
    });

    test('a receiver that serves one at a time is not kept waiting', async () => {
      const [transport, receiver] = await connected(hostile.oneConnectionAtATime);
      for (let i = 0; i < 10; i += 1) {
        expect(await transport.send(REQUEST, { timeoutMs: 500 })).toEqual(OK);
      }
      expect(receiver.requests).toHaveLength(10);
    });

    test('one that was idle for a second is not reused', async () => {
      vi.useFakeTimers({ toFake: ['performance'] });
      const [transport, receiver] = await connected(hostile.healthy);
      await transport.send(REQUEST, OPTIONS);
      vi.advanceTimersByTime(999);
      await transport.send(REQUEST, OPTIONS);
      expect(receiver.connections).toBe(1);
      vi.advanceTimersByTime(1000);
      await transport.send(REQUEST, OPTIONS);
      expect(receiver.connections).toBe(2);
    });

    test('a fresh one is used once, says so, and is closed with the attempt', async () => {
      const [transport, receiver] = await connected(hostile.healthy);
      await transport.send(REQUEST, OPTIONS);
      for (let i = 0; i < 2; i += 1) {
        expect(await transport.send(REQUEST, { ...OPTIONS, freshConnection: true })).toEqual(OK);
      }
      expect(receiver.connections).toBe(3);
      expect(receiver.requests[2]?.toString()).toContain('\r\nconnection: close\r\n');
    });

    test('only the resolved addresses are connected to, whatever the name says', async () => {
      const receiver = await hostile.healthy();
      const target = await resolveTarget(parseTarget(receiver.url));
      const renamed = parseTarget(`http://pinned.invalid:${receiver.port}/hook`);
      const transport = open({ ...renamed, addresses: target.addresses }, {});
      opened.push(transport, receiver);
      expect(await transport.send(REQUEST, OPTIONS)).toEqual(OK);
      expect(receiver.requests[0]?.toString()).toContain(
        `host: pinned.invalid:${receiver.port}\r\n`,
      );
    });
  });

  describe('the answer', () => {
    test('is kept, head and start of the body, when asked for', async () => {
      const bytes =
        'HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\nX-Twice: a\r\nx-twice: \xe9\r\n\r\nbad money';
      const [transport] = await connected(() => hostile.answers(Buffer.from(bytes, 'latin1')));
      expect(await transport.send(REQUEST, { ...OPTIONS, keepBodyBytes: 3 })).toEqual({
        kind: 'responded',
        status: 400,
        ms: expect.any(Number),
        answer: {
          headers: [
            ['Content-Length', '9'],
            ['X-Twice', 'a'],
            ['x-twice', '\xe9'],
          ],
          body: Buffer.from('bad'),
          bodyCut: true,
        },
      });
      expect(await transport.send(REQUEST, { ...OPTIONS, keepBodyBytes: 9 })).toMatchObject({
        answer: { body: Buffer.from('bad money'), bodyCut: false },
      });
    });

    test('is kept as it came, not decompressed', async () => {
      const [transport] = await connected(hostile.unaskedGzip);
      const outcome = await transport.send(REQUEST, { ...OPTIONS, keepBodyBytes: 3 });
      expect(outcome).toMatchObject({ answer: { body: Buffer.from([0x1f, 0x8b, 0x08]) } });
    });

    test('says that its body broke off', async () => {
      const [transport] = await connected(hostile.bodyBreaksOff);
      const outcome = await transport.send(REQUEST, { ...OPTIONS, keepBodyBytes: 100 });
      expect(outcome).toMatchObject({ answer: { body: Buffer.from('start'), bodyCut: true } });
    });

    test('keeps the connection when its body is long but not too long', async () => {
      const long = `HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n${'x'.repeat(60_000)}`;
      const [transport, receiver] = await connected(() => hostile.answers(long));
      await transport.send(REQUEST, OPTIONS);
      expect(await transport.send(REQUEST, OPTIONS)).toEqual(OK);
      expect(receiver.connections).toBe(1);
    });

    test('ends the connection when its body is longer than 64 KiB', async () => {
      const long = `HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n${'x'.repeat(300_000)}`;
      const [transport, receiver] = await connected(() => hostile.answers(long));
      await transport.send(REQUEST, OPTIONS);
      expect(await transport.send(REQUEST, OPTIONS)).toEqual(OK);
      expect(receiver.connections).toBe(2);
    });
  });

  describe('the caller learns when the request was written', () => {
    test('once, before any answer', async () => {
      const [transport] = await connected(hostile.silent);
      const onWritten = vi.fn();
      await transport.send(REQUEST, { timeoutMs: 50, onWritten });
      expect(onWritten).toHaveBeenCalledOnce();
    });

    test('never, when it was not', async () => {
      const transport = await connect(await hostile.refusing());
      opened.push(transport);
      const onWritten = vi.fn();
      await transport.send(REQUEST, { ...OPTIONS, onWritten });
      expect(onWritten).not.toHaveBeenCalled();
    });
  });

  describe('cancelling', () => {
    test('ends an attempt under way at once and closes its connection', async () => {
      const [transport, receiver] = await connected(hostile.silent);
      const controller = new AbortController();
      const sent = transport.send(REQUEST, { ...OPTIONS, signal: controller.signal });
      await receiver.nextRequest();
      controller.abort();
      expect(await sent).toEqual({ kind: 'cancelled' });
      await receiver.allClosed();
    });

    test('ends an attempt that is still connecting', async () => {
      const [transport] = await connected(hostile.healthy);
      const controller = new AbortController();
      const sent = transport.send(REQUEST, { ...OPTIONS, signal: controller.signal });
      controller.abort();
      expect(await sent).toEqual({ kind: 'cancelled' });
    });

    test('can be done from within the notice that the request was written', async () => {
      const [transport, receiver] = await connected(hostile.silent);
      const controller = new AbortController();
      const onWritten = () => controller.abort();
      const sent = transport.send(REQUEST, { ...OPTIONS, signal: controller.signal, onWritten });
      expect(await sent).toEqual({ kind: 'cancelled' });
      await receiver.allClosed();
    });

    test('beforehand sends nothing', async () => {
      const [transport, receiver] = await connected(hostile.healthy);
      const sent = transport.send(REQUEST, { ...OPTIONS, signal: AbortSignal.abort() });
      expect(await sent).toEqual({ kind: 'cancelled' });
      expect(receiver.connections).toBe(0);
    });

    test('after the head leaves the answer standing', async () => {
      const [transport, receiver] = await connected(hostile.slowBody);
      const controller = new AbortController();
      const sent = transport.send(REQUEST, { ...OPTIONS, signal: controller.signal });
      await receiver.nextRequest();
      setImmediate(() => setImmediate(() => controller.abort()));
      expect(await sent).toEqual(OK);
    });

    test('works for many attempts that share a signal, without a warning of a leak', async () => {
      const [transport] = await connected(hostile.silent);
      const warned = vi.fn();
      process.on('warning', warned);
      const controller = new AbortController();
      const options = { ...OPTIONS, signal: controller.signal };
      const sent = Promise.all(Array.from({ length: 20 }, () => transport.send(REQUEST, options)));
      controller.abort();
      expect(new Set((await sent).map(({ kind }) => kind))).toEqual(new Set(['cancelled']));
      process.off('warning', warned);
      expect(warned).not.toHaveBeenCalled();
    });
  });

  describe('closing the transport', () => {
    test('cancels what is under way and closes every connection', async () => {
      const [transport, receiver] = await connected(hostile.silent);
      const sent = transport.send(REQUEST, OPTIONS);
      await receiver.nextRequest();
      await transport.close();
      expect(await sent).toEqual({ kind: 'cancelled' });
      await receiver.allClosed();
    });

    test('ends it: sending afterwards is a bug', async () => {
      const [transport] = await connected(hostile.healthy);
      await transport.close();
      await expect(transport.send(REQUEST, OPTIONS)).rejects.toThrow('This transport is closed.');
    });
  });

  describe('a bug of ours is not blamed on the receiver:', () => {
    test('a header that cannot be sent', async () => {
      const [transport] = await connected(hostile.healthy);
      const request = { ...REQUEST, headers: [['X-A', 'a\r\nb']] as const };
      await expect(transport.send(request, OPTIONS)).rejects.toThrow('invalid X-A header');
    });

    test('a callback that throws', async () => {
      const [transport] = await connected(hostile.healthy);
      const onWritten = () => {
        throw new Error('mine');
      };
      await expect(transport.send(REQUEST, { ...OPTIONS, onWritten })).rejects.toThrow('mine');
    });
  });

  test('a body in two pieces comes in two, and is whole', async () => {
    const pieces: string[] = [];
    const receiver = createServer((request, response) => {
      request.on('data', (piece) => pieces.push(piece.toString('latin1')));
      request.on('end', () => response.end(request.headers['content-length']));
    });
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void receiver.close());
    const { port } = receiver.address() as AddressInfo;
    const transport = await connect(`http://127.0.0.1:${port}/`);
    opened.push(transport);
    const body = Buffer.from('{"note":"Ż"}');
    const outcome = await transport.send(
      { headers: [], body, firstBytes: 10 },
      { ...OPTIONS, keepBodyBytes: 9 },
    );
    expect(pieces).toEqual(['{"note":"\xc5', '\xbb"}']);
    expect(outcome).toMatchObject({
      kind: 'responded',
      status: 200,
      answer: { body: Buffer.from('13') },
    });
  });
});

test.each([
  ['500 attempts', transportTo, 500],
  ['32 attempts of thousands', longRunTransportTo, 32],
])('connections are reused after %s', async (_what, connect, own) => {
  const receiver = await hostile.healthy();
  const transport = await connect(receiver.url);
  opened.push(transport, receiver);
  for (let i = 0; i < own + 20; i += 1) await transport.send(REQUEST, OPTIONS);
  expect(receiver.connections).toBe(own + 1);
});
