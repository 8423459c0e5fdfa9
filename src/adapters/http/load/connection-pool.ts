import type { ResolvedTarget } from '../../resolve-target.js';
import type { SocketOptions } from '../open-socket.js';
import { Deadlines } from './deadlines.js';
import { LoadConnection } from './load-connection.js';

/** After that a receiver may have stopped to wait for another request. */
const IDLE_LIMIT_MS = 1_000;
/**
 * How long a connection rests after its first answer. A receiver that closes each connection without
 * saying so has done it by then, so that no request is ever written into a connection being closed.
 */
const FIRST_REST_MS = 5;

/** The open connections of one target, and which of them are free. */
export class ConnectionPool {
  readonly #target: ResolvedTarget;
  readonly #options: SocketOptions;
  readonly #open = new Set<LoadConnection>();
  readonly #free: LoadConnection[] = [];
  readonly #idle = new Deadlines<LoadConnection>(IDLE_LIMIT_MS, (idle) => void this.drop(idle));
  /** Since this turn of the event loop, and since the one before. */
  #resting: (() => void)[] = [];
  #rested: (() => void)[] = [];
  #isClosed = false;
  #keepsAlive = true;

  constructor(target: ResolvedTarget, options: SocketOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** False once the receiver closed a connection of its own accord: none is used twice then. */
  get keepsAlive(): boolean {
    return this.#keepsAlive;
  }

  /** The connection that was used last, or a new one. */
  take(): LoadConnection {
    for (let last = this.#free.pop(); last !== undefined; last = this.#free.pop()) {
      this.#idle.remove(last);
      if (last.isGood) return last;
      void this.drop(last);
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
    if (isFirst && connection.isOpen) setTimeout(release, FIRST_REST_MS);
    else this.#rest(release);
  }

  async drop(connection: LoadConnection): Promise<void> {
    this.#idle.remove(connection);
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
    const connection = new LoadConnection(this.#target, this.#options, (ended) => {
      this.#keepsAlive = false;
      void this.drop(ended);
    });
    this.#open.add(connection);
    return connection;
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
    this.#idle.add(connection, performance.now());
  }
}
