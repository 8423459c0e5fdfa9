import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Header } from '../../ports.js';
import type { ResolvedTarget } from '../resolve-target.js';
import { AbortWatch } from './abort-watch.js';
import { codeOf } from './error-code.js';
import { type InterimAnswers, takeOutInterimAnswers } from './interim-answers.js';
import { openSocket, type SocketOptions } from './open-socket.js';
import { type GetResult, StateRequest } from './state-request.js';

export interface ReadLimits {
  /** From the start of connecting to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Of the answer's body. */
  readonly maxBytes: number;
}

export interface ReaderOptions extends SocketOptions {
  /** Sent with each request; they replace the reader's own. */
  readonly headers: readonly Header[];
}

const MOST_IDLE = 16;
const HEAD_LIMIT_BYTES = 64 * 1024;
const HEADERS: readonly Header[] = [
  ['accept', 'application/json'],
  ['accept-encoding', 'identity'],
];
const LOST = ['ECONNRESET', 'EPIPE'];

/** Reads answers whole, within bounds whatever the server does, over connections that are kept. */
export class StateReader {
  readonly #target: ResolvedTarget;
  readonly #limits: ReadLimits;
  readonly #agent: HttpAgent;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #aborts = new AbortWatch();
  readonly #interim = new WeakMap<Socket, InterimAnswers>();

  constructor(target: ResolvedTarget, limits: ReadLimits, options: ReaderOptions) {
    this.#target = target;
    this.#limits = limits;
    this.#headers = headersWith(options.headers);
    const Agent = target.protocol === 'https:' ? HttpsAgent : HttpAgent;
    this.#agent = new Agent({ keepAlive: true, maxFreeSockets: MOST_IDLE });
    this.#agent.createConnection = () => this.#open(options);
  }

  /** Once more when a kept connection was closed just as it was used. */
  async get(path: string, signal: AbortSignal | undefined): Promise<GetResult> {
    const endMs = performance.now() + this.#limits.timeoutMs;
    const first = await this.#getOnce(path, signal, endMs);
    return isLost(first) ? this.#getOnce(path, signal, endMs) : first;
  }

  close(): void {
    this.#agent.destroy();
  }

  #open(options: SocketOptions): Socket {
    const socket = openSocket(this.#target, options);
    this.#interim.set(socket, takeOutInterimAnswers(socket));
    return socket;
  }

  #getOnce(path: string, signal: AbortSignal | undefined, endMs: number): Promise<GetResult> {
    if (signal?.aborted === true) return Promise.resolve({ kind: 'cancelled' });
    const { protocol, hostname, port } = this.#target;
    const open = protocol === 'https:' ? httpsRequest : httpRequest;
    const request = open({
      protocol,
      hostname,
      port,
      path,
      agent: this.#agent,
      headers: this.#headers,
      maxHeaderSize: HEAD_LIMIT_BYTES,
    });
    request.on('socket', (socket) => this.#interim.get(socket)?.expectAnswer());
    const bounds = {
      timeoutMs: endMs - performance.now(),
      maxBytes: this.#limits.maxBytes,
      signal,
      aborts: this.#aborts,
    };
    return new Promise((settle) => {
      new StateRequest(request, bounds, settle);
      request.end();
    });
  }
}

function headersWith(extra: readonly Header[]): Readonly<Record<string, string>> {
  const given = extra.map(([name]) => name.toLowerCase());
  return Object.fromEntries([...HEADERS.filter(([name]) => !given.includes(name)), ...extra]);
}

function isLost(result: GetResult): boolean {
  if (result.kind !== 'failed' || result.stage === 'answering') return false;
  return LOST.includes(codeOf(result.error));
}
