import type {
  Outcome,
  OutgoingRequest,
  ProbeSubject,
  SendOptions,
  StateProbe,
  Transport,
} from '../../src/ports.js';
import { DIGEST_HEADER } from '../../src/webhook/scheme.js';
import type { InqudEvent } from '../receivers/shop/inqud-event.js';
import { createLocks } from '../receivers/shop/locks.js';
import { commit } from '../receivers/shop/shop.js';
import { isFinal, statusNamed } from '../receivers/shop/status.js';
import { createStore, orderOf, type Store } from '../receivers/shop/store.js';
import type { SimulatedClock } from '../simulated-clock.js';
import type { SimulatedApi } from './aids.js';
import { eventIn, type InBatches, type Model } from './model.js';

/** The way over the loopback, in milliseconds. */
const WAY_MS = 1;
/** Work that failed and was not refused is tried again so often, in milliseconds. */
const AGAIN_MS = 200;
/** Nobody asks for ever about what stays open. */
const ASKED_FOR_MS = 60_000;

/** A model that runs: the transport that reaches it, the probe that reads its states, its commands. */
export interface RunningModel {
  readonly transport: Transport;
  readonly probe: StateProbe;
  readonly fault: { readonly on: () => Promise<void>; readonly off: () => Promise<void> };
  /** Makes the order of a resource. */
  readonly prepare: (subject: ProbeSubject) => Promise<void>;
}

/** Where a model lives. */
export interface ModelPlace {
  readonly secret: string;
  readonly clock: SimulatedClock;
  readonly api: SimulatedApi | undefined;
  /** Ends what the model does by itself. */
  readonly signal: AbortSignal;
}

