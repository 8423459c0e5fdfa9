import type { ResolvedTarget } from '../resolve-target.js';
import { AbortWatch } from './abort-watch.js';
import { Connection } from './connection.js';
import type { SocketOptions } from './open-socket.js';

/**
 * How long a connection rests after its first answer. A receiver that closes each connection without
 * saying so has done it by then, so that no request is ever written into a connection being closed.
 */
const FIRST_REST_MS = 5;

/** The open connections of one target, and which of them are free. */
export class Connections {
  readonly target: ResolvedTarget;
  readonly aborts = new AbortWatch();
  /** Whether the receiver has ever given a valid answer. */
  spokeHttp = false;
  readonly #options: SocketOptions;
  readonly #open = new Set<Connection>();
  readonly #free: Connection[] = [];
  #keepsAlive = true;
  #closed = false;

  constructor(target: ResolvedTarget, options: SocketOptions) {
    this.target = target;
    this.#options = options;
  }

  /** False once the receiver closed a kept-alive connection of its own accord: none is reused then. */
  get keepsAlive(): boolean {
    return this.#keepsAlive;
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

  drop(connection: Connection): Promise<void> {
    this.#open.delete(connection);
    return connection.destroy();
  }

  async closeAll(): Promise<void> {
    this.#closed = true;
    this.#free.length = 0;
    await Promise.all([...this.#open].map((connection) => this.drop(connection)));
  }

  #release(connection: Connection, done: () => void): void {
    const reusable = this.#keepsAlive && connection.isOpen && connection.unsentBytes === 0;
    if (reusable && this.#open.has(connection)) this.#free.push(connection);
    else void this.drop(connection);
    done();
  }
}
