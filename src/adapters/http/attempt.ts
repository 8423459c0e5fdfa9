// The room of HTTP going out: one POST, its timer, and what came of it.
import type { Dispatcher } from 'undici';
import type { Outcome, OutgoingRequest, SendOptions } from '../../ports.js';
import { LONGEST_TIMER_MS } from '../longest-timer.js';
import type { Abortable, Watched } from './abort-watch.js';
import { IncomingAnswer } from './answer.js';
import { switchedProtocols } from './answer-failure.js';
import type { AttemptSettling } from './attempt-settling.js';
import type { Connection } from './connection.js';
import type { Connections } from './connections.js';
import { codeOf } from './error-code.js';
import { failureOf } from './failure.js';
import { postOptions } from './post-options.js';
import { type AttemptStage, peerOf } from './scene.js';

const BODY_LIMIT_MS = 1000;
/** undici's codes for a request that it cannot send as it stands. */
const OUR_MISTAKES = [
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
];

/**
 * One POST on its way: the handler undici calls, and the owner of the attempt's timer. Its methods
 * bear undici's older names, which cost less per request and tell when the request was written.
 */
export class Attempt implements Dispatcher.DispatchHandler, Abortable {
  readonly #connections: Connections;
  readonly #request: OutgoingRequest;
  readonly #options: SendOptions;
  readonly #settle: AttemptSettling;
  readonly #startedMs = performance.now();
  readonly #shares: boolean;
  readonly #watched: Watched | undefined;
  #connection: Connection;
  #timer: NodeJS.Timeout;
  #written = false;
  #answering = false;
  #answer: IncomingAnswer | undefined;
  #over = false;

  constructor(
    connections: Connections,
    request: OutgoingRequest,
    options: SendOptions,
    settle: AttemptSettling,
  ) {
    this.#connections = connections;
    this.#request = request;
    this.#options = options;
    this.#settle = settle;
    this.#shares = connections.admit() === 'shared' && !options.freshConnection;
    this.#connection = this.#shares ? connections.take() : connections.openNew();
    const timeoutMs = Math.min(options.timeoutMs, LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.#timeOut(), timeoutMs);
    this.#watched = connections.aborts.add(options.signal, this);
  }

  start(): void {
    const { path } = this.#connections.target;
    const options = postOptions(path, this.#request, this.#shares ? 'keep' : 'close');
    this.#connection.client.dispatch(options, this);
  }

  abort(): void {
    if (this.#answer !== undefined) this.#endBody();
    else this.#abandon({ kind: 'cancelled' });
  }

  onConnect(abort: () => void): void {
    this.#connection.begin();
    if (this.#over) abort();
  }

  onRequestSent(): void {
    this.#written = true;
    try {
      this.#options.onWritten?.();
    } catch (bug) {
      this.#crash(bug);
    }
  }

  onResponseStarted(): void {
    this.#answering = true;
  }

  onHeaders(status: number, rawHeaders: Buffer[]): boolean {
    if (this.#over) return true;
    const ms = this.#elapsedMs();
    if (status === 101)
      this.#abandon({ kind: 'broken', reason: switchedProtocols(peerOf({})), ms });
    else if (ms >= this.#options.timeoutMs) this.#timeOut();
    else if (status >= 200) this.#takeHead(status, ms, rawHeaders);
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#answer?.add(chunk) === 'enough') this.#endBody();
    return true;
  }

  onComplete(): void {
    if (this.#over || this.#answer === undefined) return;
    const outcome = this.#answer.outcome('whole');
    if (this.#shares) this.#rest(outcome);
    else this.#abandon(outcome);
  }

  onError(error: Error): void {
    if (this.#over) return;
    const code = codeOf(error);
    if (this.#answer !== undefined) this.#endBody();
    else if (OUR_MISTAKES.includes(code)) this.#crash(error);
    else if (code === 'UND_ERR_DESTROYED') this.#abandon({ kind: 'cancelled' });
    else if (!this.#written && this.#connection.answers > 0) this.#startAfresh();
    else this.#abandon(this.#failed(error));
  }

  #takeHead(status: number, ms: number, rawHeaders: Buffer[]): void {
    const { keepBodyBytes = 0 } = this.#options;
    this.#answer = new IncomingAnswer(status, ms, rawHeaders, keepBodyBytes);
    this.#connections.spokeHttp = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#endBody(), BODY_LIMIT_MS);
  }

  #timeOut(): void {
    const ms = Math.max(this.#elapsedMs(), this.#options.timeoutMs);
    this.#abandon({ kind: 'timed-out', ms });
  }

  /** The outcome stands once the head is there, whatever becomes of the body. */
  #endBody(): void {
    if (this.#answer !== undefined) this.#abandon(this.#answer.outcome('cut'));
  }

  /** The kept-alive connection closed before anything was written to it: nothing was sent yet. */
  #startAfresh(): void {
    void this.#connections.drop(this.#connection);
    this.#connection = this.#connections.openNew();
    this.start();
  }

  #failed(error: Error): Outcome {
    const { target, spokeHttp } = this.#connections;
    const scene = { target, spokeHttp, stage: this.#stage };
    return { ...failureOf(error, scene), ms: this.#elapsedMs() };
  }

  get #stage(): AttemptStage {
    if (this.#answering) return 'answering';
    if (this.#written) return 'waiting';
    return this.#connection.reached ? 'handshake' : 'connecting';
  }

  #rest(outcome: Outcome): void {
    this.#stop();
    this.#connections.putBack(this.#connection, () => this.#settle.resolve(outcome));
  }

  #abandon(outcome: Outcome): void {
    if (this.#over) return;
    this.#stop();
    this.#dropConnection();
    this.#settle.resolve(outcome);
  }

  #crash(bug: unknown): void {
    this.#stop();
    this.#dropConnection();
    this.#settle.reject(bug);
  }

  #stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#connections.aborts.remove(this.#watched);
  }

  /** Deferred, because undici may be calling us, and cannot be destroyed in the middle of that. */
  #dropConnection(): void {
    const connection = this.#connection;
    queueMicrotask(() => void this.#connections.drop(connection));
  }

  #elapsedMs(): number {
    return performance.now() - this.#startedMs;
  }
}
