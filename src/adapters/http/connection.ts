import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { ResolvedTarget } from '../resolve-target.js';
import { type InterimAnswers, takeOutInterimAnswers } from './interim-answers.js';
import { openSocket, readyEvent, type SocketOptions } from './open-socket.js';

const IDLE_LIMIT_MS = 1000;
const HEAD_LIMIT_BYTES = 64 * 1024;

/** One undici client, which holds at most one socket at a time. */
export class Connection {
  readonly client: Client;
  /** How many requests were answered on it. */
  answers = 0;
  /** True once the receiver's machine accepted the connection, before any TLS. */
  reached = false;
  #socket: Socket | undefined;
  #interim: InterimAnswers | undefined;
  /** True from the moment a request is written until the connection rests again. */
  #busy = false;
  #idleSinceMs = 0;
  readonly #target: ResolvedTarget;
  readonly #options: SocketOptions;

  /** `onHangUp` is called when the receiver closes the socket while no request is on it. */
  constructor(target: ResolvedTarget, options: SocketOptions, onHangUp: () => void) {
    this.#target = target;
    this.#options = options;
    this.client = new Client(target.origin, {
      pipelining: 1,
      // Its own timers are too coarse: an attempt keeps its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: HEAD_LIMIT_BYTES,
      keepAliveTimeout: IDLE_LIMIT_MS,
      keepAliveMaxTimeout: IDLE_LIMIT_MS,
      keepAliveTimeoutThreshold: IDLE_LIMIT_MS,
      connect: (_options, callback) => this.#connect(callback),
    });
    this.client.on('disconnect', (_origin, _clients, error) => {
      if (!this.#busy && !isOwnDoing(error.code)) onHangUp();
    });
  }

  /** Bytes handed to the socket that the receiver's machine has not taken yet. */
  get unsentBytes(): number {
    return this.#socket?.writableLength ?? 0;
  }

  get isOpen(): boolean {
    return this.#socket !== undefined && !this.#socket.destroyed;
  }

  /** To be called just before a request is written. */
  begin(): void {
    this.#busy = true;
    this.#interim?.expectAnswer();
  }

  rest(): void {
    this.#busy = false;
    this.#idleSinceMs = performance.now();
  }

  /** Whether the receiver may still be expected to read from it. */
  isFresh(): boolean {
    return this.isOpen && performance.now() - this.#idleSinceMs < IDLE_LIMIT_MS;
  }

  /** Resolves when the socket is closed. */
  async destroy(): Promise<void> {
    // The client first: a socket destroyed under a client that parses makes undici throw.
    await this.client.destroy();
    const socket = this.#socket;
    if (socket === undefined || socket.closed) return;
    await new Promise((resolve) => socket.once('close', resolve).destroy());
  }

  #connect(callback: (...result: [null, Socket] | [Error, null]) => void): void {
    const socket = openSocket(this.#target, this.#options);
    this.#socket = socket;
    this.#interim = takeOutInterimAnswers(socket);
    this.answers = 0;
    this.reached = false;
    socket.once('connect', () => {
      this.reached = true;
    });
    const ready = () => {
      socket.off('error', failed);
      callback(null, socket);
    };
    const failed = (error: Error) => callback(error, null);
    socket.once('error', failed).once(readyEvent(this.#target), ready);
  }
}

/** undici closed the socket itself: the answer asked for it, it was idle too long, or we ended it. */
function isOwnDoing(code: string): boolean {
  return code === 'UND_ERR_INFO' || code === 'UND_ERR_DESTROYED';
}
