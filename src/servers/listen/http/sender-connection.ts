import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RefusedRecord } from '../../../listening/records.js';
import { linger, lingerAfterAnswer } from '../../http/linger.js';
import type { Places } from '../../http/places.js';
import { refuse, refuseSocket } from '../../http/refusal.js';
import { BROKEN_OFF, type Rejection } from './rejection.js';

/** A pipelining sender gets no further ahead of the answers than this. */
const MOST_UNANSWERED = 16;

/** What connections share. */
export interface ConnectionHost {
  readonly places: Places;
  /** True while senders have to wait. */
  readonly isCrowded: () => boolean;
  /** Called after each answer to a whole request that is out, or never will be. */
  readonly onAnswered: () => void;
  readonly onRefused: (record: RefusedRecord) => void;
}

/** One sender's connection. */
export class SenderConnection {
  readonly remote: string;
  readonly #socket: Socket;
  readonly #host: ConnectionHost;
  readonly #onAnswered = () => this.#answered();
  #isClosing = false;
  #isPaused = false;
  #unanswered = 0;
  /** To be sent when the answers before it are out. */
  #lastWord: Rejection | undefined;

  constructor(socket: Socket, host: ConnectionHost) {
    this.remote = `${socket.remoteAddress}:${socket.remotePort}`;
    this.#socket = socket;
    this.#host = host;
    socket.on('resume', () => this.#stayPaused());
  }

  /** Nothing more is taken from it. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** A whole request has come. No further is read while many are unanswered, or others sent too much. */
  owe(response: ServerResponse): void {
    const { places, isCrowded } = this.#host;
    this.#unanswered += 1;
    places.owe(this.#socket);
    response.on('close', this.#onAnswered);
    const isAhead = this.#unanswered >= MOST_UNANSWERED || isCrowded();
    if (!isAhead || this.#isPaused) return;
    this.#isPaused = true;
    this.#socket.pause();
  }

  /** Refuses a request. Closing then waits for what the sender is still sending. */
  turnAway(response: ServerResponse, rejection: Rejection): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    lingerAfterAnswer(this.#socket, () => this.#linger());
    refuse(response, rejection, 'last');
    this.#tell(rejection);
  }

  /**
   * Refuses where there is no request to answer, once the answers before are out. What came whole in
   * the same bytes is only heard of after this.
   */
  cutOff(rejection: Rejection): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    setImmediate(() => {
      if (this.#unanswered === 0) this.#end(rejection);
      else this.#lastWord = rejection;
    });
    this.#tell(rejection);
  }

  /** The sender is gone in the middle of a request. */
  breakOff(): void {
    if (!this.#isClosing) this.#tell(BROKEN_OFF);
  }

  /** Node resumes a socket at the end of every request, to look for the next one. */
  #stayPaused(): void {
    if (this.#isPaused) this.#socket.pause();
  }

  #answered(): void {
    this.#unanswered -= 1;
    if (this.#unanswered === 0 && this.#lastWord !== undefined) this.#end(this.#lastWord);
    this.#goOn();
    this.#host.places.settle(this.#socket);
    this.#host.onAnswered();
  }

  #goOn(): void {
    const most = this.#host.isCrowded() ? 0 : MOST_UNANSWERED / 2;
    if (!this.#isPaused || this.#unanswered > most) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  #end(rejection: Rejection): void {
    refuseSocket(this.#socket, rejection, () => this.#linger());
  }

  #linger(): void {
    this.#isPaused = false;
    linger(this.#socket);
  }

  #tell({ status, reason }: Rejection): void {
    this.#host.onRefused({ kind: 'refused', status, reason, remote: this.remote });
  }
}
