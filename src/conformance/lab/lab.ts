// The room of the lab: scripts carried out on resources that nobody has seen before.
import type { Clock, OutgoingRequest, ProbeReading, StateProbe, Transport } from '../../ports.js';
import { ANSWER_BYTES } from '../refusal.js';
import type { Script, ScriptDelivery, ScriptStep } from '../script.js';
import { type Courier, type ResourceUnderTest, withIdLike, withIds } from './courier.js';
import {
  type Exchange,
  type Execution,
  hasHung,
  isCrowdedOut,
  isGenuine,
  isLimited,
  isOk,
  isOverlapped,
  isRefusedByChance,
  isTakenByChance,
  isWorthRetrying,
  LIMITED,
  unanswered,
} from './exchange.js';
import type { DeliveryLoad } from './pacing.js';
import type { PreparedIds } from './prepared-ids.js';
import { createStanding, type Standing } from './standing.js';
import { isTrueNow } from './true-now.js';

export interface LabPorts {
  readonly courier: Courier;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly probe: StateProbe | undefined;
  /** Makes what the receiver expects to exist before the first web hook of a resource. */
  readonly prepare: ((subject: ResourceUnderTest) => Promise<PreparedIds>) | undefined;
  /** Hears of each genuine web hook as it leaves. */
  readonly onSend: ((kind: string, body: Uint8Array) => void) | undefined;
  /** Waits until the receiver is to be given so many web hooks more. */
  readonly delivering: <Result>(load: DeliveryLoad, work: () => Promise<Result>) => Promise<Result>;
  /** Hears that the receiver wants to be asked less at a time than the so many web hooks of one step. */
  readonly onLimited: (webHooksAtOnce: number) => void;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ExecuteOptions {
  /** Connections may be kept and shared. */
  readonly burst?: boolean;
  /** Gives up on the first delivery that is not answered in time. */
  readonly impatient?: boolean;
  /** Waits so long before a step, counted from 0. */
  readonly pause?: { readonly step: number; readonly ms: number };
  /** Each delivery is made once, whatever its answer; a 429 is an answer like any other. */
  readonly once?: boolean;
}

/** Inqud retries up to 10 times (docs.inqud.com/developer/web-hooks); here almost without waiting. */
const RETRY_WAITS_MS = [0, 5, 10, 20, 40, 80, 100, 100, 100, 100];
/** What is refused by chance comes again until it is taken: how often Inqud would is for one rule to say. */
const UNSTEADY_WAITS_MS = Array.from({ length: 30 }, (_, round) => Math.min(round, 20));
/** What was refused and then taken once may have had a reason that passed. */
const UNSTEADY_AT = 3;
const PATIENCE_TIMEOUTS = 3;
/** A receiver that was restarted by its supervisor is back within a few seconds. */
const RESTART_WAIT_MS = 400;
const LIMITED_WAITS_MS = [100, 200, 400, 800, 1_000, 1_000, 1_000];
/** A 503 may mean a crowd, or a failure that no waiting mends. */
const CROWDED_WAITS = 3;
const LIMITED_PAUSE_MS = 500;
/** So long a receiver may work on what we hung up on, which takes a place that we do not count. */
const WORKED_ON_MS = 2_000;
/** Nobody waits for a state that is known not to come. */
const NOT_READ: ProbeReading = {
  text: '',
  unread: { kind: 'cancelled', reason: 'The state cannot be read any more.' },
};
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Carries scripts out, each on resources of its own. */
export class Lab {
  readonly #ports: LabPorts;
  readonly #log: Exchange[] = [];
  readonly #troubled: Execution[] = [];
  readonly #standing = createStanding();
  /** The last genuine event of a resource, which the API says as well. */
  readonly #trueEvents = new WeakMap<ResourceUnderTest, string>();
  #nextNumber = 0;
  #underWay = 0;
  #limitedMs = Number.NEGATIVE_INFINITY;
  #hungUpMs = Number.NEGATIVE_INFINITY;
  #takenByChance = 0;

