import type { Outcome, OutgoingRequest, SendOptions } from '../../../ports.js';
import type { Watched } from '../abort-watch.js';
import { switchedProtocols } from '../answer-failure.js';
import type { AttemptSettling } from '../attempt-settling.js';
import { failureOf } from '../failure.js';
import { peerOf } from '../scene.js';
import type { AnswerReader } from './answer-reader.js';
import type { MemberWait } from './deadlines.js';
import type { ConnectionUser, LoadConnection } from './load-connection.js';
import type { LimitedAttempt, LoadLine } from './load-line.js';
import type { RequestWriter } from './request-bytes.js';

/** One POST on its way. */
export class LoadAttempt implements ConnectionUser, LimitedAttempt {
  readonly #line: LoadLine;
  readonly #connection: LoadConnection;
  readonly #settle: AttemptSettling;
  readonly #onWritten: SendOptions['onWritten'];
  readonly #watched: Watched | undefined;
  readonly #limit: MemberWait<LimitedAttempt>;
  #bodyLimit: MemberWait<LimitedAttempt> | undefined;
  readonly #startedMs = performance.now();
  #head: Outcome | undefined;
  #isOver = false;

  constructor(
    line: LoadLine,
    { signal, onWritten }: Pick<SendOptions, 'signal' | 'onWritten'>,
    settle: AttemptSettling,
  ) {
    this.#line = line;
    this.#onWritten = onWritten;
    this.#settle = settle;
    this.#connection = line.pool.take();
    this.#limit = line.limits.add(this, this.#startedMs);
    this.#watched = line.aborts.add(signal, this);
  }

  start(request: OutgoingRequest, write: RequestWriter): void {
    const { servesOnce } = this.#connection;
    try {
      this.#connection.use(this, write(request, this.#line.pool.keepsAlive && !servesOnce));
    } catch (bug) {
      this.#crash(bug);
    }
  }

  onWritten(): void {
    try {
      this.#onWritten?.();
    } catch (bug) {
      this.#crash(bug);
    }
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
    else if (isNew) this.#bodyLimit = this.#line.bodyLimits.add(this, performance.now());
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
    this.#line.limits.end(this.#limit);
    this.#head = { kind: 'responded', status, ms };
  }

  #complete(outcome: Outcome, reader: AnswerReader): void {
    const { pool } = this.#line;
    const isKept = reader.head?.keepsAlive === true && !this.#connection.servesOnce;
    if (!isKept || !pool.keepsAlive) return this.#abandon(outcome);
    this.#stop();
    pool.putBack(this.#connection, () => this.#settle.resolve(outcome));
  }

  #abandon(outcome: Outcome): void {
    if (this.#isOver) return;
    this.#stop();
    void this.#line.pool.drop(this.#connection);
    this.#settle.resolve(outcome);
  }

  #crash(bug: unknown): void {
    this.#stop();
    void this.#line.pool.drop(this.#connection);
    this.#settle.reject(bug);
  }

  #stop(): void {
    this.#isOver = true;
    const { limits, bodyLimits, aborts } = this.#line;
    limits.end(this.#limit);
    bodyLimits.end(this.#bodyLimit);
    aborts.remove(this.#watched);
  }

  #elapsedMs(): number {
    return performance.now() - this.#startedMs;
  }
}
