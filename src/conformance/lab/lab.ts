// The room of the lab: scripts carried out on resources that nobody has seen before.
import type { Clock, OutgoingRequest, ProbeReading, StateProbe, Transport } from '../../ports.js';
import { ANSWER_BYTES } from '../refusal.js';
import type { Script, ScriptDelivery, ScriptStep } from '../script.js';
import { type Courier, type ResourceUnderTest, withIds } from './courier.js';
import {
  type Exchange,
  type Execution,
  hasHung,
  isCrowdedOut,
  isGenuine,
  isLimited,
  isOk,
  isOverlapped,
  isWorthRetrying,
  LIMITED,
  unanswered,
} from './exchange.js';
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
  readonly delivering: <Result>(webHooks: number, work: () => Promise<Result>) => Promise<Result>;
  /** Hears that the receiver wants to be asked less at a time. */
  readonly onLimited: () => void;
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

/** Carries scripts out, each on resources of its own. */
export interface Lab {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Nothing more is delivered: the run was interrupted, or the receiver answers no more. */
  readonly isOver: boolean;
  readonly hasProbe: boolean;
  /** Every reading is about all resources. */
  readonly isProbeShared: boolean;
  execute(script: Script, options?: ExecuteOptions): Promise<Execution>;
  /** Orders are made before the first web hook of a resource, where whoever checks says how. */
  readonly makesOrders: boolean;
  /** The resources of a script, before their orders are made. */
  meet(script: Script): readonly ResourceUnderTest[];
  /** Makes the orders of resources, which may give them other ids. */
  makeOrders(subjects: readonly ResourceUnderTest[]): Promise<readonly ResourceUnderTest[]>;
  /** Delivers more to resources of an execution that is over. */
  send(
    subjects: readonly ResourceUnderTest[],
    steps: readonly ScriptStep[],
    options?: ExecuteOptions,
  ): Promise<readonly Exchange[]>;
  read(subject: ResourceUnderTest): Promise<ProbeReading>;
  /** What the event of a resource would say. */
  body(subject: ResourceUnderTest, event: string): Uint8Array;
  /** Every exchange so far. */
  readonly log: readonly Exchange[];
  /** Executions of which a genuine web hook was refused, broke off or was answered too late. */
  readonly troubled: readonly Execution[];
  /** Whether the receiver still answers. Once it does not, nothing more is delivered. */
  readonly standing: Standing;
}

