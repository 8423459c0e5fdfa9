/** One line of a run's timeline, as `--format ndjson` prints it. */
export interface TimelineRecord {
  readonly kind: string;
  readonly planMs: number;
  readonly event: string;
  readonly resource: string;
  readonly attempt: number;
  readonly duplicate?: 'concurrent' | 'later';
  readonly lateMs?: number;
  readonly fault?: { readonly kind: string; readonly untilMs?: number };
  readonly outcome: { readonly kind: string; readonly status?: number };
  readonly next: { readonly kind: string; readonly dueMs?: number };
}

const MINUTE_MS = 60_000;
const LIFE = ['checkout.new', 'checkout.request-created', 'checkout.payment-detected'];
const HALF_AN_HOUR_MS = 30 * MINUTE_MS;

/**
 * Inqud's rules written down a second time, as plainly as they come: an event is tried until its
 * first 200, at most eleven times, each wait twice the one before. Gives a sentence for each attempt
 * that breaks one. The timeline is that of checkouts, with a minute between the events of each.
 */
export function brokenRules(timeline: readonly TimelineRecord[], timeoutMs: number): string[] {
  const problems: string[] = [];
  const events = new Map<string, EventState>();
  let nowMs = 0;
  for (const record of timeline.filter(({ kind }) => kind === 'attempt')) {
    const name = `${record.event} of ${record.resource}, attempt ${record.attempt}`;
    if (record.planMs < nowMs) problems.push(`${name}: time runs backwards`);
    nowMs = record.planMs;
    const key = record.event + record.resource;
    const state = events.get(key) ?? firstState(record);
    const problem = record.duplicate ? duplicateProblem(record, state) : problemOf(record, state);
    if (problem !== undefined) problems.push(`${name}: ${problem}`);
    events.set(key, record.duplicate ? state : after(record, state, timeoutMs));
  }
  for (const [key, { end }] of events) if (end === undefined) problems.push(`${key} has no end`);
  return problems;
}

interface EventState {
  readonly attempt: number;
  readonly dueMs: number;
  readonly end: { readonly kind: string; readonly atMs: number } | undefined;
}

function firstState({ event, lateMs = 0 }: TimelineRecord): EventState {
  const place = LIFE.indexOf(event);
  const dueMs = (place === -1 ? LIFE.length : place) * MINUTE_MS + lateMs;
  return { attempt: 1, dueMs, end: undefined };
}

function problemOf(record: TimelineRecord, { attempt, dueMs, end }: EventState) {
  if (end !== undefined) return `it comes after the event was ${end.kind}`;
  if (record.attempt !== attempt) return `it should be attempt ${attempt}`;
  if (record.attempt > 11) return 'it is the twelfth';
  if (record.planMs !== dueMs) return `it should come at ${dueMs} and comes at ${record.planMs}`;
  const isBlocked = record.outcome.kind === 'blocked';
  if (isBlocked !== (record.fault?.kind === 'outage')) return 'only an outage blocks';
  if (isAcknowledged(record) !== (record.next.kind === 'delivered')) {
    return 'delivered means that a 200 was heard';
  }
  if (record.next.kind === 'lost' && attempt < 11) return 'it is given up too early';
  if (record.next.kind === 'retry' && attempt === 11) return 'it is not given up';
  return undefined;
}

/** A copy leaves together with an attempt, or up to half an hour after the 200 was heard. */
function duplicateProblem(record: TimelineRecord, { attempt, dueMs, end }: EventState) {
  if (record.next.kind !== 'none') return 'a duplicate has consequences';
  if (record.attempt > attempt) return 'a duplicate comes before its original';
  if (record.duplicate === 'concurrent') return undefined;
  if (end?.kind !== 'delivered') return 'a later duplicate comes before the 200';
  const delayMs = record.planMs - (end?.atMs ?? dueMs);
  return delayMs > HALF_AN_HOUR_MS ? 'a duplicate comes after half an hour' : undefined;
}

function after(record: TimelineRecord, state: EventState, timeoutMs: number): EventState {
  const { attempt, planMs, next } = record;
  if (next.kind === 'overlapped') return { ...state, attempt: attempt + 1, dueMs: planMs };
  if (next.kind !== 'retry') return { ...state, end: { kind: next.kind, atMs: planMs } };
  const seemsTimedOut = record.outcome.kind === 'timed-out' || isHidden(record);
  const endMs = planMs + (seemsTimedOut ? timeoutMs : 0);
  return { ...state, attempt: attempt + 1, dueMs: endMs + 2 * MINUTE_MS * 2 ** (attempt - 1) };
}

function isAcknowledged(record: TimelineRecord): boolean {
  return record.outcome.status === 200 && !isHidden(record);
}

function isHidden({ fault }: TimelineRecord): boolean {
  return fault?.kind === 'lost-ack' || fault?.kind === 'overlap';
}
