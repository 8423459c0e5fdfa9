import type { Duplex } from 'node:stream';

/**
 * Places for so many connections. When all are taken, a newcomer gets that of the connection which
 * has been waiting longest without having made a whole request: nobody keeps others out by doing nothing.
 */
export class Places {
  readonly #most: number;
  /** Connections that are owed no answer; those that have waited longest come first. */
  readonly #waiting = new Set<Duplex>();
  /** Connections with the number of answers they are owed. */
  readonly #busy = new Map<Duplex, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** False when every connection there is waits for an answer. */
  take(socket: Duplex): boolean {
    if (this.#waiting.size + this.#busy.size >= this.#most && !this.#makeRoom()) return false;
    this.#waiting.add(socket);
    socket.once('close', () => this.#leave(socket));
    return true;
  }

  /** A whole request has come, and is owed an answer. */
  owe(socket: Duplex): void {
    const owed = this.#busy.get(socket);
    if (owed === undefined && !this.#waiting.delete(socket)) return;
    this.#busy.set(socket, (owed ?? 0) + 1);
  }

  /** An answer is out, or never will be. */
  settle(socket: Duplex): void {
    const owed = this.#busy.get(socket);
    if (owed === undefined) return;
    if (owed > 1) {
      this.#busy.set(socket, owed - 1);
      return;
    }
    this.#busy.delete(socket);
    if (!socket.destroyed) this.#waiting.add(socket);
  }

  #makeRoom(): boolean {
    const [longest] = this.#waiting;
    if (longest === undefined) return false;
    this.#leave(longest);
    longest.destroy();
    return true;
  }

  #leave(socket: Duplex): void {
    this.#waiting.delete(socket);
    this.#busy.delete(socket);
  }
}
