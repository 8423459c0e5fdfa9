/** The mock API as a server. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiAnswer, ApiServer, ApiServerOptions } from '../mock-api/api-server.js';
import { BoundServer } from './http/bound-server.js';
import { wholeBody } from './http/bounded-body.js';
import { answerToFault } from './http/client-fault.js';
import { Delays } from './http/delays.js';
import { headersOf } from './http/headers.js';
import { linger, lingerAfterAnswer } from './http/linger.js';
import { Places } from './http/places.js';
import { type Refusal, refuse, refuseSocket } from './http/refusal.js';

const LONGEST_BODY_BYTES = 64 * 1024;
const MOST_CONNECTIONS = 1_024;
/** Answers under way at once, over all connections: one connection can ask for many at a time. */
const MOST_ANSWERS = 1_024;

const NODE_BOUNDS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};

/**
 * Serves the mock over HTTP, within bounds whoever asks.
 * @throws HookError `cannot-listen`
 */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const front = new ApiFront(options);
  const bound = await BoundServer.bind(front.server, options);
  return {
    port: bound.port,
    url: bound.origin,
    close: async () => {
      front.cancelAnswers();
      await bound.close();
      front.throwBug();
    },
  };
}

class ApiFront {
  readonly server: Server;
  readonly #options: ApiServerOptions;
  readonly #places = new Places(MOST_CONNECTIONS);
  readonly #delays = new Delays();
  #underWay = 0;
  #bug: { readonly error: unknown } | undefined;

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.server = createServer(NODE_BOUNDS, (request, response) => this.#take(request, response));
    this.server.on('connection', (socket) => this.#welcome(socket));
    this.server.on('clientError', (error, socket: Socket) => refuseFault(error, socket));
  }

  /** Those that wait for their time never come. */
  cancelAnswers(): void {
    this.#delays.cancel();
  }

  /** A bug of the mock has ended its request; whoever closes the server hears of the first one. */
  throwBug(): void {
    if (this.#bug !== undefined) throw this.#bug.error;
  }

  #welcome(socket: Socket): void {
    if (this.#places.take(socket)) return;
    refuseSocket(socket, TOO_MANY, () => socket.destroySoon());
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    if (this.#underWay >= MOST_ANSWERS) {
      refuse(response, TOO_MANY);
      return;
    }
    this.#underWay += 1;
    this.#serve(request, response)
      .catch((error: unknown) => {
        if (!request.errored) this.#bug ??= { error };
        response.destroy();
      })
      .finally(() => {
        this.#underWay -= 1;
      });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { answer, onAnswer, latencyMs } = this.#options;
    const { socket, method = '', url: target = '' } = request;
    const body = await wholeBody(request, LONGEST_BODY_BYTES);
    this.#places.owe(socket);
    response.once('close', () => this.#places.settle(socket));
    if (body === undefined) {
      lingerAfterAnswer(socket);
      refuse(response, TOO_LARGE, 'last');
      return;
    }
    const given = answer({ method, target, headers: headersOf(request), body });
    await onAnswer(given.record);
    await new Promise<void>((resolve) => this.#delays.run(latencyMs, resolve));
    respond(response, given);
  }
}

function respond(response: ServerResponse, { status, headers, body }: ApiAnswer): void {
  response.writeHead(status, [...headers.flat(), 'Content-Length', String(body.length)]);
  response.end(body);
}

/** What is said before the mock is asked, laid out as the mock says it. */
const TOO_LARGE = refusalOf(413, 'TOO_LARGE', 'The body is larger than 64 KiB.');
const TOO_MANY = refusalOf(503, 'TOO_MANY', 'Too many requests are under way.');
const NOT_HTTP = refusalOf(400, 'BAD_REQUEST', 'This is no valid HTTP/1.1 request.');
const FAULT_ANSWERS = {
  headTooLarge: refusalOf(431, 'TOO_LARGE', 'The head of the request is larger than 16 KiB.'),
  tooSlow: refusalOf(408, 'TOO_SLOW', 'The request took too long to come.'),
  notHttp: () => NOT_HTTP,
};

function refusalOf(status: number, code: string, message: string): Refusal {
  return { status, contentType: 'application/json', body: JSON.stringify({ code, message }) };
}

function refuseFault(error: Error, socket: Socket): void {
  const refusal = answerToFault(error, FAULT_ANSWERS);
  if (refusal === undefined) socket.destroy();
  else refuseSocket(socket, refusal, linger);
}
