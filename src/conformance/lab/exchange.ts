import type { Outcome } from '../../ports.js';
import type { Script, ScriptDelivery, ScriptStep } from '../script.js';
import type { ResourceUnderTest } from './courier.js';

/** One POST that was made, and what came of it. */
export interface Exchange {
  readonly step: number;
  readonly kind: string;
  readonly delivery: ScriptDelivery;
  /** 0 for the delivery itself, then the number of the retry. */
  readonly retry: number;
  readonly outcome: Outcome;
  /** Monotonic milliseconds; when nothing was written, the end. */
  readonly writtenMs: number;
  readonly endMs: number;
  /** How many of our web hooks were under way, this one among them, when it set out. */
  readonly underWay: number;
  /** It was turned away at first for what else was under way, and came again. */
  readonly wasPutOff?: true;
}

export interface Execution {
  readonly script: Script;
  readonly subjects: readonly ResourceUnderTest[];
  readonly exchanges: readonly Exchange[];
  /** What is sent together was under way at the same time, and no hang-up came after the answer. */
  readonly overlapped: boolean;
  readonly lastAnswerMs: number;
}

/** The execution, and what its resources were sent after it. */
export function continued(
  execution: Execution,
  steps: readonly ScriptStep[],
  exchanges: readonly Exchange[],
  lastAnswerMs: number,
): Execution {
  const { script } = execution;
  const sent = script.steps.length;
  return {
    ...execution,
    script: { ...script, steps: [...script.steps, ...steps] },
    exchanges: [
      ...execution.exchanges,
      ...exchanges.map((exchange) => ({ ...exchange, step: sent + exchange.step })),
    ],
    lastAnswerMs,
  };
}

/** Too Many Requests: the web hook was not looked at, and may come again in a moment. */
export const LIMITED = 429;
/** Service Unavailable: in a crowd it says the same. */
const UNAVAILABLE = 503;
/** A hang-up that was due so long ago is late. */
const HANG_UP_MS = 10;
/** A receiver that refuses says the same again. */
const RETRIES_OF_A_REFUSAL = 2;
const RETRIES_OF_A_TIMEOUT = 1;

/** Deliveries that Inqud would deliver again: none of their attempts was taken. */
export function unanswered(exchanges: readonly Exchange[]): readonly Exchange[] {
  const latest = new Map<ScriptDelivery, Exchange>();
  for (const exchange of exchanges) latest.set(exchange.delivery, exchange);
  return [...latest.values()].filter(
    ({ delivery, outcome }) =>
      delivery.answer === 'awaited' && delivery.variant?.forge === undefined && !isOk(outcome),
  );
}

/** Taken, as the receiver means it: that Inqud counts only 200 is for one rule to say. */
export function isOk(outcome: Outcome): boolean {
  return outcome.kind === 'responded' && outcome.status >= 200 && outcome.status < 300;
}

/** The last answer says that the receiver takes no more at the moment. */
export function isLimited({ outcome }: Pick<Exchange, 'outcome'>): boolean {
  return isStatus(outcome, LIMITED);
}

/** Turned away for what else was under way: the receiver takes no more at the moment. */
export function isCrowdedOut(exchange: Pick<Exchange, 'outcome' | 'underWay'>): boolean {
  const { outcome, underWay } = exchange;
  return isLimited(exchange) || (isStatus(outcome, UNAVAILABLE) && underWay > 1);
}

/** A web hook as Inqud would send it, to the byte. */
export function isGenuine({ delivery }: Pick<Exchange, 'delivery'>): boolean {
  return delivery.variant === undefined;
}

export function isStatus(outcome: Outcome, status: number): boolean {
  return outcome.kind === 'responded' && outcome.status === status;
}

export function isWorthRetrying(outcome: Outcome, round: number): boolean {
  if (outcome.kind === 'timed-out') return round < RETRIES_OF_A_TIMEOUT;
  if (outcome.kind === 'unreachable') return true;
  if (outcome.kind !== 'responded') return round < RETRIES_OF_A_REFUSAL;
  return outcome.status >= 500 || round < RETRIES_OF_A_REFUSAL;
}

/** Conflict, Locked, Too Early: another web hook of the resource is under way, or has to come first. */
const BUSY = [409, 423, 425];

/** To have it come again while another is under way is one way to let one copy do the work. */
export function isBusy({ outcome }: Pick<Exchange, 'outcome'>): boolean {
  return outcome.kind === 'responded' && BUSY.includes(outcome.status);
}

/** Declined, and not for what else is under way: that the same comes again should change nothing. */
export function isRefusedByChance(exchange: Pick<Exchange, 'outcome'>): boolean {
  const { outcome } = exchange;
  if (outcome.kind !== 'responded' || isLimited(exchange) || isBusy(exchange)) return false;
  return outcome.status >= 400 && outcome.status < 500;
}

/** Taken right after it was declined, though nothing else of its resource was taken in between. */
export function isTakenByChance(
  made: readonly Exchange[],
  last: Exchange,
  exchange: Exchange,
): boolean {
  if (!isRefusedByChance(last) || !isOk(exchange.outcome)) return false;
  const { resource } = last.delivery;
  return !made
    .slice(made.indexOf(last) + 1)
    .some(({ delivery, outcome }) => delivery.resource === resource && isOk(outcome));
}

export function hasHung(exchanges: readonly Exchange[], patience: number): boolean {
  const timeouts = exchanges.filter(({ outcome }) => outcome.kind === 'timed-out');
  return timeouts.length >= patience;
}

export function isOverlapped(script: Script, exchanges: readonly Exchange[]): boolean {
  if (exchanges.some(isHungUpLate)) return false;
  return script.steps.every(({ deliveries }, step) => {
    if (deliveries.length < 2) return true;
    const together = exchanges.filter((exchange) => exchange.step === step && exchange.retry === 0);
    const lastWrittenMs = Math.max(...together.map(({ writtenMs }) => writtenMs));
    const firstEndMs = Math.min(...together.map(({ endMs }) => endMs));
    return lastWrittenMs < firstEndMs;
  });
}

/** A busy machine hung up so late that the receiver had answered. */
function isHungUpLate({ delivery, outcome, writtenMs, endMs }: Exchange): boolean {
  const { cutAfterMs } = delivery;
  if (cutAfterMs === undefined || outcome.kind !== 'responded') return false;
  return endMs - writtenMs > cutAfterMs + HANG_UP_MS;
}

/** What came of an exchange, in words: `answered 500`, `not answered in time`. */
export function answerOf({ outcome }: Pick<Exchange, 'outcome'>): string {
  return outcome.kind === 'responded' ? `answered ${outcome.status}` : UNANSWERED[outcome.kind];
}

const UNANSWERED: Readonly<Record<Exclude<Outcome['kind'], 'responded'>, string>> = {
  'timed-out': 'not answered in time',
  broken: 'cut off without an answer',
  unreachable: 'not reached',
  cancelled: 'cancelled',
  blocked: 'blocked',
};

/** The same of all attempts at it, and whether the receiver was gone afterwards. */
export function endOf(refused: Exchange, exchanges: readonly Exchange[]): string {
  const attempts = exchanges.filter(({ delivery }) => delivery === refused.delivery);
  const cut = attempts.find(({ outcome }) => outcome.kind === 'broken');
  const isGone = attempts.some(({ outcome }) => outcome.kind === 'unreachable');
  if (cut === undefined || !isGone) return answerOf(refused);
  return `${answerOf(cut)}, and nothing listened after it`;
}
