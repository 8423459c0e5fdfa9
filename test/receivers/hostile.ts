import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { listenRaw, type RawReceiver } from './raw-server.js';

/** Receivers that break HTTP, one function each. All listen on the loopback and on a free port. */

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const SECOND_MS = 1000;

/** Answers 200 with the body `ok` and keeps the connection: the one that is not hostile. */
export function healthy(): Promise<RawReceiver> {
  return answers(OK);
}

/** Answers these very bytes, and keeps the connection open. */
export function answers(bytes: string | Uint8Array): Promise<RawReceiver> {
  return listenRaw({ onRequest: (socket) => socket.write(bytes) });
}

/** Answers these very bytes, then closes the connection. */
export function answersAndCloses(bytes: string | Uint8Array): Promise<RawReceiver> {
  return listenRaw({ onRequest: (socket) => socket.end(bytes) });
}

/** The URL of a port nobody listens on. */
export async function refusing(): Promise<string> {
  const receiver = await healthy();
  await receiver.close();
  return receiver.url;
}

/** Takes the connection and the request, and never says a word. */
export function silent(): Promise<RawReceiver> {
  return listenRaw({});
}

export function closesUnanswered(): Promise<RawReceiver> {
  return listenRaw({ onRequest: (socket) => socket.end() });
}

export function resetsUnanswered(): Promise<RawReceiver> {
  return listenRaw({ onRequest: (socket) => socket.resetAndDestroy() });
}

/** Resets every connection as soon as it is open. */
export function resetsOnSight(): Promise<RawReceiver> {
  return listenRaw({ onConnection: (socket) => socket.resetAndDestroy() });
}

/** Sends half a head, and resets the connection. */
export function resetsMidAnswer(): Promise<RawReceiver> {
  return listenRaw({
    onRequest: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Le', () => socket.resetAndDestroy());
    },
  });
}

export function halfAStatusLine(): Promise<RawReceiver> {
  return answersAndCloses('HTTP/1.1 20');
}

export function garbage(): Promise<RawReceiver> {
  return answers('SSH-2.0-OpenSSH_9.2\r\n');
}

/** Sends a valid answer a byte a second. */
export function dribbles(): Promise<RawReceiver> {
  return listenRaw({ onRequest: (socket) => drip(socket, OK, SECOND_MS) });
}

/** Answers 200 at once, and then its body a byte every 50 ms, for ever. */
export function slowBody(): Promise<RawReceiver> {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n';
  return listenRaw({
    onRequest: (socket) => {
      socket.write(head);
      drip(socket, 'x'.repeat(1000), 50);
    },
  });
}

/** Answers 200 and a body that never ends, as fast as it is read. */
export function endlessBody(): Promise<RawReceiver> {
  return listenRaw({
    onRequest: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n');
      pour(socket, 'x');
    },
  });
}

/** Says 100 bytes, sends 5 and closes. */
export function bodyBreaksOff(): Promise<RawReceiver> {
  return answersAndCloses('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nstart');
}

/** Says 2 bytes and sends 10. */
export function bodyRunsOver(): Promise<RawReceiver> {
  return answers('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n0123456789');
}

export function contentLengthIsAWord(): Promise<RawReceiver> {
  return answers('HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n');
}

/** Answers 200 with a single header of 1 MB. */
export function hugeHeader(): Promise<RawReceiver> {
  return answers(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(1_000_000)}\r\nContent-Length: 0\r\n\r\n`);
}

/** 103 Early Hints, then 200. */
export function earlyHints(): Promise<RawReceiver> {
  return answers(`HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n${OK}`);
}

/** 100 Continue, which nobody asked for, then 200. */
export function unaskedContinue(): Promise<RawReceiver> {
  return answers(`HTTP/1.1 100 Continue\r\n\r\n${OK}`);
}

/** Interim answers without end, as fast as they are read. */
export function floodsOfInterim(line = '103 Early Hints'): Promise<RawReceiver> {
  return listenRaw({ onRequest: (socket) => pour(socket, `HTTP/1.1 ${line}\r\n\r\n`) });
}

/** The head of an interim answer that never ends, as fast as it is read. */
export function endlessInterimHead(): Promise<RawReceiver> {
  return listenRaw({
    onRequest: (socket) => {
      socket.write('HTTP/1.1 102 Processing\r\n');
      pour(socket, 'X-Again: and again\r\n');
    },
  });
}

/** Keeps its connections, and says 100 and 102 before each of its answers. */
export function alwaysInterim(): Promise<RawReceiver> {
  return answers(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX-A: b\r\n\r\n${OK}`);
}

