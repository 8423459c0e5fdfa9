import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { readWhole } from '../../capture/source.js';
import type { Abortable, AbortWatch, Watched } from './abort-watch.js';
import type { AttemptStage } from './scene.js';

export interface RequestBounds {
  /** Until the last byte of the answer is there. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
  readonly aborts: AbortWatch;
}

/** What a GET came to. */
export type GetResult =
  | { readonly kind: 'answered'; readonly status: number; readonly body: Buffer }
  /** The body is packed, although nobody asked for that. */
  | { readonly kind: 'encoded'; readonly encoding: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'switched' }
  | { readonly kind: 'failed'; readonly error: Error; readonly stage: AttemptStage };

/** Follows a GET that has been made to its end, and ends it where it leaves its bounds. */
export class StateRequest implements Abortable {
  readonly #request: ClientRequest;
  readonly #bounds: RequestBounds;
  readonly #settle: (result: GetResult) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #watched: Watched | undefined;
  #stage: AttemptStage = 'connecting';

  constructor(request: ClientRequest, bounds: RequestBounds, settle: (result: GetResult) => void) {
    this.#request = request;
    this.#bounds = bounds;
    this.#settle = settle;
    this.#timer = setTimeout(() => this.#leave({ kind: 'timed-out' }), bounds.timeoutMs);
    this.#watched = bounds.aborts.add(bounds.signal, this);
    request.on('socket', (socket) => this.#follow(socket));
    request.on('finish', () => {
      this.#stage = 'waiting';
    });
    request.on('upgrade', (_answer, socket) => {
      // The connection is no longer the request's own, so that newer Nodes leave it open.
      socket.destroy();
      this.#leave({ kind: 'switched' });
    });
    request.on('response', (answer) => void this.#read(answer));
    request.on('error', (error) => this.#fail(error));
  }

  abort(): void {
    this.#leave({ kind: 'cancelled' });
  }

  #follow(socket: Socket): void {
    if (!socket.connecting) return;
    socket.once('connect', () => {
      this.#stage = 'handshake';
    });
  }

  async #read(answer: IncomingMessage): Promise<void> {
    this.#stage = 'answering';
    const { statusCode: status = 0, headers } = answer;
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') return this.#leave({ kind: 'encoded', encoding });
    try {
      const read = await readWhole(answer, this.#bounds.maxBytes);
      if (read.kind === 'too-large') this.#leave({ kind: 'too-large' });
      else this.#end({ kind: 'answered', status, body: read.bytes });
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #fail(error: Error): void {
    this.#end({ kind: 'failed', error, stage: this.#stage });
  }

  #leave(result: GetResult): void {
    this.#end(result);
    this.#request.destroy();
  }

  /** What comes after the first end changes nothing any more. */
  #end(result: GetResult): void {
    clearTimeout(this.#timer);
    this.#bounds.aborts.remove(this.#watched);
    this.#settle(result);
  }
}
