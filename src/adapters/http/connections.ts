import type { ResolvedTarget } from '../resolve-target.js';
import { AbortWatch } from './abort-watch.js';
import { Connection } from './connection.js';
import type { SocketOptions } from './open-socket.js';

/**
 * How long a connection rests after its first answer. A receiver that closes each connection without
 * saying so has done it by then, so that no request is ever written into a connection being closed.
 */
const FIRST_REST_MS = 25;

/** How many attempts get a connection of their own before connections are reused. */
const REUSE_AFTER_ATTEMPTS = 500;

export interface ConnectionOptions extends SocketOptions {
  /**
   * Attempts that get a connection of their own before connections are reused; by default 500. A
   * request that is written while the receiver closes a kept-alive connection is lost, and the
   * receiver looks broken. Reuse is worth that risk only where thousands are sent.
   */
  readonly reuseAfterAttempts?: number | undefined;
}

/** The open connections of one target, and which of them are free. */
export class Connections {
  readonly target: ResolvedTarget;
  readonly aborts = new AbortWatch();
  /** Whether the receiver has ever given a valid answer. */
  spokeHttp = false;
  readonly #options: ConnectionOptions;
  readonly #reuseAfter: number;
  readonly #open = new Set<Connection>();
  readonly #free: Connection[] = [];
  #attempts = 0;
  /** False once the receiver closed a kept-alive connection of its own accord: none is reused then. */
  #keepsAlive = true;
  #closed = false;

  constructor(target: ResolvedTarget, options: ConnectionOptions) {
    this.target = target;
    this.#options = options;
    this.#reuseAfter = options.reuseAfterAttempts ?? REUSE_AFTER_ATTEMPTS;
  }

  /** Counts an attempt, and says whether it may share a connection with others. */
  admit(): 'own' | 'shared' {
    this.#attempts += 1;
    return this.#keepsAlive && this.#attempts > this.#reuseAfter ? 'shared' : 'own';
  }

  /** The connection used last, if it is still good, or a new one. */
  take(): Connection {
    for (let last = this.#free.pop(); last !== undefined; last = this.#free.pop()) {
      if (last.isFresh()) return last;
      void this.drop(last);
    }
    return this.openNew();
  }

  openNew(): Connection {
    if (this.#closed) throw new Error('This transport is closed.');
    const connection = new Connection(this.target, this.#options, () => {
      this.#keepsAlive = false;
    });
    this.#open.add(connection);
    return connection;
  }

  /**
   * Frees a connection whose answer is complete, after a rest in which the receiver's closing it is
   * noticed, and calls `done` then: the next attempt finds it free instead of opening one more,
   * which a receiver that serves one connection at a time would leave waiting.
   */
  putBack(connection: Connection, done: () => void): void {
    const first = connection.answers === 0;
    connection.answers += 1;
    connection.rest();
    const release = () => this.#release(connection, done);
    setImmediate(() => {
      if (first && connection.isOpen) setTimeout(release, FIRST_REST_MS);
      else release();
    });
  }

  async drop(connection: Connection): Promise<void> {
    await connection.destroy();
    this.#open.delete(connection);
  }

  async closeAll(): Promise<void> {
    this.#closed = true;
    this.#free.length = 0;
    await Promise.all([...this.#open].map((connection) => this.drop(connection)));
  }

  #release(connection: Connection, done: () => void): void {
    const isGood = connection.isOpen && connection.unsentBytes === 0;
    if (isGood && this.#keepsAlive && !this.#closed) this.#free.push(connection);
    else void this.drop(connection);
    done();
  }
}
