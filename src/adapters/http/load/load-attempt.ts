import type { Outcome } from '../../../ports.js';
import type { Abortable } from '../abort-watch.js';
import { switchedProtocols } from '../answer-failure.js';
import { failureOf } from '../failure.js';
import { peerOf } from '../scene.js';
import type { AnswerReader } from './answer-reader.js';
import type { ConnectionUser, LoadConnection } from './load-connection.js';
import type { LimitedAttempt, LoadLine } from './load-line.js';

/** One POST on its way. */
export class LoadAttempt implements ConnectionUser, LimitedAttempt, Abortable {
  readonly #line: LoadLine;
  readonly #connection: LoadConnection;
  readonly #resolve: (outcome: Outcome) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #startedMs = performance.now();
  #head: Outcome | undefined;
  #isOver = false;

  constructor(
    line: LoadLine,
    resolve: (outcome: Outcome) => void,
    signal: AbortSignal | undefined,
  ) {
    this.#line = line;
    this.#resolve = resolve;
    this.#signal = signal;
    this.#connection = line.pool.take();
    line.limits.add(this, this.#startedMs);
    if (signal !== undefined) line.aborts.add(signal, this);
  }

  start(request: Buffer): void {
    this.#connection.use(this, request);
  }

  /** Who is interrupted once the head is there has been answered. */
  abort(): void {
    this.#abandon(this.#head ?? { kind: 'cancelled' });
  }

  timeOut(): void {
    this.#abandon({ kind: 'timed-out', ms: Math.max(this.#elapsedMs(), this.#line.timeoutMs) });
  }

  /** The outcome stands once the head is there, whatever becomes of the body. */
  endBody(): void {
    if (this.#head !== undefined) this.#abandon(this.#head);
  }

  onAnswer(reader: AnswerReader): void {
    if (this.#isOver || reader.head === undefined) return;
    const isNew = this.#head === undefined;
    if (isNew) this.#takeHead(reader.head.status);
    if (this.#isOver || this.#head === undefined) return;
    if (reader.place === 'complete') this.#complete(this.#head, reader);
    else if (reader.isLong) this.#abandon(this.#head);
    else if (isNew) this.#line.bodyLimits.add(this, performance.now());
  }

  onBroken(error: Error): void {
    if (this.#isOver) return;
    if (this.#head !== undefined) return this.#abandon(this.#head);
    const { target, spokeHttp } = this.#line;
    const scene = { target, spokeHttp, stage: this.#connection.stage };
    this.#abandon({ ...failureOf(error, scene), ms: this.#elapsedMs() });
  }

  #takeHead(status: number): void {
    const ms = this.#elapsedMs();
    if (status === 101) {
      return this.#abandon({ kind: 'broken', reason: switchedProtocols(peerOf({})), ms });
    }
    if (ms >= this.#line.timeoutMs) return this.timeOut();
    this.#line.spokeHttp = true;
    this.#line.limits.remove(this);
    this.#head = { kind: 'responded', status, ms };
  }

  #complete(outcome: Outcome, reader: AnswerReader): void {
    const { pool } = this.#line;
    if (reader.head?.keepsAlive !== true || !pool.keepsAlive) return this.#abandon(outcome);
    this.#stop();
    pool.putBack(this.#connection, () => this.#resolve(outcome));
  }

  #abandon(outcome: Outcome): void {
    if (this.#isOver) return;
    this.#stop();
    void this.#line.pool.drop(this.#connection);
    this.#resolve(outcome);
  }

  #stop(): void {
    this.#isOver = true;
    const { limits, bodyLimits, aborts } = this.#line;
    limits.remove(this);
    bodyLimits.remove(this);
    if (this.#signal !== undefined) aborts.remove(this.#signal, this);
  }

  #elapsedMs(): number {
    return performance.now() - this.#startedMs;
  }
}
