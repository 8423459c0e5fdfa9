import type { Clock, Outcome, ProbeReading, StateProbe, Transport } from '../../ports.js';
import { findKind } from '../../webhook/catalogue.js';
import type { Delivery, Script, Step } from '../script.js';
import type { Courier, Subject } from './courier.js';

/** One POST that was made, and what came of it. */
export interface Exchange {
  readonly step: number;
  readonly delivery: Delivery;
  /** 0 for the delivery itself, then the number of the retry. */
  readonly retry: number;
  readonly outcome: Outcome;
  /** Monotonic milliseconds; when nothing was written, the end. */
  readonly writtenMs: number;
  readonly endMs: number;
}

export interface Execution {
  readonly script: Script;
  readonly subjects: readonly Subject[];
  readonly exchanges: readonly Exchange[];
  /** Every step with several deliveries had them under way at the same time. */
  readonly overlapped: boolean;
  readonly lastAnswerMs: number;
}

export interface LabPorts {
  readonly courier: Courier;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly probe: StateProbe | undefined;
  /** Makes what the receiver expects to exist before the first web hook of a resource. */
  readonly prepare: ((subject: Subject) => Promise<void>) | undefined;
  /** Hears of each genuine web hook as it leaves. */
  readonly onSend: ((kind: string, body: Uint8Array) => void) | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ExecuteOptions {
  /** Connections may be kept and shared. */
  readonly burst?: boolean;
  /** Gives up on the first delivery that is not answered in time. */
  readonly impatient?: boolean;
  /** Each delivery is made once, whatever its answer. */
  readonly once?: boolean;
  readonly beforeFirst?: (subjects: readonly Subject[]) => Promise<void>;
}

/** Carries scripts out, each on resources of its own. */
export interface Lab {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly hasProbe: boolean;
  execute(script: Script, options?: ExecuteOptions): Promise<Execution>;
  /** Delivers more to resources of an execution that is over. */
  send(
    subjects: readonly Subject[],
    steps: readonly Step[],
    options?: ExecuteOptions,
  ): Promise<readonly Exchange[]>;
  read(subject: Subject): Promise<ProbeReading>;
  /** What the event of a resource would say. */
  body(subject: Subject, event: string): Uint8Array;
  /** Every exchange so far. */
  readonly log: readonly Exchange[];
}

/** Inqud retries up to 10 times (docs.inqud.com/developer/web-hooks); here almost without waiting. */
const RETRY_WAITS_MS = [0, 5, 10, 20, 40, 80, 100, 100, 100, 100];
/** A receiver that refuses says the same again. */
const RETRIES_OF_A_REFUSAL = 2;
const RETRIES_OF_A_TIMEOUT = 1;
const PATIENCE_TIMEOUTS = 3;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function createLab(ports: LabPorts): Lab {
  const { clock, signal } = ports;
  const log: Exchange[] = [];
  let nextNumber = 0;

  const meet = (script: Script): readonly Subject[] => {
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

  const furthest = new WeakMap<Subject, number>();
  const isLatest = (subject: Subject, { event }: Delivery): boolean => {
    const { kind } = subject.probe;
    const status = findKind(kind)?.statuses.find(({ name }) => name === event);
    const place = status?.path.length ?? 0;
    if (place < (furthest.get(subject) ?? 0)) return false;
    furthest.set(subject, place);
    return true;
  };

  const attempt = async (
    subjects: readonly Subject[],
    delivery: Delivery,
    place: { readonly step: number; readonly retry: number },
    burst: boolean,
  ): Promise<Exchange> => {
    const subject = subjects[delivery.resource];
    if (subject === undefined) throw new RangeError('the delivery is of no resource');
    let writtenMs: number | undefined;
    const request = ports.courier.request(subject, delivery);
    if (delivery.variant === undefined && isLatest(subject, delivery)) {
      ports.onSend?.(subject.probe.kind, request.body);
    }
    const outcome = await ports.transport.send(request, {
      timeoutMs: ports.timeoutMs,
      signal,
      freshConnection: !burst,
      onWritten: () => {
        writtenMs = clock.monotonic();
      },
    });
    const endMs = clock.monotonic();
    const exchange = { ...place, delivery, outcome, writtenMs: writtenMs ?? endMs, endMs };
    log.push(exchange);
    return exchange;
  };

  const sendSteps = async (
    subjects: readonly Subject[],
    steps: readonly Step[],
    { burst = false, impatient = false, once = false }: ExecuteOptions = {},
  ): Promise<readonly Exchange[]> => {
    const made: Exchange[] = [];
    for (const [step, { deliveries }] of steps.entries()) {
      if (signal.aborted || hasHung(made, impatient ? 1 : PATIENCE_TIMEOUTS)) break;
      const together = deliveries.map((delivery) =>
        attempt(subjects, delivery, { step, retry: 0 }, burst),
      );
      made.push(...(await Promise.all(together)));
    }
    if (!once && (!impatient || !hasHung(made, 1))) await retry(subjects, made);
    return made;
  };

  const retry = async (subjects: readonly Subject[], made: Exchange[]): Promise<void> => {
    for (const [round, waitMs] of RETRY_WAITS_MS.entries()) {
      const again = unanswered(made).filter(({ outcome }) => isWorthRetrying(outcome, round));
      if (again.length === 0 || signal.aborted) return;
      await clock.sleep(waitMs, signal);
      for (const { delivery, step } of again) {
        made.push(await attempt(subjects, delivery, { step, retry: round + 1 }, false));
      }
    }
  };

  return {
    clock,
    signal,
    hasProbe: ports.probe !== undefined,
    log,
    execute: async (script, options = {}) => {
      const subjects = meet(script);
      for (const subject of subjects) await ports.prepare?.(subject);
      await options.beforeFirst?.(subjects);
      const exchanges = await sendSteps(subjects, script.steps, options);
      return {
        script,
        subjects,
        exchanges,
        overlapped: isOverlapped(script, exchanges),
        lastAnswerMs: Math.max(0, ...exchanges.map(({ endMs }) => endMs)),
      };
    },
    send: (subjects, steps, options) => sendSteps(subjects, steps, options),
    body: (subject, event) =>
      ports.courier.request(subject, { resource: 0, event, answer: 'awaited' }).body,
    read: async ({ probe }) => {
      if (ports.probe === undefined) throw new Error('There is no state probe.');
      return ports.probe.read(probe, signal);
    },
  };
}

/** Deliveries that Inqud would deliver again: none of their attempts was answered 200. */
export function unanswered(exchanges: readonly Exchange[]): readonly Exchange[] {
  const latest = new Map<Delivery, Exchange>();
  for (const exchange of exchanges) latest.set(exchange.delivery, exchange);
  return [...latest.values()].filter(
    ({ delivery, outcome }) =>
      delivery.answer === 'awaited' && delivery.variant?.forge === undefined && !isOk(outcome),
  );
}

export function isOk(outcome: Outcome): boolean {
  return outcome.kind === 'responded' && outcome.status === 200;
}

function isWorthRetrying(outcome: Outcome, round: number): boolean {
  if (outcome.kind === 'timed-out') return round < RETRIES_OF_A_TIMEOUT;
  if (outcome.kind !== 'responded') return round < RETRIES_OF_A_REFUSAL;
  return outcome.status >= 500 || round < RETRIES_OF_A_REFUSAL;
}

function hasHung(exchanges: readonly Exchange[], patience: number): boolean {
  const timeouts = exchanges.filter(({ outcome }) => outcome.kind === 'timed-out');
  return timeouts.length >= patience;
}

function isOverlapped(script: Script, exchanges: readonly Exchange[]): boolean {
  return script.steps.every(({ deliveries }, step) => {
    if (deliveries.length < 2) return true;
    const together = exchanges.filter((exchange) => exchange.step === step && exchange.retry === 0);
    const lastWrittenMs = Math.max(...together.map(({ writtenMs }) => writtenMs));
    const firstEndMs = Math.min(...together.map(({ endMs }) => endMs));
    return lastWrittenMs < firstEndMs;
  });
}
