import type { ResolvedTarget } from '../../resolve-target.js';
import type { SocketOptions } from '../open-socket.js';
import { Deadlines } from './deadlines.js';
import { LoadConnection } from './load-connection.js';

/** After that a receiver may have stopped to wait for another request. */
const IDLE_LIMIT_MS = 1_000;
/** What is closed sooner after its answer is closed because of it. */
const SHORTEST_IDLE_MS = 50;
/**
 * How long a connection rests after its first answer. A receiver that closes each connection without
 * saying so has done it by then, so that no request is ever written into a connection being closed.
 */
const FIRST_REST_MS = 5;

export interface PoolOptions extends SocketOptions {
  /** How long a connection rests after its first answer, in milliseconds; 5 by default. */
  readonly firstRestMs?: number | undefined;
  /** So many requests get a connection of their own before connections are reused; none by default. */
  readonly ownConnections?: number | undefined;
}

/** The open connections of one target, and which of them are free. */
export class ConnectionPool {
  #target: ResolvedTarget;
  readonly #options: PoolOptions;
  readonly #open = new Set<LoadConnection>();
  readonly #free: LoadConnection[] = [];
  readonly #idle = new Deadlines<LoadConnection>(IDLE_LIMIT_MS, (idle) => void this.drop(idle));
  /** Since this turn of the event loop, and since the one before. */
  #resting: (() => void)[] = [];
  #rested: (() => void)[] = [];
  #idleLimitMs = IDLE_LIMIT_MS;
  #isClosed = false;
  /** So many requests to come have a connection of their own. */
  #ownLeft: number;
  #keepsAlive = true;

  constructor(target: ResolvedTarget, options: PoolOptions) {
    this.#target = target;
    this.#options = options;
    this.#ownLeft = options.ownConnections ?? 0;
  }

  /** False once the receiver closed a connection soon after its answer: none is used twice then. */
  get keepsAlive(): boolean {
    return this.#keepsAlive;
  }

  /** Opens connections that nobody uses yet. Those that do not come about are heard of by who sends. */
  async open(count: number): Promise<void> {
    const opened = Array.from({ length: count }, () => this.#openNew());
    await Promise.all(opened.map((connection) => connection.settled()));
    for (const connection of opened) {
      connection.restsSinceMs = performance.now();
      this.#release(connection);
    }
  }

  /**
   * The connection that has rested longest, or a new one. Were it the one used last, those that a
   * moment of many requests has opened would be closed in the next quiet one, and opened again: at
   * thousands of requests a second connecting is what costs most.
   */
  take(): LoadConnection {
    if (this.#ownLeft > 0) {
      this.#ownLeft -= 1;
      const own = this.#openNew();
      own.servesOnce = true;
      return own;
    }
    for (let first = this.#free.shift(); first !== undefined; first = this.#free.shift()) {
      this.#idle.end(first.idleWait);
      const idleMs = performance.now() - first.restsSinceMs;
      if (first.isGood && idleMs < this.#idleLimitMs) return first;
      void this.drop(first);
    }
    return this.#openNew();
  }

  /** Frees a connection whose answer is whole, once it has rested, and calls `done` then. */
  putBack(connection: LoadConnection, done: () => void): void {
    const isFirst = connection.answers === 0;
    connection.leave();
    const release = () => {
      this.#release(connection);
      done();
    };
    const { firstRestMs = FIRST_REST_MS } = this.#options;
    if (isFirst && connection.isOpen) setTimeout(() => this.#rest(release), firstRestMs);
    else this.#rest(release);
  }

  async drop(connection: LoadConnection): Promise<void> {
    this.#idle.end(connection.idleWait);
    await connection.destroy();
    this.#open.delete(connection);
  }

  async closeAll(): Promise<void> {
    this.#isClosed = true;
    this.#free.length = 0;
    this.#idle.clear();
    await Promise.all([...this.#open].map((connection) => this.drop(connection)));
  }

  #openNew(): LoadConnection {
    if (this.#isClosed) throw new Error('This transport is closed.');
    const connection = new LoadConnection(this.#target, this.#options, {
      onReached: (address) => {
        this.#target = reachedAt(this.#target, address);
      },
      onHangUp: (ended) => {
        this.#noteHangUp(ended);
        void this.drop(ended);
      },
    });
    this.#open.add(connection);
    return connection;
  }

  /**
   * A receiver that closes a connection after its first answer closes each. Another, that closed one after
   * so long, may close the next after half of it.
   */
  #noteHangUp({ answers, restsSinceMs }: LoadConnection): void {
    if (answers === 0) return;
    const idleMs = performance.now() - restsSinceMs;
    if (answers < 2 || idleMs < SHORTEST_IDLE_MS) this.#keepsAlive = false;
    else this.#idleLimitMs = Math.min(this.#idleLimitMs, idleMs / 2);
  }

  /** Until another turn of the event loop is over, in which its end would be heard of. */
  #rest(release: () => void): void {
    this.#resting.push(release);
    if (this.#resting.length === 1 && this.#rested.length === 0) setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    const rested = this.#rested;
    this.#rested = this.#resting;
    this.#resting = [];
    if (this.#rested.length > 0) setImmediate(this.#turn);
    for (const release of rested) release();
  };

  #release(connection: LoadConnection): void {
    if (!connection.isGood || !this.#keepsAlive || this.#isClosed)
      return void this.drop(connection);
    this.#free.push(connection);
    connection.idleWait = this.#idle.add(connection, connection.restsSinceMs);
  }
}

/** Of several addresses the one that answered is the only one to try: trying them in turn takes time. */
function reachedAt(target: ResolvedTarget, address: string): ResolvedTarget {
  const { addresses } = target;
  const reached = addresses.length > 1 ? addresses.filter((one) => one.address === address) : [];
  return reached.length === 0 ? target : { ...target, addresses: reached };
}
