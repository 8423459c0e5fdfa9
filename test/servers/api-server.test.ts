import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ApiRequest, ApiServer, ApiServerOptions } from '../../src/mock-api/api-server.js';
import { startApiServer } from '../../src/servers/api-server.js';

const ANSWER = { status: 200, headers: [['X-A', 'b']] as const, body: Buffer.from('{"a":1}') };

async function serving(options: Partial<ApiServerOptions> = {}) {
  const requests: ApiRequest[] = [];
  const server = await startApiServer({
    host: '127.0.0.1',
    port: 0,
    latencyMs: 0,
    onAnswer: () => undefined,
    answer: (request) => {
      requests.push(request);
      const { method, target } = request;
      const record = { kind: 'request', number: 1, method, target, status: 200 } as const;
      return { ...ANSWER, record };
    },
    ...options,
  });
  onTestFinished(() => server.close());
  return { server, requests };
}

/** Sends these bytes, and gives what comes back until the connection is closed. */
async function exchange({ port }: ApiServer, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes);
  return text(socket).catch(() => '');
}

const statusesIn = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

async function isWell({ url }: ApiServer): Promise<boolean> {
  const answer = await fetch(url);
  return answer.status === 200 && (await answer.text()) === '{"a":1}';
}

test('a request is answered with what the mock says, and with nothing else', async () => {
  const { server, requests } = await serving();
  const answer = await exchange(
    server,
    'GET /a?b=%20 HTTP/1.1\r\nHost: x\r\nX-Twice: 1\r\nx-twice: \xe9\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi',
  );
  expect(answer).toMatch(
    /^HTTP\/1\.1 200 OK\r\nX-A: b\r\nContent-Length: 7\r\nDate: [^\r]+\r\nConnection: close\r\n\r\n\{"a":1\}$/,
  );
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({ method: 'GET', target: '/a?b=%20', body: Buffer.from('hi') });
  expect(requests[0]?.headers.slice(0, 2)).toEqual([
    ['Host', 'x'],
    ['X-Twice', '1'],
  ]);
});

test('HEAD gets the head alone', async () => {
  const { server } = await serving();
  const answer = await exchange(server, 'HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(answer).toContain('Content-Length: 7\r\n');
  expect(answer).toMatch(/\r\n\r\n$/);
});

test('an answer waits for the latency, and for whoever hears of it', async () => {
  const heard: string[] = [];
  let release: () => void = () => undefined;
  const { server } = await serving({
    latencyMs: 60,
    onAnswer: ({ target }) => {
      heard.push(target);
      return new Promise((resolve) => {
        release = resolve;
      });
    },
  });
  const startedMs = performance.now();
  const answered = fetch(`${server.url}/x`).then(() => performance.now() - startedMs);
  await expect.poll(() => heard).toEqual(['/x']);
  release();
  expect(await answered).toBeGreaterThanOrEqual(60);
});

test('closing ends what is under way', async () => {
  const { server, requests } = await serving({ latencyMs: 600_000 });
  const failed = fetch(server.url).then(
    () => 'answered',
    () => 'ended',
  );
  await expect.poll(() => requests.length).toBe(1);
  await server.close();
  expect(await failed).toBe('ended');
});

test('a bug of the mock ends the request, and is not swallowed', async () => {
  const server = await startApiServer({
    host: '127.0.0.1',
    port: 0,
    latencyMs: 0,
    onAnswer: () => undefined,
    answer: () => {
      throw new TypeError('a bug');
    },
  });
  await expect(fetch(server.url)).rejects.toThrow();
  await expect(server.close()).rejects.toThrow('a bug');
});

test('a port that is taken is a mistake that is explained', async () => {
  const { server } = await serving();
  await expect(serving({ port: server.port })).rejects.toMatchObject({
    code: 'cannot-listen',
    message: `Port ${server.port} of 127.0.0.1 cannot be listened on: another program listens there.`,
  });
  await expect(serving({ host: '192.0.2.1' })).rejects.toMatchObject({
    message: 'Port 0 of 192.0.2.1 cannot be listened on: this machine has no such address.',
  });
});

describe('a hostile client', () => {
  test.each<[string, string | Buffer, number]>([
    ['garbage', 'hello\r\n\r\n', 400],
    ['TLS', Buffer.from('160301020001000001fc0303', 'hex'), 400],
    ['a head without end', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}`, 431],
    ['thousands of headers', `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(20_000)}`, 431],
    [
      'a Content-Length that is none',
      'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
      400,
    ],
    [
      'two lengths',
      'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['a header folded over lines', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n\0', 400],
    [
      'a body too large',
      `GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n${'a'.repeat(70_000)}`,
      413,
    ],
    [
      'chunks without end',
      `GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${`4000\r\n${'a'.repeat(16_384)}\r\n`.repeat(8)}`,
      413,
    ],
  ])('that sends %s is refused, and the next one is served', async (_what, bytes, status) => {
    const { server } = await serving();
    const answer = await exchange(server, bytes);
    expect(statusesIn(answer).at(-1)).toBe(status);
    expect(JSON.parse(answer.split('\r\n\r\n').at(-1) ?? '')).toMatchObject({
      code: expect.any(String),
      message: expect.any(String),
    });
    expect(await isWell(server)).toBe(true);
  });

  test('that asks for thousands of answers at once gets some refused', async () => {
    const { server } = await serving({ latencyMs: 200 });
    const asked = 3_000;
    const last = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const bytes = `${'GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(asked - 1)}${last}`;
    const statuses = statusesIn(await exchange(server, bytes));
    expect(statuses).toHaveLength(asked);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(await isWell(server)).toBe(true);
  });

  test('that opens more connections than there are places for keeps nobody out', async () => {
    const { server } = await serving();
    const sockets = Array.from({ length: 2_000 }, () => connect(server.port, '127.0.0.1'));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    await Promise.all(
      sockets.map((socket, index) => {
        socket.on('error', () => undefined);
        if (index % 2 === 0) socket.write('GET / HTTP/1.1\r\nHost: ');
        return once(socket, 'connect');
      }),
    );
    expect(await isWell(server)).toBe(true);
    await expect.poll(() => sockets.filter((socket) => !socket.closed).length).toBeLessThan(1_025);
    expect(await isWell(server)).toBe(true);
  });

  test('that goes away in the middle of a body harms nobody', async () => {
    const { server, requests } = await serving();
    const sockets: Socket[] = [];
    for (let number = 0; number < 20; number += 1) {
      const socket = connect(server.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
      sockets.push(socket);
    }
    for (const socket of sockets) socket.resetAndDestroy();
    expect(await isWell(server)).toBe(true);
    expect(requests).toHaveLength(1);
  });

  test('that resets before it reads harms nobody', async () => {
    const { server, requests } = await serving({ latencyMs: 20 });
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(() => requests.length).toBe(1);
    socket.resetAndDestroy();
    expect(await isWell(server)).toBe(true);
  });
});
