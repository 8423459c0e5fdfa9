import type {
  Clock,
  Outcome,
  OutgoingRequest,
  SendOptions,
  StateProbe,
  Transport,
} from '../../src/ports.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import type { InqudEvent } from '../receivers/shop/inqud-event.js';
import { createLocks } from '../receivers/shop/locks.js';
import { commit } from '../receivers/shop/shop.js';
import { createStore, orderOf, type Store } from '../receivers/shop/store.js';
import { eventIn, type Model } from './model.js';

/** The way over the loopback, in milliseconds. */
const WAY_MS = 1;

/** A model that runs: the transport that reaches it, and the probe that reads its states. */
export interface RunningModel {
  readonly transport: Transport;
  readonly probe: StateProbe;
}

/** Starts a receiver that is all in memory, and lives on the given clock alone. */
export function runModel(model: Model, secret: string, clock: Clock): RunningModel {
  const receiver = new ModelReceiver(model, secret, clock);
  return {
    transport: {
      send: (request, options) => receiver.send(request, options),
      close: () => Promise.resolve(),
    },
    probe: {
      read: async (subject) => {
        await clock.sleep(WAY_MS);
        return receiver.read(subject);
      },
      close: () => Promise.resolve(),
    },
  };
}

class ModelReceiver {
  readonly #model: Model;
  readonly #secret: string;
  readonly #clock: Clock;
  readonly #store: Store;
  /** What states show, where they lag behind. */
  readonly #shown: Store;
  readonly #queue: (() => Promise<void>)[] = [];
  readonly #locks = createLocks();
  #batch: (() => Promise<void>)[] = [];
  #workers = 0;
  #underWay = 0;
  #reads = 0;

  constructor(model: Model, secret: string, clock: Clock) {
    this.#model = model;
    this.#secret = secret;
    this.#clock = clock;
    this.#store = createStore(model.memory(clock));
    this.#shown = model.lagMs === 0 ? this.#store : createStore();
  }

  async send(request: OutgoingRequest, options: SendOptions): Promise<Outcome> {
    const startMs = this.#clock.monotonic();
    await this.#clock.sleep(WAY_MS);
    options.onWritten?.();
    const status = await firstOf(
      this.#take(request).catch(() => 500),
      this.#clock.sleep(options.timeoutMs - WAY_MS).then(() => 'timed-out' as const),
      options.signal,
    );
    if (status === 'cancelled') return { kind: 'cancelled' };
    if (status === 'timed-out') return { kind: 'timed-out', ms: options.timeoutMs };
    await this.#clock.sleep(WAY_MS);
    const ms = this.#clock.monotonic() - startMs;
    return { kind: 'responded', status, ms, answer: NO_BODY };
  }

  read(subject: Parameters<StateProbe['read']>[0]) {
    this.#reads += 1;
    return this.#model.view(this.#shown, subject, { count: this.#reads, nowMs: this.#clock.now() });
  }

  async #take({ headers, body }: OutgoingRequest): Promise<number> {
    const { mostAtOnce, answers } = this.#model;
    if (mostAtOnce !== undefined && this.#underWay >= mostAtOnce) return 429;
    this.#underWay += 1;
    try {
      const digests = headers
        .filter(([name]) => name.toLowerCase() === DIGEST_HEADER.toLowerCase())
        .map(([, value]) => value);
      const isGenuine = this.#model.isGenuine(digests, body, this.#secret);
      if (!isGenuine && this.#model.verifies === 'first') return answers.forged;
      const status = await this.#handle(body);
      if (answers.afterMs > 0) await this.#clock.sleep(answers.afterMs);
      return isGenuine ? status : answers.forged;
    } finally {
      this.#underWay -= 1;
    }
  }

  async #handle(body: Uint8Array): Promise<number> {
    const { answers, kinds, work } = this.#model;
    const event = eventIn(body);
    if (event === undefined) return answers.done;
    if (kinds !== undefined && !kinds.includes(event.kind)) return answers.otherKind;
    const refused = this.#model.refuses(event, body, this.#store.resources.get(event.id)?.event);
    if (refused !== undefined) return refused;
    if (work.kind !== 'at-once') {
      this.#defer(() => this.#perform(event).then(() => undefined));
      return answers.done;
    }
    if (work.ms > 0) await this.#clock.sleep(work.ms);
    return (await this.#perform(event)) === 'known' ? answers.duplicate : answers.done;
  }

  #defer(work: () => Promise<void>): void {
    const time = this.#model.work;
    if (time.kind === 'later') void this.#clock.sleep(time.ms).then(work);
    if (time.kind === 'in-batches') {
      if (this.#batch.length === 0) void this.#flushAfter(time.everyMs);
      this.#batch.push(work);
    }
    if (time.kind === 'queued') {
      this.#queue.push(work);
      if (this.#workers < time.workers) void this.#workOff(time.ms);
    }
  }

  /** Batches begin at whole multiples of their period, whenever the first web hook came. */
  async #flushAfter(everyMs: number): Promise<void> {
    await this.#clock.sleep(everyMs - (this.#clock.monotonic() % everyMs));
    const batch = this.#batch;
    this.#batch = [];
    for (const work of batch) await work();
  }

  async #workOff(ms: number): Promise<void> {
    this.#workers += 1;
    for (let work = this.#queue.shift(); work !== undefined; work = this.#queue.shift()) {
      await this.#clock.sleep(ms);
      await work();
    }
    this.#workers -= 1;
  }

  /** One event of a resource at a time, unless there is a gap. */
  #perform(event: InqudEvent): Promise<'done' | 'known'> {
    const work = () => this.#performed(event);
    return this.#model.gapMs > 0 ? work() : this.#locks.exclusive(event.id, work);
  }

  async #performed(event: InqudEvent): Promise<'done' | 'known'> {
    const { gapMs, keyOf, concerns } = this.#model;
    if (!concerns(event, this.#store.resources.get(event.id)?.event)) return 'done';
    if (this.#store.memory.has(keyOf(event))) return 'known';
    if (gapMs > 0) await this.#clock.sleep(gapMs);
    this.#commit(event);
    this.#store.memory.add(keyOf(event));
    return 'done';
  }

  #commit(event: InqudEvent): void {
    const { lagMs } = this.#model;
    commit(event, this.#store, this.#model);
    if (lagMs === 0) return;
    void this.#clock.sleep(lagMs).then(() => this.#replicate(event.id, orderOf(event)));
  }

  #replicate(id: string, order: string): void {
    const resource = this.#store.resources.get(id);
    if (resource !== undefined) this.#shown.resources.set(id, resource);
    this.#shown.accounts.set(order, this.#store.accounts.get(order) ?? '0');
  }
}

const NO_BODY = { headers: [], body: new Uint8Array(), bodyCut: false };

/** What comes first: an answer, the end of patience, or the sender hanging up. */
function firstOf<One, Other>(
  one: Promise<One>,
  other: Promise<Other>,
  signal: AbortSignal | undefined,
): Promise<One | Other | 'cancelled'> {
  return new Promise((resolve) => {
    const hangUp = () => resolve('cancelled');
    signal?.addEventListener('abort', hangUp);
    const settle = (value: One | Other) => {
      signal?.removeEventListener('abort', hangUp);
      resolve(value);
    };
    void one.then(settle);
    void other.then(settle);
  });
}