  constructor(ports: LabPorts) {
    this.#ports = ports;
  }

  get clock(): Clock {
    return this.#ports.clock;
  }

  get signal(): AbortSignal {
    return this.#ports.signal;
  }

  /** Nothing more is delivered: the run was interrupted, or the receiver answers no more. */
  get isOver(): boolean {
    return this.signal.aborted || !this.standing.answers;
  }

  get hasProbe(): boolean {
    return this.#ports.probe !== undefined;
  }

  /** Every reading is about all resources. */
  get isProbeShared(): boolean {
    return this.#ports.probe?.isShared === true;
  }

  /** Orders are made before the first web hook of a resource, where whoever checks says how. */
  get makesOrders(): boolean {
    return this.#ports.prepare !== undefined;
  }

  /** Whether the receiver still answers. Once it does not, nothing more is delivered. */
  get standing(): Standing {
    return this.#standing;
  }

  /** Every exchange so far. */
  get log(): readonly Exchange[] {
    return this.#log;
  }

  /** Executions of which a genuine web hook was refused, broke off or was answered too late. */
  get troubled(): readonly Execution[] {
    return this.#troubled;
  }

  /**
   * The same web hook is refused, and taken in the next moment, with nothing else of its resource in
   * between. What is refused is delivered again at once, then, so that the order stays as it is meant.
   */
  get isUnsteady(): boolean {
    return this.#takenByChance >= UNSTEADY_AT;
  }

  async execute(script: Script, options: ExecuteOptions = {}): Promise<Execution> {
    const subjects = await this.makeOrders(this.meet(script));
    const exchanges = await this.send(subjects, script.steps, options);
    const execution: Execution = {
      script,
      subjects,
      exchanges,
      overlapped: isOverlapped(script, exchanges),
      lastAnswerMs: Math.max(0, ...exchanges.map(({ endMs }) => endMs)),
    };
    if (options.once !== true && exchanges.some(isTrouble)) this.#troubled.push(execution);
    return execution;
  }

  /** The resources of a script, before their orders are made. */
  meet(script: Script): readonly ResourceUnderTest[] {
    const first = this.#nextNumber;
    this.#nextNumber += script.resources.length;
    const subjects: ResourceUnderTest[] = [];
    for (const [index, resource] of script.resources.entries()) {
      const letter = LETTERS[index] ?? `R${index}`;
      const { courier } = this.#ports;
      const subject = courier.subject(resource, first + index, first + resource.order, letter);
      subjects.push(withIdLike(subject, subjects));
    }
    return subjects;
  }

  /** Makes the orders of resources, which may give them other ids. */
  makeOrders(subjects: readonly ResourceUnderTest[]): Promise<readonly ResourceUnderTest[]> {
    const { prepare } = this.#ports;
    return prepare === undefined ? Promise.resolve(subjects) : withOrders(subjects, prepare);
  }

  /** Delivers to resources of an execution, which may be over. */
  send(
    subjects: readonly ResourceUnderTest[],
    steps: readonly ScriptStep[],
    options: ExecuteOptions = {},
  ): Promise<readonly Exchange[]> {
    const genuine = steps
      .flatMap(({ deliveries }) => deliveries)
      .filter(({ variant }) => variant?.forge === undefined);
    const load: DeliveryLoad = { webHooks: genuine.length, atOnce: mostAtOnce(steps) };
    return this.#ports.delivering(load, () => this.#sendSteps(subjects, steps, options));
  }

  async read({ probe: subject }: ResourceUnderTest): Promise<ProbeReading> {
    const { probe } = this.#ports;
    if (probe === undefined) throw new Error('There is no state probe.');
    if (this.standing.fall?.kind === 'unread') return NOT_READ;
    let reading = await probe.read(subject, this.signal);
    for (const waitMs of LIMITED_WAITS_MS) {
      if (reading.status !== LIMITED || this.isOver) break;
      this.#hearLimit(1);
      await this.clock.sleep(waitMs, this.signal);
      reading = await probe.read(subject, this.signal);
    }
    this.#standing.hearReading(reading, this.clock.monotonic());
    return reading;
  }

