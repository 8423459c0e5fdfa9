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
import { refuse } from '../../http/refusal.js';
import { BodyIntake } from './body-intake.js';
import { createHeadCheck, type HeadCheck } from './head-check.js';
import {
  BROKEN_OFF,
  faultAnswers,
  NO_TUNNEL,
  NOT_OPEN,
  type Rejection,
  tooLarge,
  tooManyConnections,
  UNKNOWN_EXPECTATION,
} from './rejection.js';
import { SenderConnection } from './sender-connection.js';

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
  readonly #options: FrontOptions;
  readonly #connections = new Map<Duplex, SenderConnection>();
  readonly #places: Places;
  readonly #intake: BodyIntake<WholeRequest>;
  readonly #checkHead: HeadCheck;
  readonly #faultAnswers: FaultAnswers<Rejection>;
  #closed: Rejection | undefined = NOT_OPEN;
  #onWholeRequest: OnWholeRequest | undefined;
  #unanswered = 0;
  #whenAnswered: (() => void)[] = [];

  constructor(options: FrontOptions) {
    const { bounds, accepts } = options;
    this.#options = options;
    this.#places = new Places(bounds.maxConnections);
    this.#intake = new BodyIntake(bounds, {
      onBody: (whole, body) => this.#arrive(whole, body),
      onTooLarge: ({ connection, response }) => {
        this.#turnAway(connection, response, tooLarge(bounds.maxBodyBytes));
      },
      onBroken: ({ connection }) => {
        if (!connection.isClosing) this.#tell(BROKEN_OFF, connection);
      },
    });
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
    this.#turnAway(connection, response, rejection);
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
      this.#cutOff(socket, answerToFault(error, this.#faultAnswers));
    });
  }

  #welcome(socket: Socket): void {
    const { maxConnections } = this.#options.bounds;
    const hasPlace = this.#places.take(socket);
    if (!hasPlace && this.#connections.size >= 2 * maxConnections) {
      socket.destroy();
      return;
    }
    const connection = new SenderConnection(socket, {
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
    const rejection = this.#closed ?? this.#checkHead(request, headers);
    if (rejection !== undefined) {
      this.#turnAway(connection, response, rejection);
      return false;
    }
    this.#intake.read({ connection, request, response, headers });
    return true;
  }

  #arrive(whole: WholeRequest, body: Buffer): void {
    const { connection, request, response } = whole;
    this.#unanswered += 1;
    connection.took();
    this.#places.owe(request.socket);
    response.on('close', connection.onAnswered);
    if (this.#closed === undefined) {
      this.#onWholeRequest?.(whole, body);
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

  #turnAway(
    connection: SenderConnection | undefined,
    response: ServerResponse,
    rejection: Rejection,
  ): void {
    if (connection === undefined || connection.isClosing) return;
    connection.closeGently();
    refuse(response, rejection, 'last');
    this.#tell(rejection, connection);
  }

  /** Refuses where there is no request to answer. */
  #cutOff(socket: Duplex, rejection: Rejection | undefined): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined || rejection === undefined) {
      socket.destroy();
      return;
    }
    if (connection.isClosing) return;
    connection.refuse(rejection);
    this.#tell(rejection, connection);
  }

  #tell({ status, reason }: Rejection, { remote }: SenderConnection): void {
    this.#options.onRefused({ kind: 'refused', status, reason, remote });
  }
}
