import type { IncomingMessage } from 'node:http';

/** A request whose body is being read. */
export interface Reading {
  readonly request: IncomingMessage;
}

/** Exactly one of these is called for each reading, once. */
export interface IntakeEvents<R extends Reading> {
  onBody(reading: R, body: Buffer): void;
  onTooLarge(reading: R): void;
  /** The connection ended, or its time did, before the body was whole. */
  onBroken(reading: R): void;
}

export interface IntakeLimits {
  readonly maxBodyBytes: number;
  readonly maxHeldBytes: number;
}

/** Bodies up to this size, as web hooks are, never wait for large ones. */
const SMALL_BYTES = 64 * 1024;

/** Reads bodies, and makes senders of large ones take turns while too much is in memory. */
export class BodyIntake<R extends Reading> {
  readonly #limits: IntakeLimits;
  readonly #events: IntakeEvents<R>;
  readonly #large = new Set<IncomingMessage>();
  #heldBytes = 0;

  constructor(limits: IntakeLimits, events: IntakeEvents<R>) {
    this.#limits = limits;
    this.#events = events;
  }

  get isCrowded(): boolean {
    return this.#heldBytes > this.#limits.maxHeldBytes;
  }

  read(reading: R): void {
    const { request } = reading;
    let chunks: Buffer[] | undefined = [];
    let bodyBytes = 0;
    const giveUp = () => {
      chunks = undefined;
      this.#large.delete(request);
      this.release(bodyBytes);
    };
    request.on('data', (chunk: Buffer) => {
      if (chunks === undefined) return;
      chunks.push(chunk);
      bodyBytes += chunk.length;
      this.#heldBytes += chunk.length;
      if (bodyBytes > this.#limits.maxBodyBytes) {
        giveUp();
        this.#events.onTooLarge(reading);
      } else if (bodyBytes > SMALL_BYTES) this.#takeTurns(request);
    });
    request.on('end', () => {
      if (chunks === undefined) return;
      if (bodyBytes > SMALL_BYTES) this.#large.delete(request);
      this.#events.onBody(reading, joined(chunks));
      chunks = undefined;
    });
    request.on('error', () => {
      if (chunks === undefined) return;
      giveUp();
      this.#events.onBroken(reading);
    });
  }

  /** Says that a body that was read is needed no more. */
  release(bodyBytes: number): void {
    this.#heldBytes -= bodyBytes;
    if (this.#large.size > 0) this.#proceed();
  }

  #takeTurns(request: IncomingMessage): void {
    this.#large.add(request);
    const [first] = this.#large;
    if (this.isCrowded && request !== first) request.pause();
  }

  /** The first of the large ones always goes on, so that they end one after the other. */
  #proceed(): void {
    for (const request of this.#large) {
      request.resume();
      if (this.isCrowded) return;
    }
  }
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
