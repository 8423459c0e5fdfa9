import type { Socket } from 'node:net';
import { type Refusal, refusalText } from './refusal.js';

/** A pipelining sender gets no further ahead of the answers than this. */
const MOST_UNANSWERED = 16;
/** How long what is still coming in is read and thrown away, so that the sender gets to the answer. */
const LINGER_MS = 1_000;

export interface ConnectionOptions {
  /** True while senders have to wait. */
  readonly isCrowded: () => boolean;
  /** Called after each answer that is out, or never will be. */
  readonly onAnswered: () => void;
}

/** One sender's connection. */
export class Connection {
  readonly remote: string;
  /** To be called when an answer is out, or its connection is gone. */
  readonly onAnswered: () => void;
  readonly #socket: Socket;
  readonly #isCrowded: () => boolean;
  #isClosing = false;
  #isPaused = false;
  #unanswered = 0;
  /** To be sent when the answers before it are out. */
  #lastWord: Refusal | undefined;

  constructor(socket: Socket, { isCrowded, onAnswered }: ConnectionOptions) {
    this.remote = `${socket.remoteAddress}:${socket.remotePort}`;
    this.#socket = socket;
    this.#isCrowded = isCrowded;
    socket.on('resume', () => this.#stayPaused());
    this.onAnswered = () => {
      this.#answered();
      onAnswered();
    };
  }

  /** Nothing more is taken from it. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Counts a whole request, and reads no further while there are many, or too much of others. */
  took(): void {
    this.#unanswered += 1;
    const isAhead = this.#unanswered >= MOST_UNANSWERED || this.#isCrowded();
    if (!isAhead || this.#isPaused) return;
    this.#isPaused = true;
    this.#socket.pause();
  }

  /** Node resumes a socket at the end of every request, to look for the next one. */
  #stayPaused(): void {
    if (this.#isPaused) this.#socket.pause();
  }

  #answered(): void {
    this.#unanswered -= 1;
    if (this.#unanswered === 0 && this.#lastWord !== undefined) this.#end(this.#lastWord);
    if (!this.#isPaused || this.#unanswered > (this.#isCrowded() ? 0 : MOST_UNANSWERED / 2)) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  /**
   * Answers where there is no request to answer, once the answers before are out. What came whole
   * in the same bytes is only heard of after this.
   */
  refuse(refusal: Refusal): void {
    this.#isClosing = true;
    setImmediate(() => {
      if (this.#unanswered === 0) this.#end(refusal);
      else this.#lastWord = refusal;
    });
  }

  /**
   * Takes nothing more, and makes closing wait for what the sender is still sending. Closed at once,
   * the connection would be reset, and a sender in the middle of a body would never see the answer
   * (RFC 9112, section 9.6).
   */
  closeGently(): void {
    this.#isClosing = true;
    this.#socket.destroySoon = () => {
      this.#socket.end();
      this.#linger();
    };
  }

  #end(refusal: Refusal): void {
    if (!this.#socket.writable) {
      this.#socket.destroy();
      return;
    }
    this.#socket.end(refusalText(refusal));
    this.#linger();
  }

  #linger(): void {
    const socket = this.#socket;
    this.#isPaused = false;
    socket.resume();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.once('end', () => socket.destroy());
    socket.once('close', () => clearTimeout(timer));
  }
}
