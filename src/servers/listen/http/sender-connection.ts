import type { Socket } from 'node:net';
import { linger, lingerAfterAnswer } from '../../http/linger.js';
import { type Refusal, refuseSocket } from '../../http/refusal.js';

/** A pipelining sender gets no further ahead of the answers than this. */
const MOST_UNANSWERED = 16;

export interface SenderEvents {
  /** True while senders have to wait. */
  readonly isCrowded: () => boolean;
  /** Called after each answer that is out, or never will be. */
  readonly onAnswered: () => void;
}

/** One sender's connection. */
export class SenderConnection {
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

  constructor(socket: Socket, { isCrowded, onAnswered }: SenderEvents) {
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

  /** Takes nothing more, and makes closing wait for what the sender is still sending. */
  closeGently(): void {
    this.#isClosing = true;
    lingerAfterAnswer(this.#socket, () => this.#linger());
  }

  #end(refusal: Refusal): void {
    refuseSocket(this.#socket, refusal, () => this.#linger());
  }

  #linger(): void {
    this.#isPaused = false;
    linger(this.#socket);
  }
}
