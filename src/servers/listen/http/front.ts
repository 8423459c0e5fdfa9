import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Filter, ListenerBounds } from '../../../listening/listener.js';
import type { RefusedRecord } from '../../../listening/records.js';
import type { Header } from '../../../ports.js';
import { Places } from '../../http/places.js';
import { BodyIntake } from './body-intake.js';
import { Connection } from './connection.js';
import { faultOf } from './faults.js';
import { createHeadCheck, type HeadCheck, headersOf } from './head-check.js';
import { type Refusal, refuse } from './refusal.js';

export interface FrontOptions {
  readonly bounds: ListenerBounds;
  readonly accepts: Filter;
  readonly onRefused: (record: RefusedRecord) => void;
}

/** A request that keeps to the bounds. */
export interface Arrival {
  readonly connection: Connection;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** In order, case kept, a character a byte. */
  readonly headers: readonly Header[];
}

/** Takes a whole request. */
export type OnArrival = (arrival: Arrival, body: Buffer) => void;

/** Senders reuse connections; one that rests longer than this is closed. */
const KEEP_ALIVE_MS = 60_000;

/** HTTP/1.1 for strangers: whole requests come out, all else is answered here and forgotten. */
export class Front {
  readonly server: Server;
  readonly #options: FrontOptions;
  readonly #connections = new Map<Duplex, Connection>();
  readonly #places: Places;
  readonly #intake: BodyIntake<Arrival>;
  readonly #checkHead: HeadCheck;
  #closed: Refusal | undefined = NOT_OPEN;
  #onArrival: OnArrival | undefined;
  #unanswered = 0;
  #whenAnswered: (() => void)[] = [];

  constructor(options: FrontOptions) {
    const { bounds, accepts } = options;
    this.#options = options;
    this.#places = new Places(bounds.maxConnections);
    this.#intake = new BodyIntake(bounds, {
      onBody: (arrival, body) => this.#arrive(arrival, body),
      onTooLarge: ({ connection, response }) => {
        this.#turnAway(connection, response, tooLarge(bounds.maxBodyBytes));
      },
      onBroken: ({ connection }) => {
        if (!connection.isClosing) this.#tell(BROKEN_OFF, connection);
      },
    });
    this.#checkHead = createHeadCheck(accepts, bounds);
    this.server = createServer({
      maxHeaderSize: bounds.maxHeaderBytes,
      headersTimeout: bounds.headTimeoutMs,
      requestTimeout: bounds.requestTimeoutMs,
      connectionsCheckingInterval: bounds.checkTimeoutsMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      requireHostHeader: false,
    });
    this.#listenTo(this.server);
  }

  /** From now on whole requests are taken; before, they are refused. */
  open(onArrival: OnArrival): void {
    this.#onArrival = onArrival;
    this.#closed = undefined;
  }

  /** Requests that come from now on are refused; undefined takes that back. */
  refuseAll(refusal: Refusal | undefined): void {
    this.#closed = refusal;
  }

  /** Resolves when the answers to all whole requests are out. */
  answered(): Promise<void> {
    if (this.#unanswered === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenAnswered.push(resolve));
  }

  /** Says that the body of a request is needed no more. */
  release(body: Buffer): void {
    this.#intake.release(body.length);
  }

  /** Refuses a whole request. */
  refuse({ connection, response }: Arrival, refusal: Refusal): void {
    this.#turnAway(connection, response, refusal);
  }

  #listenTo(server: Server): void {
    /** Node would drop the rest in silence; too many are refused instead. */
    server.maxHeadersCount = 0;
    server.on('connection', (socket) => this.#welcome(socket));
    server.on('request', (request, response) => {
      this.#admit(request, response);
    });
    server.on('checkContinue', (request, response) => {
      if (this.#admit(request, response)) response.writeContinue();
    });
    server.on('checkExpectation', (request, response) => {
      this.#turnAway(this.#connections.get(request.socket), response, UNKNOWN_EXPECTATION);
    });
    server.on('connect', (_request, socket) => this.#cutOff(socket, NO_TUNNEL));
    server.on('clientError', (error, socket) => {
      this.#cutOff(socket, faultOf(error, this.#options.bounds));
    });
  }

  #welcome(socket: Socket): void {
    const { maxConnections } = this.#options.bounds;
    const hasPlace = this.#places.take(socket);
    if (!hasPlace && this.#connections.size >= 2 * maxConnections) {
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, {
      isCrowded: () => this.#intake.isCrowded,
      onAnswered: () => this.#leave(socket),
    });
    this.#connections.set(socket, connection);
    socket.once('close', () => this.#connections.delete(socket));
    if (!hasPlace) this.#cutOff(socket, tooManyConnections(maxConnections));
  }

  /** True when the body is being read. */
  #admit(request: IncomingMessage, response: ServerResponse): boolean {
    const connection = this.#connections.get(request.socket);
    if (connection === undefined || connection.isClosing) return false;
    const headers = headersOf(request);
    const refusal = this.#closed ?? this.#checkHead(request, headers);
    if (refusal !== undefined) {
      this.#turnAway(connection, response, refusal);
      return false;
    }
    this.#intake.read({ connection, request, response, headers });
    return true;
  }

  #arrive(arrival: Arrival, body: Buffer): void {
    const { connection, request, response } = arrival;
    this.#unanswered += 1;
    connection.took();
    this.#places.owe(request.socket);
    response.on('close', connection.onAnswered);
    if (this.#closed === undefined) {
      this.#onArrival?.(arrival, body);
      return;
    }
    this.release(body);
    this.#turnAway(connection, response, this.#closed);
  }

  #leave(socket: Socket): void {
    this.#places.settle(socket);
    this.#unanswered -= 1;
    if (this.#unanswered > 0) return;
    for (const wake of this.#whenAnswered.splice(0)) wake();
  }

  #turnAway(connection: Connection | undefined, response: ServerResponse, refusal: Refusal): void {
    if (connection === undefined || connection.isClosing) return;
    connection.closeGently();
    refuse(response, refusal);
    this.#tell(refusal, connection);
  }

  /** Refuses where there is no request to answer. */
  #cutOff(socket: Duplex, refusal: Refusal | undefined): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined || refusal === undefined) {
      socket.destroy();
      return;
    }
    if (connection.isClosing) return;
    connection.refuse(refusal);
    this.#tell(refusal, connection);
  }

  #tell({ status, reason }: Refusal, { remote }: Connection): void {
    this.#options.onRefused({ kind: 'refused', status, reason, remote });
  }
}

const NOT_OPEN: Refusal = { status: 503, reason: 'The listener is about to start.' };

const BROKEN_OFF: Refusal = {
  status: 400,
  reason: 'The connection ended before the request did.',
};

const NO_TUNNEL: Refusal = { status: 405, reason: 'This is no proxy, so CONNECT is not for it.' };

const UNKNOWN_EXPECTATION: Refusal = {
  status: 417,
  reason: 'Of what Expect can ask for, only 100-continue is known here.',
};

function tooLarge(maxBodyBytes: number): Refusal {
  return { status: 413, reason: `The body is larger than ${maxBodyBytes} bytes.` };
}

function tooManyConnections(maxConnections: number): Refusal {
  return {
    status: 503,
    reason: `There are ${maxConnections} connections already, and all wait for answers.`,
  };
}
