import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { BoundServer } from '../../../src/servers/http/bound-server.js';
import { readBoundedBody, wholeBody } from '../../../src/servers/http/bounded-body.js';
import { answerToFault } from '../../../src/servers/http/client-fault.js';
import { Delays } from '../../../src/servers/http/delays.js';
import { linger, lingerAfterAnswer } from '../../../src/servers/http/linger.js';
import { type Refusal, refuse, refuseSocket } from '../../../src/servers/http/refusal.js';

const LOOPBACK = '127.0.0.1';
const BUSY: Refusal = {
  status: 503,
  contentType: 'text/plain',
  body: 'später\n',
  headers: [['Retry-After', '1']],
};

async function serving(listener: RequestListener, address = { host: LOOPBACK, port: 0 }) {
  const server = createServer(listener);
  const bound = await BoundServer.bind(server, address);
  onTestFinished(() => bound.close());
  return { server, bound };
}

async function opened({ port }: BoundServer): Promise<Socket> {
  const socket = connect(port, LOOPBACK);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

const post = (bytes: number, sent = bytes) =>
  `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes}\r\n\r\n${'a'.repeat(sent)}`;

test.each([
  [{ host: LOOPBACK, port: 0 }, 'http://127.0.0.1'],
  [{ host: '::1', port: 0 }, 'http://[::1]'],
])('a server on %o tells where it is asked', async (address, start) => {
  const { bound } = await serving((_request, response) => response.end('here'), address);
  expect(bound.origin).toBe(`${start}:${bound.port}`);
  expect(await (await fetch(bound.origin)).text()).toBe('here');
});

test('what keeps a server from listening is said in one sentence', async () => {
  const { bound } = await serving(() => undefined);
  const binding = (host: string, port: number) => BoundServer.bind(createServer(), { host, port });
  await expect(binding(LOOPBACK, bound.port)).rejects.toMatchObject({
    code: 'cannot-listen',
    message: `Port ${bound.port} of 127.0.0.1 cannot be listened on: another program listens there.`,
    hint: 'Name another port; 0 picks a free one.',
  });
  await expect(binding('192.0.2.1', 0)).rejects.toMatchObject({
    message: 'Port 0 of 192.0.2.1 cannot be listened on: this machine has no such address.',
  });
});

test('connections that cannot be accepted later do not end the program', async () => {
  const { server, bound } = await serving((_request, response) => response.end('here'));
  for (let times = 0; times < 2; times += 1) server.emit('error', new Error('accept EMFILE'));
  expect((await fetch(bound.origin)).status).toBe(200);
});

test('closing lets a last piece of work finish, and then ends what is open', async () => {
  const { bound } = await serving((_request, response) => response.flushHeaders());
  const socket = await opened(bound);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  let isWorking = true;
  await bound.close(async () => {
    await expect(opened(bound)).rejects.toThrow('ECONNREFUSED');
    expect(socket.closed).toBe(false);
    isWorking = false;
  });
  expect(isWorking).toBe(false);
  await expect.poll(() => socket.closed).toBe(true);
});

test.each([
  ['of as many bytes as are read', 8, 'aaaaaaaa'],
  ['of none', 0, ''],
  ['of one more', 9, undefined],
])('a body %s', async (_what, bytes, read) => {
  const bodies: (string | undefined)[] = [];
  const { bound } = await serving(async (request, response) => {
    bodies.push((await wholeBody(request, 8))?.toString());
    response.end();
  });
  await fetch(bound.origin, { method: 'POST', body: 'a'.repeat(bytes) });
  expect(bodies).toEqual([read]);
});

test('a body in pieces is counted piece by piece, and what is too large is told once', async () => {
  const heard: unknown[] = [];
  const { bound } = await serving((request, response) => {
    readBoundedBody(request, 8, {
      onMore: (bytes, bodyBytes) => heard.push([bytes, bodyBytes]),
      onWhole: () => heard.push('whole'),
      onTooLarge: () => heard.push('too large'),
      onBroken: () => heard.push('broken'),
    });
    request.on('end', () => response.end());
  });
  const socket = await opened(bound);
  socket.write(post(20, 3));
  await expect.poll(() => heard.length).toBe(1);
  socket.write('bbbb');
  await expect.poll(() => heard.length).toBe(2);
  socket.write('c'.repeat(13));
  await once(socket, 'data');
  socket.destroy();
  expect(heard).toEqual([[3, 3], [4, 7], 'too large']);
});

test('a body that breaks off rejects', async () => {
  const outcomes: unknown[] = [];
  let socket: Socket | undefined;
  const { bound } = await serving((request) => {
    wholeBody(request, 8).catch((error: Error) => outcomes.push(error.message));
    socket?.destroy();
  });
  socket = await opened(bound);
  socket.write(post(8, 4));
  await expect.poll(() => outcomes).toEqual(['aborted']);
});

test.each([
  [
    'with a response',
    (server: Server) => server.on('request', (_, to) => refuse(to, BUSY, 'last')),
  ],
  [
    'without one',
    (server: Server) =>
      server.on('connection', (socket) => refuseSocket(socket, BUSY, (it) => it.destroySoon())),
  ],
])('a last refusal %s reads the same', async (_how, refuses) => {
  const { server, bound } = await serving(() => undefined);
  refuses(server.removeAllListeners('request'));
  const socket = await opened(bound);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const answer = (await text(socket)).replace(/Date: .*\r\n/, '');
  expect(answer.split('\r\n')).toEqual([
    'HTTP/1.1 503 Service Unavailable',
    'Content-Type: text/plain',
    'Content-Length: 8',
    'Retry-After: 1',
    'Connection: close',
    '',
    'später\n',
  ]);
});

test('a refusal that is not the last leaves the connection open', async () => {
  const { bound } = await serving((_request, response) => refuse(response, BUSY));
  const socket = await opened(bound);
  const answers: string[] = [];
  socket.on('data', (bytes) => answers.push(String(bytes)));
  for (let times = 1; times <= 2; times += 1) {
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(() => answers.length).toBe(times);
  }
  expect(answers[1]).toContain('Connection: keep-alive');
  socket.destroy();
});

test('who is still sending sees a last refusal, and is not waited for without end', async () => {
  const { bound } = await serving((request, response) => {
    lingerAfterAnswer(request.socket);
    refuse(response, BUSY, 'last');
  });
  const socket = await opened(bound);
  let isReset = false;
  socket.on('error', () => {
    isReset = true;
  });
  socket.write(post(64 * 1024 * 1024, 0));
  for (let sent = 0; sent < 16; sent += 1) socket.write(Buffer.alloc(1024 * 1024));
  expect(await text(socket)).toContain('503 Service Unavailable');
  expect(isReset).toBe(false);
});

test('lingering ends with the sender', async () => {
  const closed: number[] = [];
  const { server, bound } = await serving(() => undefined);
  server.on('connection', (socket) => {
    socket.end();
    linger(socket);
    socket.once('close', () => closed.push(1));
  });
  const socket = connect({ port: bound.port, host: LOOPBACK, allowHalfOpen: true });
  await once(socket, 'connect');
  socket.resume();
  await once(socket, 'end');
  expect(closed).toEqual([]);
  socket.end();
  await expect.poll(() => closed, { timeout: 900 }).toEqual([1]);
});

test.each([
  ['HPE_HEADER_OVERFLOW', 'head'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'slow'],
  ['HPE_INVALID_URL', 'the path is wrong'],
  ['HPE_LF_EXPECTED', 'lf expected'],
  ['ECONNRESET', undefined],
  [undefined, undefined],
])('the fault %s is answered %s', (code, answer) => {
  const answers = { headTooLarge: 'head', tooSlow: 'slow', notHttp: (why: string) => why };
  expect(answerToFault(Object.assign(new Error(), { code }), answers)).toBe(answer);
});

test('what is put off comes in its time, unless it is called off', async () => {
  const delays = new Delays();
  const done: string[] = [];
  delays.run(0, () => done.push('at once'));
  expect(done).toEqual(['at once']);
  const callOff = delays.run(1, () => done.push('never'));
  delays.run(2, () => done.push('later'));
  callOff();
  await expect.poll(() => done).toEqual(['at once', 'later']);
  delays.run(1, () => done.push('never'));
  delays.cancel();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(done).toEqual(['at once', 'later']);
});