/** Starts a receiver that is all in memory, and lives on the given clock alone. */
export function runModel(model: Model, place: ModelPlace): RunningModel {
  const receiver = new ModelReceiver(model, place);
  const { clock } = place;
  void receiver.ask();
  return {
    fault: {
      on: () => receiver.setFaulty(true),
      off: () => receiver.setFaulty(false),
    },
    prepare: (subject) => receiver.prepare(subject),
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
  readonly #place: ModelPlace;
  readonly #clock: SimulatedClock;
  readonly #store: Store;
  /** What states show, where they lag behind. */
  readonly #shown: Store;
  readonly #queue: (() => Promise<void>)[] = [];
  readonly #locks = createLocks();
  #batch: (() => Promise<void>)[] = [];
  #workers = 0;
  #underWay = 0;
  #reads = 0;
  readonly #orders = new Set<string>();
  /** What came before its order, by order. */
  readonly #kept = new Map<string, InqudEvent[]>();
  /** What the API is asked about: ids that are open, and since when. */
  readonly #open = new Map<string, { readonly kind: string; readonly sinceMs: number }>();
  readonly #attempted = new Set<string>();
  /** What cuts off those who wait for an answer. */
  readonly #cut = new Set<() => void>();
  #downUntilMs = Number.NEGATIVE_INFINITY;

  constructor(model: Model, place: ModelPlace) {
    this.#model = model;
    this.#place = place;
    this.#clock = place.clock;
    this.#store = createStore(model.memory(place.clock));
    this.#shown = model.lagMs === 0 ? this.#store : createStore();
  }

  async send(request: OutgoingRequest, options: SendOptions): Promise<Outcome> {
    const startMs = this.#clock.monotonic();
    await this.#clock.sleep(WAY_MS);
    if (this.#clock.monotonic() < this.#downUntilMs) {
      return { kind: 'unreachable', reason: 'nothing listens', ms: WAY_MS };
    }
    options.onWritten?.();
    const status = await this.#answerTo(request, options);
    if (status === 'cancelled') return { kind: 'cancelled' };
    if (status === 'broken') {
      return {
        kind: 'broken',
        reason: 'the connection was reset',
        ms: this.#clock.monotonic() - startMs,
      };
    }
    if (status === 'timed-out') return { kind: 'timed-out', ms: options.timeoutMs };
    await this.#clock.sleep(WAY_MS);
    const ms = this.#clock.monotonic() - startMs;
    return { kind: 'responded', status, ms, answer: NO_BODY };
  }

  /** What comes first: an answer, the end of the process or of patience, or the sender hanging up. */
  #answerTo(
    request: OutgoingRequest,
    { timeoutMs, signal }: SendOptions,
  ): Promise<number | 'broken' | 'timed-out' | 'cancelled'> {
    return new Promise((resolve) => {
      const settle = (what: number | 'broken' | 'timed-out' | 'cancelled') => {
        signal?.removeEventListener('abort', hangUp);
        forgetAlarm();
        this.#cut.delete(cut);
        resolve(what);
      };
      const cut = () => settle('broken');
      const hangUp = () => settle('cancelled');
      const forgetAlarm = this.#clock.alarm(timeoutMs - WAY_MS, () => settle('timed-out'));
      signal?.addEventListener('abort', hangUp);
      this.#cut.add(cut);
      this.#take(request).then(settle, () => settle(500));
    });
  }

  async setFaulty(isFaulty: boolean): Promise<void> {
    await this.#clock.sleep(WAY_MS);
    this.#store.isFaulty = isFaulty;
  }

  async prepare({ kind, id, clientOrderId }: ProbeSubject): Promise<void> {
    await this.#clock.sleep(WAY_MS);
    this.#orders.add(clientOrderId);
    if (!this.#store.resources.has(id)) this.#watch(kind, id);
    const kept = this.#kept.get(clientOrderId) ?? [];
    this.#kept.delete(clientOrderId);
    for (const event of kept) await this.#perform(event);
  }

  /** Asks the API about what is open, until the end. */
  async ask(): Promise<void> {
    const { asking } = this.#model;
    const { api, signal } = this.#place;
    if (asking === undefined || api === undefined) return;
    while (!signal.aborted) {
      await this.#clock.sleep(asking.everyMs, signal);
      for (const [id, { kind, sinceMs }] of this.#open) {
        const isOld = this.#clock.monotonic() - sinceMs > ASKED_FOR_MS;
        if (isOld) this.#open.delete(id);
        else if (asking.asksAbout(this.#store.resources.get(id)?.event)) await this.#heal(kind, id);
      }
    }
  }

  read(subject: Parameters<StateProbe['read']>[0]) {
    this.#reads += 1;
    return this.#model.view(this.#shown, subject, { count: this.#reads, nowMs: this.#clock.now() });
  }

  async #take({ headers, body: sent, firstBytes = sent.length }: OutgoingRequest): Promise<number> {
    const body = this.#model.reads([sent.subarray(0, firstBytes), sent.subarray(firstBytes)]);
    const { mostAtOnce, answers } = this.#model;
    if (mostAtOnce !== undefined && this.#underWay >= mostAtOnce) return answers.crowded;
    this.#underWay += 1;
    try {
      const digests = headers
        .filter(([name]) => name.toLowerCase() === DIGEST_HEADER.toLowerCase())
        .map(([, value]) => value);
      const isGenuine = this.#model.isGenuine(digests, body, this.#place.secret);
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
    const came = eventIn(body);
    if (came === undefined) return answers.done;
    if (kinds !== undefined && !kinds.includes(came.kind)) return answers.otherKind;
    const believed = await this.#believed(came);
    if (believed === undefined) return answers.done;
    const event = this.#model.understood(believed);
    const refused = this.#model.refuses(event, body, this.#store.resources.get(event.id)?.event);
    if (refused !== undefined) return refused;
    if (this.#model.crashesAt?.(event) === true) this.#crash();
    const delayMs = this.#model.delayOf(event);
    if (delayMs > 0) await this.#clock.sleep(delayMs);
    const stumbled = this.#isFirst(event) ? this.#model.stumbles?.(event) : undefined;
    if (stumbled !== undefined) {
      if (this.#model.marksFirst) this.#store.memory.add(this.#model.keyOf(event));
      return stumbled;
    }
    const early = this.#beforeItsOrder(event);
    if (early !== undefined) return early;
    if (work.kind !== 'at-once') {
      this.#defer(() => this.#unrefused(event).then(() => undefined));
      return answers.done;
    }
    if (work.ms > 0) await this.#clock.sleep(work.ms);
    const made = this.#model.failed === 'refused' ? this.#perform(event) : this.#unrefused(event);
    return (await made) === 'known' ? answers.duplicate : answers.done;
  }

  /** What the API says of the resource, for who believes it alone. */
  async #believed(came: InqudEvent): Promise<InqudEvent | undefined> {
    const { api } = this.#place;
    const { believes = 'body', hasToken = true } = this.#model.asking ?? {};
    if (believes === 'body' || api === undefined) return came;
    const body = await api.ask(came.kind, came.id, hasToken);
    return (body && eventIn(body)) ?? (believes === 'api' ? came : undefined);
  }

  /** The answer to what comes before its order; undefined for what is done like any other. */
  #beforeItsOrder(event: InqudEvent): number | undefined {
    const { beforeOrder, answers, keyOf } = this.#model;
    const order = orderOf(event);
    if (beforeOrder.kind === 'done' || this.#orders.has(order)) return undefined;
    if (beforeOrder.kind === 'kept') {
      this.#kept.set(order, [...(this.#kept.get(order) ?? []), event]);
      return answers.done;
    }
    if (beforeOrder.isMarked) this.#store.memory.add(keyOf(event));
    return beforeOrder.answer;
  }

  /** Work of which the failure does not show in the answer. */
  async #unrefused(event: InqudEvent): Promise<'done' | 'known'> {
    try {
      return await this.#perform(event);
    } catch {
      if (this.#model.failed !== 'forgotten') void this.#tryAgain(event);
      return 'done';
    }
  }

  async #tryAgain(event: InqudEvent): Promise<void> {
    await this.#clock.sleep(AGAIN_MS, this.#place.signal);
    if (!this.#place.signal.aborted) await this.#unrefused(event);
  }

  async #heal(kind: string, id: string): Promise<void> {
    const body = await this.#place.api?.ask(kind, id, this.#model.asking?.hasToken === true);
    const event = body && eventIn(body);
    if (event === undefined) return;
    if (this.#model.asking?.remembers === true) await this.#unrefused(event);
    else await this.#locks.exclusive(id, async () => this.#commitOnceAsked(event));
  }

  /** Who only compares the status does not know that the web hook is still to come. */
  #commitOnceAsked(event: InqudEvent): void {
    if (this.#store.resources.get(event.id)?.event.status !== event.status) this.#commit(event);
  }

  #watch(kind: string, id: string): void {
    const isTaken = this.#model.kinds?.includes(kind) !== false;
    if (this.#place.api === undefined || !isTaken || this.#open.has(id)) return;
    this.#open.set(id, { kind, sinceMs: this.#clock.monotonic() });
  }

  /** Everything under way is cut off. */
  #crash(): void {
    this.#downUntilMs = this.#clock.monotonic() + this.#model.restartMs;
    for (const cut of this.#cut) cut();
  }

  /** Whether no attempt at the event has come before. */
  #isFirst({ id, status }: InqudEvent): boolean {
    const key = `${id} ${status}`;
    const isFirst = !this.#attempted.has(key);
    this.#attempted.add(key);
    return isFirst;
  }

  #defer(work: () => Promise<void>): void {
    const time = this.#model.work;
    if (time.kind === 'later') void this.#clock.sleep(time.ms).then(work);
    if (time.kind === 'in-batches') {
      if (this.#batch.length === 0) void this.#flushAfter(time);
      this.#batch.push(work);
    }
    if (time.kind === 'queued') {
      if (time.most !== undefined && this.#queue.length >= time.most) return;
      this.#queue.push(work);
      if (this.#workers < time.workers) void this.#workOff(time.ms);
    }
  }

  /** Batches begin at whole multiples of their period, whenever the first web hook came. */
  async #flushAfter({ everyMs, aheadMs = 0 }: InBatches): Promise<void> {
    await this.#clock.sleep(everyMs - ((this.#clock.monotonic() + aheadMs) % everyMs));
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
    const { gapMs, keyOf, concerns, marks } = this.#model;
    if (!concerns(event, this.#store.resources.get(event.id)?.event)) return 'done';
    if (this.#store.memory.has(keyOf(event))) return 'known';
    if (marks === 'begun') this.#store.memory.add(keyOf(event));
    if (gapMs > 0) await this.#clock.sleep(gapMs);
    if (this.#store.isFaulty) throw new Error('The work fails.');
    this.#commit(event);
    this.#store.memory.add(keyOf(event));
    return 'done';
  }

  #commit(event: InqudEvent): void {
    const { lagMs } = this.#model;
    commit(event, this.#store, this.#model);
    const at = this.#store.resources.get(event.id)?.event ?? event;
    if (isFinal(statusNamed(at.status) ?? { rank: -1 })) this.#open.delete(event.id);
    else this.#watch(event.kind, event.id);
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
