import type { Socket } from 'node:net';
import type { ResolvedTarget } from '../../resolve-target.js';
import { type InterimAnswers, takeOutInterimAnswers } from '../interim-answers.js';
import { openSocket, readyEvent, type SocketOptions } from '../open-socket.js';
import type { AttemptStage } from '../scene.js';
import { AnswerReader } from './answer-reader.js';
import type { MemberWait } from './deadlines.js';
import type { RequestPlace, WriteRequest } from './request-bytes.js';

/** Who uses a connection for the moment. */
export interface ConnectionUser {
  /** The last byte of the request has been handed to the socket. */
  onWritten(): void;
  /** Something of the answer came, which may be the end of it. */
  onAnswer(reader: AnswerReader): void;
  /** There will be no more of it. */
  onBroken(error: Error): void;
}

/** Who wants to know more of a connection than its requests do. */
export interface ConnectionWatcher {
  /** It has been accepted at this address. */
  onReached(address: string): void;
  /** The socket ended, or spoke, while no request was on it. */
  onHangUp(connection: LoadConnection): void;
}

/** As Node says it of its own clients. */
const HANG_UP = 'socket hang up';

const LONGEST_OPENING_MS = 1_000;

/** One socket that carries one request after the other. */
export class LoadConnection {
  /** How many requests were answered on it. */
  answers = 0;
  /** Since when no request is on it, on the monotonic clock. */
  restsSinceMs = 0;
  /** It is closed after its first answer. */
  servesOnce = false;
  /** The wait after which it is closed, while it is free. */
  idleWait: MemberWait<LoadConnection> | undefined;
  readonly #socket: Socket;
  readonly #readyEvent: ReturnType<typeof readyEvent>;
  readonly #interim: InterimAnswers;
  readonly #place: RequestPlace = { bytes: Buffer.alloc(0) };
  readonly #reader = new AnswerReader();
  readonly #watcher: ConnectionWatcher;
  #user: ConnectionUser | undefined;
  /** A request until the connection has come about, with its TLS. */
  #waiting: Buffer | undefined;
  #isReached = false;
  #isReady = false;
  #isOpen = true;
  #isDropped = false;
  #error: Error | undefined;

  constructor(target: ResolvedTarget, options: SocketOptions, watcher: ConnectionWatcher) {
    this.#watcher = watcher;
    const socket = openSocket(target, options);
    this.#socket = socket;
    this.#readyEvent = readyEvent(target);
    this.#interim = takeOutInterimAnswers(socket);
    socket.once('connect', () => {
      this.#isReached = true;
      if (socket.remoteAddress !== undefined) watcher.onReached(socket.remoteAddress);
    });
    socket.once(this.#readyEvent, () => {
      this.#isReady = true;
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting !== undefined) this.#write(waiting);
    });
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => this.#end());
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => this.#break(this.#error ?? new Error(HANG_UP)));
  }

  /** How far a request on it has come. */
  get stage(): AttemptStage {
    if (this.#reader.place !== 'waiting') return 'answering';
    if (this.#isReady) return 'waiting';
    return this.#isReached ? 'handshake' : 'connecting';
  }

  /** It can carry another request: it is open, and all that was written has been taken. */
  get isGood(): boolean {
    return this.#isOpen && this.#socket.writableLength === 0 && !this.#reader.hasMore;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Resolves when it has come about, or has failed, or takes longer than anybody waits for. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, LONGEST_OPENING_MS);
      this.#socket.once(this.#readyEvent, done).once('close', done);
    });
  }

  /** A good connection has sent the request before, so that its place is free. */
  use(user: ConnectionUser, write: WriteRequest): void {
    this.#user = user;
    this.#reader.expectAnswer();
    this.#interim.expectAnswer();
    const request = write(this.#place);
    if (this.#isReady) this.#write(request);
    else this.#waiting = request;
  }

  #write(request: Buffer): void {
    this.#socket.write(request);
    this.#user?.onWritten();
  }

  /** The answer is whole; the connection stays open. */
  leave(): void {
    this.#user = undefined;
    this.answers += 1;
    this.restsSinceMs = performance.now();
  }

  /** Resolves when the socket is closed. */
  destroy(): Promise<void> {
    this.#user = undefined;
    this.#isOpen = false;
    this.#isDropped = true;
    if (this.#socket.closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
      this.#socket.destroy();
    });
  }

  #take(chunk: Buffer): void {
    const user = this.#user;
    if (user === undefined) return this.#hangUp();
    const fault = this.#faultOf(chunk);
    user.onAnswer(this.#reader);
    if (fault !== undefined) this.#break(fault);
  }

  /** Reads on, and says what is wrong with it: what came before that counts. */
  #faultOf(chunk: Buffer): Error | undefined {
    try {
      this.#reader.take(chunk);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #end(): void {
    // Why TLS did not come about is said by the error that follows.
    if (!this.#isReady) return;
    this.#isOpen = false;
    if (this.#user === undefined) return this.#hangUp();
    if (this.#reader.end() === 'complete') this.#user.onAnswer(this.#reader);
    else this.#break(new Error(HANG_UP));
  }

  #break(error: Error): void {
    this.#isOpen = false;
    const user = this.#user;
    this.#user = undefined;
    if (user === undefined) this.#hangUp();
    else user.onBroken(error);
  }

  #hangUp(): void {
    this.#isOpen = false;
    if (!this.#isDropped) this.#watcher.onHangUp(this);
  }
}
