import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import { HookError } from '../errors.js';
import type { ApiAnswer, ApiRequest, ApiServer, ApiServerOptions } from '../mock-api/api-server.js';
import type { Header } from '../ports.js';
import { MOST_WAITING, Places } from './http/places.js';

const LONGEST_BODY_BYTES = 64 * 1024;
const LARGEST_HEAD_BYTES = 16 * 1024;
const MOST_CONNECTIONS = 1_024;
/** Answers under way at once, over all connections: one connection can ask for many at a time. */
const MOST_ANSWERS = 1_024;
const HEAD_LIMIT_MS = 10_000;
const REQUEST_LIMIT_MS = 20_000;
const IDLE_LIMIT_MS = 5_000;
const CHECK_EVERY_MS = 1_000;

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens there already',
  EACCES: 'permission is denied',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

/** What is said before the mock is asked. */
const TOO_LARGE = refusal(413, 'TOO_LARGE', 'The body is larger than 64 KiB.');
const TOO_MANY = refusal(503, 'TOO_MANY', 'Too many requests are under way.');
const NOT_HTTP = refusal(400, 'BAD_REQUEST', 'This is no valid HTTP/1.1 request.');
const HEAD_TOO_LARGE = refusal(431, 'TOO_LARGE', 'The head of the request is larger than 16 KiB.');
const TOO_SLOW = refusal(408, 'TOO_SLOW', 'The request took too long to come.');

/**
 * Serves the mock over HTTP, within bounds whoever asks.
 * @throws HookError `cannot-listen`
 */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const timers = new Set<NodeJS.Timeout>();
  const places = new Places(MOST_CONNECTIONS);
  let underWay = 0;
  let bug: { readonly error: unknown } | undefined;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    places.owe(request.socket);
    response.once('close', () => places.settle(request.socket));
    if (body === undefined) return refuse(response, TOO_LARGE, CLOSING);
    const answer = options.answer(requestOf(request, body));
    await options.onAnswer(answer.record);
    await delay(options.latencyMs, timers);
    respond(response, answer);
  };

  const server = createServer(
    {
      maxHeaderSize: LARGEST_HEAD_BYTES,
      headersTimeout: HEAD_LIMIT_MS,
      requestTimeout: REQUEST_LIMIT_MS,
      keepAliveTimeout: IDLE_LIMIT_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
    },
    (request, response) => {
      if (underWay >= MOST_ANSWERS) return refuse(response, TOO_MANY);
      underWay += 1;
      serve(request, response)
        .catch((error: unknown) => {
          if (!request.errored) bug ??= { error };
          response.destroy();
        })
        .finally(() => {
          underWay -= 1;
        });
    },
  );
  server.on('connection', (socket) => {
    if (!places.take(socket)) refuseSocket(TOO_MANY, socket);
  });
  server.on('clientError', refuseFault);
  const port = await listen(server, options);
  return {
    port,
    url: `http://${isIPv6(options.host) ? `[${options.host}]` : options.host}:${port}`,
    close: async () => {
      await close(server, timers);
      if (bug !== undefined) throw bug.error;
    },
  };
}

/** Undefined when there is more of it than is read. Leaving a loop over it would end the connection. */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    request.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length;
      if (bytes <= LONGEST_BODY_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

function requestOf(request: IncomingMessage, body: Uint8Array): ApiRequest {
  const { method = '', url = '', rawHeaders } = request;
  const headers: Header[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return { method, target: url, headers, body };
}

function delay(ms: number, timers: Set<NodeJS.Timeout>): Promise<void> | undefined {
  if (ms === 0) return undefined;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      resolve();
    }, ms);
    timers.add(timer);
  });
}

function respond(response: ServerResponse, { status, headers, body }: Omit<ApiAnswer, 'record'>) {
  response.writeHead(status, [...headers.flat(), 'Content-Length', String(body.length)]);
  response.end(body);
}

interface Refusal {
  readonly status: number;
  readonly body: Buffer;
}

function refusal(status: number, code: string, message: string): Refusal {
  return { status, body: Buffer.from(JSON.stringify({ code, message })) };
}

function refuse(
  response: ServerResponse,
  { status, body }: Refusal,
  more: readonly Header[] = [],
): void {
  respond(response, { status, headers: [['Content-Type', 'application/json'], ...more], body });
}

/** What is left of such a request is not read, so the connection cannot be used again. */
const CLOSING: readonly Header[] = [['Connection', 'close']];

function refuseFault(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET') socket.destroy();
  else refuseSocket(refusalFor(error.code), socket);
}

function refuseSocket({ status, body }: Refusal, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'Content-Type: application/json',
    'Connection: close',
    `Content-Length: ${body.length}`,
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]));
  socket.destroySoon();
}

function refusalFor(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return HEAD_TOO_LARGE;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? TOO_SLOW : NOT_HTTP;
}

function listen(server: Server, { host, port }: ApiServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new HookError(
          'cannot-listen',
          `Nothing can listen on ${host}:${port}: ${REASONS[error.code ?? ''] ?? error.message}.`,
          'Choose another port, or 0 for any that is free.',
        ),
      );
    });
    server.listen({ port, host, backlog: MOST_WAITING }, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
}

function close(server: Server, timers: Set<NodeJS.Timeout>): Promise<void> {
  for (const timer of timers) clearTimeout(timer);
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