/** Inqud retries up to 10 times (docs.inqud.com/developer/web-hooks); here almost without waiting. */
const RETRY_WAITS_MS = [0, 5, 10, 20, 40, 80, 100, 100, 100, 100];
const PATIENCE_TIMEOUTS = 3;
/** A receiver that was restarted by its supervisor is back within a few seconds. */
const RESTART_WAIT_MS = 400;
const LIMITED_WAITS_MS = [100, 200, 400, 800, 1_000, 1_000, 1_000];
/** A 503 may mean a crowd, or a failure that no waiting mends. */
const CROWDED_WAITS = 3;
const LIMITED_PAUSE_MS = 500;
/** Nobody waits for a state that is known not to come. */
const NOT_READ: ProbeReading = {
  text: '',
  unread: { kind: 'cancelled', reason: 'The state cannot be read any more.' },
};
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function createLab(ports: LabPorts): Lab {
  const { clock, signal } = ports;
  const log: Exchange[] = [];
  const troubled: Execution[] = [];
  const standing = createStanding();
  let nextNumber = 0;
  let underWay = 0;
  let limitedMs = Number.NEGATIVE_INFINITY;

  /** Orders side by side, the resources of one order after each other: they have its reference. */
  const prepared = async (
    subjects: readonly ResourceUnderTest[],
  ): Promise<readonly ResourceUnderTest[]> => {
    const { prepare } = ports;
    if (prepare === undefined) return subjects;
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
  };

  const meet = (script: Script): readonly ResourceUnderTest[] => {
    const first = nextNumber;
    nextNumber += script.resources.length;
    return script.resources.map((resource, index) =>
      ports.courier.subject(
        resource,
        first + index,
        first + resource.order,
        LETTERS[index] ?? `R${index}`,
      ),
    );
  };

  const trueEvents = new WeakMap<ResourceUnderTest, string>();
  /** What is sent as genuine the API says as well, from the moment in which it leaves. */
  const publish = (
    subject: ResourceUnderTest,
    { event, variant }: ScriptDelivery,
    body: Uint8Array,
  ) => {
    const { kind } = subject.probe;
    if (variant?.forge !== undefined || !isTrueNow(kind, trueEvents.get(subject), event)) return;
    trueEvents.set(subject, event);
    ports.onSend?.(kind, body);
  };

  const post = async (
    request: OutgoingRequest,
    place: Pick<Exchange, 'step' | 'retry' | 'delivery' | 'kind'>,
    burst: boolean,
  ): Promise<Exchange> => {
    let writtenMs: number | undefined;
    underWay += 1;
    const setOut = underWay;
    const { cutAfterMs } = place.delivery;
    const hangUp = new AbortController();
    const outcome = await ports.transport.send(request, {
      timeoutMs: ports.timeoutMs,
      signal: cutAfterMs === undefined ? signal : AbortSignal.any([signal, hangUp.signal]),
      freshConnection: !burst,
      keepBodyBytes: ANSWER_BYTES,
      onWritten: () => {
        writtenMs = clock.monotonic();
        if (cutAfterMs !== undefined) {
          void clock.sleep(cutAfterMs, signal).then(() => hangUp.abort());
        }
      },
    });
    underWay -= 1;
    const endMs = clock.monotonic();
    const times = { writtenMs: writtenMs ?? endMs, endMs, underWay: setOut };
    const exchange = { ...place, outcome, ...times };
    log.push(exchange);
    standing.hear(exchange);
    return exchange;
  };

  /** What comes back at the same time says it once. */
  const hearLimit = () => {
    const nowMs = clock.monotonic();
    if (nowMs - limitedMs < LIMITED_PAUSE_MS) return;
    limitedMs = nowMs;
    ports.onLimited();
  };

  /** A receiver that limits how many web hooks it takes at a time is given that time. */
  const attempt = async (
    subjects: readonly ResourceUnderTest[],
    place: Pick<Exchange, 'step' | 'retry' | 'delivery'>,
    { burst = false, once = false }: ExecuteOptions,
  ): Promise<Exchange> => {
    const { delivery } = place;
    const subject = subjects[delivery.resource];
    if (subject === undefined) throw new RangeError('the delivery is of no resource');
    const request = ports.courier.request(subject, delivery);
    const { kind } = subject.probe;
    publish(subject, delivery, request.body);
    const said = { ...place, kind };
    let exchange = await post(request, said, burst);
    const isRetry = place.retry > 0;
    for (const [round, waitMs] of (once ? [] : LIMITED_WAITS_MS).entries()) {
      const isCrowd = !isRetry && round < CROWDED_WAITS && isCrowdedOut(exchange);
      if (!(isLimited(exchange) || isCrowd) || isOver()) break;
      hearLimit();
      await clock.sleep(waitMs, signal);
      exchange = await post(request, said, burst);
    }
    return exchange;
  };

  const sendSteps = async (
    subjects: readonly ResourceUnderTest[],
    steps: readonly ScriptStep[],
    options: ExecuteOptions = {},
  ): Promise<readonly Exchange[]> => {
    const { impatient = false, once = false } = options;
    const made: Exchange[] = [];
    for (const [step, { deliveries }] of steps.entries()) {
      if (isOver() || hasHung(made, impatient ? 1 : PATIENCE_TIMEOUTS)) break;
      if (options.pause?.step === step) await clock.sleep(options.pause.ms, signal);
      const together = deliveries.map((delivery) =>
        attempt(subjects, { step, retry: 0, delivery }, options),
      );
      made.push(...(await Promise.all(together)));
    }
    if (!once && (!impatient || !hasHung(made, 1))) await retry(subjects, made);
    return made;
  };

  const sendInTurn = (
    subjects: readonly ResourceUnderTest[],
    steps: readonly ScriptStep[],
    options?: ExecuteOptions,
  ) => {
    const genuine = steps
      .flatMap(({ deliveries }) => deliveries)
      .filter(({ variant }) => variant?.forge === undefined);
    return ports.delivering(genuine.length, () => sendSteps(subjects, steps, options));
  };

  const isOver = () => signal.aborted || !standing.answers;

  const retry = async (subjects: readonly ResourceUnderTest[], made: Exchange[]): Promise<void> => {
    for (const [round, waitMs] of RETRY_WAITS_MS.entries()) {
      const again = unanswered(made).filter(({ outcome }) => isWorthRetrying(outcome, round));
      if (again.length === 0 || isOver()) return;
      const isGone = again.some(({ outcome }) => outcome.kind === 'unreachable');
      await clock.sleep(isGone ? RESTART_WAIT_MS : waitMs, signal);
      for (const { delivery, step } of again) {
        made.push(await attempt(subjects, { step, retry: round + 1, delivery }, {}));
      }
    }
  };

  return {
    clock,
    signal,
    get isOver() {
      return isOver();
    },
    hasProbe: ports.probe !== undefined,
    makesOrders: ports.prepare !== undefined,
    meet,
    makeOrders: prepared,
    isProbeShared: ports.probe?.isShared === true,
    log,
    troubled,
    standing,
    execute: async (script, options = {}) => {
      const subjects = await prepared(meet(script));
      const exchanges = await sendInTurn(subjects, script.steps, options);
      const execution: Execution = {
        script,
        subjects,
        exchanges,
        overlapped: isOverlapped(script, exchanges),
        lastAnswerMs: Math.max(0, ...exchanges.map(({ endMs }) => endMs)),
      };
      if (options.once !== true && exchanges.some(isTrouble)) troubled.push(execution);
      return execution;
    },
    send: (subjects, steps, options) => sendInTurn(subjects, steps, options),
    body: (subject, event) =>
      ports.courier.request(subject, { resource: 0, event, answer: 'awaited' }).body,
    read: async ({ probe }) => {
      if (ports.probe === undefined) throw new Error('There is no state probe.');
      if (standing.fall?.kind === 'unread') return NOT_READ;
      let reading = await ports.probe.read(probe, signal);
      for (const waitMs of LIMITED_WAITS_MS) {
        if (reading.status !== LIMITED || isOver()) break;
        hearLimit();
        await clock.sleep(waitMs, signal);
        reading = await ports.probe.read(probe, signal);
      }
      standing.hearReading(reading, clock.monotonic());
      return reading;
    },
  };
}

function isTrouble(exchange: Exchange): boolean {
  const { outcome } = exchange;
  if (outcome.kind === 'cancelled' || isOk(outcome)) return false;
  return isGenuine(exchange) && !isCrowdedOut(exchange);
}
