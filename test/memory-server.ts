import { createHistogram } from 'node:perf_hooks';
import type { ConnectedTarget, Surroundings } from '../src/cli/world.js';
import type {
  Header,
  Outcome,
  OutgoingRequest,
  ProbeReading,
  SendOptions,
  StateProbe,
} from '../src/ports.js';
import { SimulatedClock } from './simulated-clock.js';

/** Stands in for the network and the time. */
export interface Outside {
  readonly clock: SimulatedClock;
  readonly takesConnections: () => Promise<boolean>;
  readonly connect: (url: string) => Promise<ConnectedTarget>;
  readonly openStateProbe: (template: string) => Promise<StateProbe>;
  readonly openLoad: Surroundings['openLoad'];
}

export interface MemoryRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  /** So many of its bytes come first. */
  readonly firstBytes?: number;
}

export interface MemoryAnswer {
  readonly status: number;
  readonly headers?: readonly Header[];
  readonly body?: string;
}

/** An answer; or none, ever. */
export type Answering = (
  request: MemoryRequest,
) => MemoryAnswer | undefined | Promise<MemoryAnswer | undefined>;

/** The way over the loopback, in milliseconds. */
const WAY_MS = 1;
const NEVER = new Promise<never>(() => {});

/** An HTTP server without a socket: whoever reaches it through `outside` lives in simulated time. */
export class MemoryServer {
  readonly url = 'http://127.0.0.1:3000';
  readonly clock = new SimulatedClock();
  readonly outside: Outside;
  readonly #answering: Answering;
  readonly #underWay = new Set<(outcome: Outcome) => void>();
  #isDown = false;

  constructor(answering: Answering) {
    this.#answering = answering;
    this.outside = {
      clock: this.clock,
      takesConnections: () => Promise.resolve(!this.#isDown),
      connect: (url) => {
        const { href, pathname } = new URL(url);
        const send = (request: OutgoingRequest, options: SendOptions) =>
          this.#send(pathname, request, options);
        const transport = { send, close: () => Promise.resolve() };
        return Promise.resolve({ url: href, transport });
      },
      openStateProbe: (template) =>
        Promise.resolve({
          read: ({ id, clientOrderId, kind }) =>
            this.#read(
              template
                .replace('{id}', id)
                .replace('{clientOrderId}', clientOrderId)
                .replace('{kind}', kind),
            ),
          close: () => Promise.resolve(),
        }),
      openLoad: (url, { timeoutMs }) => {
        const { href, pathname } = new URL(url);
        return Promise.resolve({
          url: href,
          isLoopback: true,
          transport: {
            open: () => Promise.resolve(),
            send: (request, options) => this.#send(pathname, request, { timeoutMs, ...options }),
            close: () => Promise.resolve(),
          },
          createHistogram: () => createHistogram({ figures: 3 }),
          turn: () => new Promise((resolve) => setImmediate(resolve)),
        });
      },
    };
  }

  /** Ends the server for good, connections and all. */
  crash(): void {
    this.#isDown = true;
    for (const settle of this.#underWay) {
      settle({ kind: 'broken', reason: 'The connection was reset.', ms: WAY_MS });
    }
  }

  async #send(
    path: string,
    request: OutgoingRequest,
    { timeoutMs, signal, onWritten, keepBodyBytes = 0 }: SendOptions,
  ): Promise<Outcome> {
    const startMs = this.clock.monotonic();
    if (signal?.aborted === true) return { kind: 'cancelled' };
    await this.clock.sleep(WAY_MS);
    if (this.#isDown) return { kind: 'unreachable', reason: 'Nothing listens.', ms: WAY_MS };
    onWritten?.();
    const answer = Promise.resolve(this.#answering({ method: 'POST', path, ...request }));
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        forgetAlarm();
        signal?.removeEventListener('abort', hangUp);
        this.#underWay.delete(settle);
        resolve(outcome);
      };
      const hangUp = () => settle({ kind: 'cancelled' });
      const forgetAlarm = this.clock.alarm(timeoutMs - WAY_MS, () =>
        settle({ kind: 'timed-out', ms: timeoutMs }),
      );
      signal?.addEventListener('abort', hangUp);
      this.#underWay.add(settle);
      void answer.then(async (said) => {
        if (said === undefined) return;
        await this.clock.sleep(WAY_MS);
        const { status, headers: sent = [], body: text = '' } = said;
        const bytes = new TextEncoder().encode(text);
        settle({
          kind: 'responded',
          status,
          ms: this.clock.monotonic() - startMs,
          ...(keepBodyBytes > 0 && {
            answer: {
              headers: sent,
              body: bytes.subarray(0, keepBodyBytes),
              bodyCut: bytes.length > keepBodyBytes,
            },
          }),
        });
      });
    });
  }

  async #read(url: string): Promise<ProbeReading> {
    await this.clock.sleep(WAY_MS);
    if (this.#isDown) {
      return { text: '', url, unread: { kind: 'unreachable', reason: 'Nothing listens.' } };
    }
    const path = new URL(url).pathname;
    const asked: MemoryRequest = { method: 'GET', path, headers: [], body: new Uint8Array() };
    const { status, body: text = '' } = (await this.#answering(asked)) ?? (await NEVER);
    return { status, text, url };
  }
}