/** 101, which nobody asked for. */
export function switchesProtocols(): Promise<RawReceiver> {
  return answers(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
}

/** A compressed body, which nobody asked for. */
export function unaskedGzip(): Promise<RawReceiver> {
  const body = gzipSync('a gzipped body');
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
  return answers(Buffer.concat([Buffer.from(head), body]));
}

export function noContent(): Promise<RawReceiver> {
  return answers('HTTP/1.1 204 No Content\r\n\r\n');
}

/** Answers 302 to itself. */
export function redirectLoop(): Promise<RawReceiver> {
  return answers('HTTP/1.1 302 Found\r\nLocation: /hook\r\nContent-Length: 0\r\n\r\n');
}

/** Answers 413 as soon as it sees the head of a request, reads no further, and closes. */
export function answersEarly(): Promise<RawReceiver> {
  return listenRaw({
    onConnection: (socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.end('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      });
    },
  });
}

/** Answers 200, promising nothing about the connection, and closes it in the same breath. */
export function closesAfterAnswering(): Promise<RawReceiver> {
  return answersAndCloses(OK);
}

/** Answers 200 and closes a moment later, when the next request may already be on its mind. */
export function closesSoonAfterAnswering(): Promise<RawReceiver> {
  return listenRaw({
    onRequest: (socket) => socket.write(OK, () => setTimeout(() => socket.end(), 1)),
  });
}

/** Keeps each connection for three answers, and closes with the third without saying so. */
export function closesAfterThree(): Promise<RawReceiver> {
  return listenRaw({
    onRequest: (socket, index) => (index === 2 ? socket.end(OK) : socket.write(OK)),
  });
}

/** Answers 200 and resets the connection instead of closing it. */
export function resetsAfterAnswering(): Promise<RawReceiver> {
  return listenRaw({
    onRequest: (socket) => socket.write(OK, () => setImmediate(() => socket.resetAndDestroy())),
  });
}

/** A plain-looking URL behind which TLS is spoken. */
export async function tlsOnAPlainPort(): Promise<RawReceiver> {
  const receiver = await selfSigned();
  return Object.create(receiver, { url: { value: receiver.url.replace('https:', 'http:') } });
}

/** Answers a plain request with a TLS alert, as OpenSSL's own server does. */
export function tlsAlert(): Promise<RawReceiver> {
  return answersAndCloses(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46]));
}

/** Speaks TLS with a certificate that nobody vouches for, and answers 200. */
export function selfSigned(): Promise<RawReceiver> {
  return listenRaw({ speaksTls: true, onRequest: (socket) => socket.write(OK) });
}

/** Answers 400 to whatever comes, a TLS greeting included, as an HTTP server does. */
export function plainHttp(): Promise<RawReceiver> {
  return listenRaw({
    onConnection: (socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
      );
    },
  });
}

/** Closes as soon as anything comes, a TLS greeting included. */
export function hangsUp(): Promise<RawReceiver> {
  return listenRaw({ onConnection: (socket) => socket.once('data', () => socket.end()) });
}

/** Healthy, but on ::1 only. */
export function ipv6Only(): Promise<RawReceiver> {
  return listenRaw({ host: '::1', onRequest: (socket) => socket.write(OK) });
}

/** Serves one connection at a time to its end, as a single-threaded server with keep-alive does. */
export function oneConnectionAtATime(): Promise<RawReceiver> {
  const queue: Socket[] = [];
  const serveNext = () => queue[0]?.resume();
  return listenRaw({
    onConnection: (socket) => {
      socket.pause();
      queue.push(socket);
      socket.once('close', () => {
        queue.splice(queue.indexOf(socket), 1);
        serveNext();
      });
      serveNext();
    },
    onRequest: (socket) => socket.write(OK),
  });
}

/** Sends a text again and again, as fast as it is read. */
function pour(socket: Socket, text: string): void {
  const chunk = Buffer.from(text.repeat(Math.ceil((64 * 1024) / text.length)));
  const go = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', go);
  go();
}

function drip(socket: Socket, text: string, everyMs: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    socket.write(text.charAt(sent));
    sent += 1;
    if (sent === text.length) clearInterval(timer);
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
}