  /** What the event of a resource would say. */
  body(subject: ResourceUnderTest, event: string): Uint8Array {
    return this.#ports.courier.request(subject, { resource: 0, event, answer: 'awaited' }).body;
  }

  async #sendSteps(
    subjects: readonly ResourceUnderTest[],
    steps: readonly ScriptStep[],
    options: ExecuteOptions,
  ): Promise<readonly Exchange[]> {
    const { impatient = false, once = false } = options;
    const made: Exchange[] = [];
    for (const [step, { deliveries }] of steps.entries()) {
      if (this.isOver || hasHung(made, impatient ? 1 : PATIENCE_TIMEOUTS)) break;
      if (options.pause?.step === step) await this.clock.sleep(options.pause.ms, this.signal);
      const together = deliveries.map((delivery) =>
        this.#attempt(subjects, { step, retry: 0, delivery }, options, deliveries.length),
      );
      const came = await Promise.all(together);
      made.push(...came);
      if (!once && this.isUnsteady) await this.#retryAtOnce(subjects, made, came);
    }
    if (!once && (!impatient || !hasHung(made, 1))) await this.#retry(subjects, made);
    return made;
  }

  async #retry(subjects: readonly ResourceUnderTest[], made: Exchange[]): Promise<void> {
    for (const [round, waitMs] of RETRY_WAITS_MS.entries()) {
      const again = unanswered(made).filter(
        (last) =>
          isWorthRetrying(last.outcome, round) || (this.isUnsteady && isRefusedByChance(last)),
      );
      if (again.length === 0 || this.isOver) return;
      const isGone = again.some(({ outcome }) => outcome.kind === 'unreachable');
      await this.clock.sleep(isGone ? RESTART_WAIT_MS : waitMs, this.signal);
      for (const last of again) await this.#attemptAgain(subjects, made, last);
    }
  }

  /** What was refused of these, until it is taken. */
  async #retryAtOnce(
    subjects: readonly ResourceUnderTest[],
    made: Exchange[],
    came: readonly Exchange[],
  ): Promise<void> {
    let refused = unanswered(came).filter(isRefusedByChance);
    for (const waitMs of UNSTEADY_WAITS_MS) {
      if (refused.length === 0 || this.isOver) return;
      await this.clock.sleep(waitMs, this.signal);
      const again: Exchange[] = [];
      for (const last of refused) again.push(await this.#attemptAgain(subjects, made, last));
      refused = unanswered(again).filter(isRefusedByChance);
    }
  }

  async #attemptAgain(
    subjects: readonly ResourceUnderTest[],
    made: Exchange[],
    last: Exchange,
  ): Promise<Exchange> {
    const { step, retry, delivery } = last;
    const exchange = await this.#attempt(subjects, { step, retry: retry + 1, delivery }, {});
    if (isTakenByChance(made, last, exchange)) this.#takenByChance += 1;
    made.push(exchange);
    return exchange;
  }

  /** A receiver that limits how many web hooks it takes at a time is given that time. */
  async #attempt(
    subjects: readonly ResourceUnderTest[],
    place: Pick<Exchange, 'step' | 'retry' | 'delivery'>,
    { burst = false, once = false }: ExecuteOptions,
    atOnce = 1,
  ): Promise<Exchange> {
    const { delivery } = place;
    const subject = subjects[delivery.resource];
    if (subject === undefined) throw new RangeError('the delivery is of no resource');
    const request = this.#ports.courier.request(subject, delivery);
    const { kind } = subject.probe;
    this.#publish(subject, delivery, request.body);
    const said = { ...place, kind };
    let exchange = await this.#post(request, said, burst);
    const isRetry = place.retry > 0;
    for (const [round, waitMs] of (once ? [] : LIMITED_WAITS_MS).entries()) {
      const isCrowd = !isRetry && round < CROWDED_WAITS && isCrowdedOut(exchange);
      if (!(isLimited(exchange) || isCrowd) || this.isOver) break;
      this.#hearLimit(atOnce);
      await this.clock.sleep(waitMs, this.signal);
      exchange = { ...(await this.#post(request, said, burst)), wasPutOff: true };
    }
    return exchange;
  }

  /** What is sent as genuine the API says as well, from the moment in which it leaves. */
  #publish(subject: ResourceUnderTest, { event, variant }: ScriptDelivery, body: Uint8Array): void {
    const { kind } = subject.probe;
    const isTrue = isTrueNow(kind, this.#trueEvents.get(subject), event);
    if (variant?.forge !== undefined || !isTrue) return;
    this.#trueEvents.set(subject, event);
    this.#ports.onSend?.(kind, body);
  }

  async #post(
    request: OutgoingRequest,
    place: Pick<Exchange, 'step' | 'retry' | 'delivery' | 'kind'>,
    burst: boolean,
  ): Promise<Exchange> {
    const { transport, timeoutMs } = this.#ports;
    const { clock, signal } = this;
    let writtenMs: number | undefined;
    this.#underWay += 1;
    const setOut = this.#underWay;
    const { cutAfterMs } = place.delivery;
    const hangUp = new AbortController();
    const outcome = await transport.send(request, {
      timeoutMs,
      signal: cutAfterMs === undefined ? signal : AbortSignal.any([signal, hangUp.signal]),
      freshConnection: !burst,
      keepBodyBytes: ANSWER_BYTES,
      onWritten: () => {
        writtenMs = clock.monotonic();
        if (cutAfterMs !== undefined) {
          void clock.sleep(cutAfterMs, signal).then(() => hangUp.abort());
          this.#hungUpMs = clock.monotonic() + cutAfterMs;
        }
      },
    });
    this.#underWay -= 1;
    const endMs = clock.monotonic();
    const times = { writtenMs: writtenMs ?? endMs, endMs, underWay: setOut };
    const exchange = { ...place, outcome, ...times };
    this.#log.push(exchange);
    this.#standing.hear(exchange);
    return exchange;
  }

  /** What comes back at the same time says it once. */
  #hearLimit(webHooksAtOnce: number): void {
    const nowMs = this.clock.monotonic();
    if (nowMs - this.#limitedMs < LIMITED_PAUSE_MS) return;
    if (nowMs - this.#hungUpMs < WORKED_ON_MS) return;
    this.#limitedMs = nowMs;
    this.#ports.onLimited(webHooksAtOnce);
  }
}

/** Orders side by side, the resources of one order after each other: they have its reference. */
async function withOrders(
  subjects: readonly ResourceUnderTest[],
  prepare: NonNullable<LabPorts['prepare']>,
): Promise<readonly ResourceUnderTest[]> {
  const done = new Map<ResourceUnderTest, ResourceUnderTest>();
  const orders = new Map<number, ResourceUnderTest[]>();
  for (const subject of subjects) {
    const { order } = subject.resource;
    orders.set(order, [...(orders.get(order) ?? []), subject]);
  }
  const prepareOrder = async (members: readonly ResourceUnderTest[]) => {
    let clientOrderId: string | undefined;
    for (const member of members) {
      const known = withIds(member, { clientOrderId });
      const given = await prepare(known);
      clientOrderId ??= given.clientOrderId;
      done.set(member, withIds(known, { id: given.id, clientOrderId }));
    }
  };
  await Promise.all([...orders.values()].map(prepareOrder));
  return subjects.map((subject) => done.get(subject) ?? subject);
}

function mostAtOnce(steps: readonly ScriptStep[]): number {
  return Math.max(1, ...steps.map(({ deliveries }) => deliveries.length));
}

function isTrouble(exchange: Exchange): boolean {
  const { outcome } = exchange;
  if (outcome.kind === 'cancelled' || isOk(outcome)) return false;
  return isGenuine(exchange) && !isCrowdedOut(exchange);
}
