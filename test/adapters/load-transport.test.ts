import { afterEach, describe, expect, test, vi } from 'vitest';
import { openLoadTransport } from '../../src/adapters/http/load/load-transport.js';
import { resolveTarget } from '../../src/adapters/resolve-target.js';
import { parseTarget } from '../../src/adapters/target.js';
import type { LoadTransport, Outcome, SendOptions, Transport } from '../../src/ports.js';
import * as hostile from '../receivers/hostile.js';
import { listenRaw, type RawReceiver } from '../receivers/raw-server.js';
import { loadTransportTo, REQUEST } from './sending.js';

const OPTIONS: SendOptions = { timeoutMs: 5_000 };
const OK = { kind: 'responded', status: 200, ms: expect.any(Number) };
const opened: { close(): Promise<void> }[] = [];

async function connected(open: () => Promise<RawReceiver>): Promise<[Transport, RawReceiver]> {
  const receiver = await open();
  const transport = await loadTransportTo(receiver.url, { insecure: true });
  opened.push(transport, receiver);
  return [transport, receiver];
}

afterEach(async () => {
  vi.useRealTimers();
  for (const closable of opened.splice(0)) await closable.close();
});

test('the request goes out as given, with only Host, Connection and Content-Length added', async () => {
  const receiver = await hostile.healthy();
  const transport = await loadTransportTo(`http://127.0.0.1:${receiver.port}/a/../b?c=%20d`);
  opened.push(transport, receiver);
  const headers = [
    ['X-Payload-Digest', 'wrong'],
    ['X-Payload-Digest', 'right'],
    ['X-Caf', '\xe9'],
  ] as const;
  await transport.send({ headers, body: Buffer.from([0x7b, 0xff, 0x00, 0x7d]) }, OPTIONS);
  expect(receiver.requests[0]?.toString('latin1')).toBe(
    'POST /a/../b?c=%20d HTTP/1.1\r\n' +
      `host: 127.0.0.1:${receiver.port}\r\n` +
      'connection: keep-alive\r\n' +
      'X-Payload-Digest: wrong\r\n' +
      'X-Payload-Digest: right\r\n' +
      'X-Caf: \xe9\r\n' +
      'content-length: 4\r\n\r\n' +
      '{\xff\0}',
  );
});

describe('connections', () => {
  test('one is enough for requests one after the other, over TLS too', async () => {
    for (const open of [hostile.healthy, hostile.selfSigned]) {
      const [transport, receiver] = await connected(open);
      for (let i = 0; i < 5; i += 1) expect(await transport.send(REQUEST, OPTIONS)).toEqual(OK);
      expect(receiver.connections).toBe(1);
    }
  });

  test('there are as many as requests at once', async () => {
    const [transport, receiver] = await connected(hostile.healthy);
    const sendFive = async () => {
      for (let i = 0; i < 5; i += 1) await transport.send(REQUEST, OPTIONS);
    };
    await Promise.all(Array.from({ length: 16 }, sendFive));
    expect(receiver.connections).toBe(16);
    expect(receiver.requests).toHaveLength(80);
  });

  test('one that was idle for a second is not reused', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const [transport, receiver] = await connected(hostile.healthy);
    await transport.send(REQUEST, OPTIONS);
    vi.advanceTimersByTime(999);
    await transport.send(REQUEST, OPTIONS);
    expect(receiver.connections).toBe(1);
    vi.advanceTimersByTime(1_001);
    await transport.send(REQUEST, OPTIONS);
    expect(receiver.connections).toBe(2);
  });
});

describe('connections that are opened beforehand', () => {
  async function openedAhead(receiver: RawReceiver, count: number): Promise<LoadTransport> {
    const target = await resolveTarget(parseTarget(receiver.url));
    const transport = openLoadTransport(target, { timeoutMs: 5_000 });
    opened.push(transport, receiver);
    await transport.open(count);
    return transport;
  }

  test('are those that are used first', async () => {
    const receiver = await hostile.healthy();
    const transport = await openedAhead(receiver, 8);
    await expect.poll(() => receiver.connections).toBe(8);
    await Promise.all(Array.from({ length: 8 }, () => transport.send(REQUEST)));
    expect(receiver.connections).toBe(8);
    expect(receiver.requests).toHaveLength(8);
  });

  test('say nothing of a receiver that closes them unused', async () => {
    let isFirst = true;
    const receiver = await listenRaw({
      onConnection: (socket) => {
        if (isFirst) socket.end();
        isFirst = false;
      },
      onRequest: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
    });
    const transport = await openedAhead(receiver, 1);
    await receiver.allClosed();
    for (let i = 0; i < 3; i += 1) expect(await transport.send(REQUEST)).toEqual(OK);
    expect(receiver.connections).toBe(2);
  });

  test('do not come about where nothing listens, and that is said by who sends', async () => {
    const receiver = await hostile.healthy();
    await receiver.close();
    const transport = await openedAhead(receiver, 4);
    expect(await transport.send(REQUEST)).toMatchObject({ kind: 'unreachable' });
  });
});

test('an abort ends what is under way, and closes its connections', async () => {
  const [transport, receiver] = await connected(hostile.silent);
  const abort = new AbortController();
  const sent = Array.from({ length: 8 }, () =>
    transport.send(REQUEST, { ...OPTIONS, signal: abort.signal }),
  );
  await expect.poll(() => receiver.connections).toBe(8);
  abort.abort();
  const outcomes: readonly Outcome[] = await Promise.all(sent);
  expect(outcomes).toEqual(sent.map(() => ({ kind: 'cancelled' })));
  await receiver.allClosed();
});
