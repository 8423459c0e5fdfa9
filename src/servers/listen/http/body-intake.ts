import type { IncomingMessage } from 'node:http';
import { readBoundedBody } from '../../http/bounded-body.js';

/** A request whose body is being read. */
export interface RequestBeingRead {
  readonly request: IncomingMessage;
}

/** Exactly one of these is called for each request, once. */
export interface IntakeEvents<R extends RequestBeingRead> {
  onBody(read: R, body: Buffer): void;
  onTooLarge(read: R): void;
  /** The connection ended, or its time did, before the body was whole. */
  onBroken(read: R): void;
}

export interface IntakeLimits {
  readonly maxBodyBytes: number;
  readonly maxHeldBytes: number;
}

/** Bodies up to this size, as web hooks are, never wait for large ones. */
const SMALL_BYTES = 64 * 1024;

/** Reads bodies, and makes senders of large ones take turns while too much is in memory. */
export class BodyIntake<R extends RequestBeingRead> {
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

  read(read: R): void {
    const { request } = read;
    let heldBytes = 0;
    const giveUp = () => {
      this.#large.delete(request);
      this.release(heldBytes);
    };
    readBoundedBody(request, this.#limits.maxBodyBytes, {
      onMore: (bytes, bodyBytes) => {
        heldBytes = bodyBytes;
        this.#heldBytes += bytes;
        if (bodyBytes > SMALL_BYTES) this.#takeTurns(request);
      },
      onWhole: (body) => {
        if (heldBytes > SMALL_BYTES) this.#large.delete(request);
        this.#events.onBody(read, body);
      },
      onTooLarge: () => {
        giveUp();
        this.#events.onTooLarge(read);
      },
      onBroken: () => {
        giveUp();
        this.#events.onBroken(read);
      },
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
