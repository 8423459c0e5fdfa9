/** The side of the listener that senders see: HTTP within bounds, whatever they do. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Filter, ListenerBounds } from '../../../listening/listener.js';
import type { RefusedRecord } from '../../../listening/records.js';
import type { Header } from '../../../ports.js';
import { BoundServer, type ListenAddress } from '../../http/bound-server.js';
import { answerToFault, type FaultAnswers } from '../../http/client-fault.js';
import { headersOf } from '../../http/headers.js';
import { Places } from '../../http/places.js';
import { BodyIntake } from './body-intake.js';
import { createHeadCheck, type HeadCheck } from './head-check.js';
import {
  faultAnswers,
  NO_TUNNEL,
  NOT_OPEN,
  type Rejection,
  tooLarge,
  tooManyConnections,
  UNKNOWN_EXPECTATION,
} from './rejection.js';
import { type ConnectionHost, SenderConnection } from './sender-connection.js';

export interface FrontOptions {
  readonly bounds: ListenerBounds;
  readonly accepts: Filter;
  readonly onRefused: (record: RefusedRecord) => void;
}

/** A request that keeps to the bounds. */
export interface WholeRequest {
  readonly connection: SenderConnection;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** In order, case kept, a character a byte. */
  readonly headers: readonly Header[];
}

/** Takes a whole request. */
export type OnWholeRequest = (whole: WholeRequest, body: Buffer) => void;

/** Senders reuse connections; one that rests longer than this is closed. */
const KEEP_ALIVE_MS = 60_000;

/** HTTP/1.1 for strangers: whole requests come out, all else is answered here and forgotten. */
export class Front {
  readonly #server: Server;
  readonly #bounds: ListenerBounds;
  readonly #host: ConnectionHost;
  readonly #connections = new Map<Duplex, SenderConnection>();
  readonly #intake: BodyIntake<WholeRequest>;
  readonly #checkHead: HeadCheck;
  readonly #faultAnswers: FaultAnswers<Rejection>;
  #closed: Rejection | undefined = NOT_OPEN;
  #onWholeRequest: OnWholeRequest | undefined;
  #unanswered = 0;
  #whenAnswered: (() => void)[] = [];

  constructor(options: FrontOptions) {
    const { bounds, accepts, onRefused } = options;
    this.#bounds = bounds;
    this.#intake = new BodyIntake(bounds, {
      onBody: (whole, body) => this.#arrive(whole, body),
      onTooLarge: ({ connection, response }) =>
        connection.turnAway(response, tooLarge(bounds.maxBodyBytes)),
      onBroken: ({ connection }) => connection.breakOff(),
    });
    this.#host = {
      places: new Places(bounds.maxConnections),
      isCrowded: () => this.#intake.isCrowded,
      onAnswered: () => this.#leave(),
      onRefused,
    };
    this.#checkHead = createHeadCheck(accepts, bounds);
    this.#faultAnswers = faultAnswers(bounds);
    this.#server = createServer({
      maxHeaderSize: bounds.maxHeaderBytes,
      headersTimeout: bounds.headTimeoutMs,
      requestTimeout: bounds.requestTimeoutMs,
      connectionsCheckingInterval: bounds.checkTimeoutsMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      requireHostHeader: false,
    });
    this.#listenTo(this.#server);
  }

  /** @throws HookError `cannot-listen` */
  bind(address: ListenAddress): Promise<BoundServer> {
    return BoundServer.bind(this.#server, address);
  }

  /** From now on whole requests are taken; before, they are refused. */
  open(onWholeRequest: OnWholeRequest): void {
    this.#onWholeRequest = onWholeRequest;
    this.#closed = undefined;
  }

  /** Requests that come from now on are refused; undefined takes that back. */
  refuseAll(rejection: Rejection | undefined): void {
    this.#closed = rejection;
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
  refuse({ connection, response }: WholeRequest, rejection: Rejection): void {
    connection.turnAway(response, rejection);
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
      this.#connections.get(request.socket)?.turnAway(response, UNKNOWN_EXPECTATION);
    });
    server.on('connect', (_request, socket) => this.#cutOff(socket, NO_TUNNEL));
    server.on('clientError', (error, socket) => {
      this.#cutOff(socket, answerToFault(error, this.#faultAnswers));
    });
  }

  #welcome(socket: Socket): void {
    const { maxConnections } = this.#bounds;
    const hasPlace = this.#host.places.take(socket);
    if (!hasPlace && this.#connections.size >= 2 * maxConnections) {
      socket.destroy();
      return;
    }
    const connection = new SenderConnection(socket, this.#host);
    this.#connections.set(socket, connection);
    socket.once('close', () => this.#connections.delete(socket));
    if (!hasPlace) connection.cutOff(tooManyConnections(maxConnections));
  }

  /** True when the body is being read. */
  #admit(request: IncomingMessage, response: ServerResponse): boolean {
    const connection = this.#connections.get(request.socket);
    if (connection === undefined || connection.isClosing) return false;
    const headers = headersOf(request);
    const rejection = this.#closed ?? this.#checkHead(request, headers);
    if (rejection !== undefined) {
      connection.turnAway(response, rejection);
      return false;
    }
    this.#intake.read({ connection, request, response, headers });
    return true;
  }

  #arrive(whole: WholeRequest, body: Buffer): void {
    const { connection, response } = whole;
    this.#unanswered += 1;
    connection.owe(response);
    if (this.#closed === undefined) {
      this.#onWholeRequest?.(whole, body);
      return;
    }
    this.release(body);
    connection.turnAway(response, this.#closed);
  }

  #leave(): void {
    this.#unanswered -= 1;
    if (this.#unanswered > 0) return;
    for (const wake of this.#whenAnswered.splice(0)) wake();
  }

  /** Refuses where there is no request to answer. */
  #cutOff(socket: Duplex, rejection: Rejection | undefined): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined || rejection === undefined) socket.destroy();
    else connection.cutOff(rejection);
  }
}
