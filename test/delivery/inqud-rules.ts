import type { Plan } from '../../src/delivery/plan.js';
import type { AttemptRecord, RunRecord } from '../../src/delivery/records.js';

/**
 * Inqud's rules once more, as plainly as they can be written: one event at a time, from its first
 * attempt to its last. It shares no code with what it checks.
 */

export interface Verdicts {
  readonly delivered: number;
  readonly lost: number;
  readonly withheld: number;
}

/** What contradicts the rules, as sentences, and how the events ended. */
export interface Audit extends Verdicts {
  readonly objections: readonly string[];
}

interface PlannedEvent {
  readonly name: string;
  readonly dueMs: number;
}

export function auditRun(plan: Plan, records: readonly RunRecord[]): Audit {
  const objections: string[] = [];
  const verdicts = { delivered: 0, lost: 0, withheld: 0 };
  let previousMs = 0;
  for (const { planMs } of records) {
    if (planMs < previousMs) objections.push(`plan time went back from ${previousMs} to ${planMs}`);
    previousMs = planMs;
  }
  for (const [key, story] of storiesOf(records)) {
    const planned = plannedOf(plan, key);
    const first = story[0];
    if (planned === undefined || first === undefined) {
      objections.push(`${key} is not in the plan`);
      continue;
    }
    if (first.kind === 'dropped') {
      if (story.length > 1) objections.push(`${key} was dropped and sent`);
      if (plan.faults.drops === 0) objections.push(`${key} was dropped without drops`);
      verdicts.withheld += 1;
      continue;
    }
    const attempts = story.filter((record) => record.kind === 'attempt');
    const { verdict, complaints } = auditEvent(plan, planned, attempts);
    if (verdict !== undefined) verdicts[verdict] += 1;
    objections.push(...complaints.map((complaint) => `${key}: ${complaint}`));
  }
  return { ...verdicts, objections };
}

function auditEvent(plan: Plan, planned: PlannedEvent, all: readonly AttemptRecord[]) {
  const complaints: string[] = [];
  const check = (isRight: boolean, complaint: string) => {
    if (!isRight) complaints.push(complaint);
  };
  const attempts = all.filter(({ duplicate }) => duplicate === undefined);
  const most = 1 + plan.waitsMs.length;
  check(attempts.length <= most, `${attempts.length} attempts, where ${most} are allowed`);

  let dueMs = planned.dueMs + (attempts[0]?.lateMs ?? 0);
  check(dueMs - planned.dueMs <= plan.faults.reorderMs, 'later than the reordering allows');
  let isHiddenSuccess = false;
  let verdict: keyof Verdicts | undefined;

  for (const [index, record] of attempts.entries()) {
    const { outcome, fault, next } = record;
    const number = index + 1;
    check(record.attempt === number, `attempt ${record.attempt} comes as number ${number}`);
    check(record.planMs === dueMs, `attempt ${number} is due at ${dueMs}, not ${record.planMs}`);
    check(verdict === undefined, `attempt ${number} comes after the event was ${verdict}`);

    let isOutage = false;
    for (const { fromMs, toMs } of plan.faults.outages) {
      if (dueMs >= fromMs && dueMs < toMs) isOutage = true;
    }
    check((outcome.kind === 'blocked') === isOutage, `attempt ${number} and the outage disagree`);

    const isOk = outcome.kind === 'responded' && outcome.status === 200;
    const isHidden = fault?.kind === 'lost-ack' || fault?.kind === 'overlap';
    if (isHidden) check(number < most, 'a fault hid the answer to the last attempt');
    if (isHidden && isOk) isHiddenSuccess = true;

    if (isOk && !isHidden) {
      check(next.kind === 'delivered', `a 200 is followed by ${next.kind}`);
      verdict = 'delivered';
      continue;
    }
    if (next.kind === 'overlapped') {
      check(fault?.kind === 'overlap', 'an attempt was overlapped without a fault');
      continue;
    }
    if (number === most) {
      verdict = isOutage || isHiddenSuccess ? 'withheld' : 'lost';
      check(next.kind === verdict, `the last attempt makes it ${verdict}, not ${next.kind}`);
      continue;
    }
    check(next.kind === 'retry', `attempt ${number} fails and is followed by ${next.kind}`);
    if (next.kind !== 'retry') continue;
    const waitMs = plan.waitsMs[index] ?? Number.NaN;
    check(next.waitMs <= waitMs, `the wait is ${next.waitMs}, above ${waitMs}`);
    check(next.waitMs >= waitMs * (1 - plan.jitter) - 1, `the wait is ${next.waitMs}, too short`);
    const tookMs = isHidden || outcome.kind === 'timed-out' ? plan.timeoutMs : 0;
    dueMs = dueMs + tookMs + next.waitMs;
    check(next.dueMs === dueMs, `the retry is announced for ${next.dueMs}, not ${dueMs}`);
  }
  check(verdict !== undefined, 'it never ended');

  for (const copy of all.filter(({ duplicate }) => duplicate !== undefined)) {
    const original = attempts[copy.attempt - 1];
    check(original !== undefined, 'a duplicate of nothing');
    check(copy.next.kind === 'none', 'a duplicate has consequences');
    if (copy.duplicate === 'concurrent') {
      check(copy.planMs === original?.planMs, 'a concurrent duplicate at another time');
    } else {
      check(copy.planMs > (original?.planMs ?? 0), 'a later duplicate that is not later');
      check(original?.next.kind === 'delivered', 'a later duplicate of an undelivered attempt');
    }
  }
  return { verdict, complaints };
}

/** The records of each event, in order. */
function storiesOf(records: readonly RunRecord[]): ReadonlyMap<string, readonly RunRecord[]> {
  const stories = new Map<string, RunRecord[]>();
  for (const record of records) {
    const key = `${record.event} of ${record.resource}`;
    const story = stories.get(key) ?? [];
    story.push(record);
    stories.set(key, story);
  }
  return stories;
}

function plannedOf(plan: Plan, key: string): PlannedEvent | undefined {
  for (const { kind, events } of plan.batches) {
    for (const { status, dueMs } of events) {
      const name = `${kind}.${status}`;
      if (key.startsWith(`${name} of `)) return { name, dueMs };
    }
  }
  return undefined;
}
