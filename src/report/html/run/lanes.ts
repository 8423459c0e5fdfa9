import type { AttemptRecord, RunRecord } from '../../../delivery/records.js';

/** What is kept of one resource, to be drawn. */
export interface Lane {
  readonly resource: string;
  readonly rows: readonly LaneRow[];
  readonly attempts: number;
  readonly lost: number;
  readonly stale: number;
  /** Attempts that are counted, and not kept. */
  readonly unkept: number;
}

/** One event of a resource: what was done about it, in order. */
export interface LaneRow {
  readonly event: string;
  /** When it happened, in plan milliseconds. */
  readonly happenedMs: number;
  readonly records: readonly RunRecord[];
}

/** Keeps what can be drawn of a run: the resources that had most trouble, in bounded memory. */
export interface LaneKeeper {
  add(record: RunRecord): void;
  /** The worst first; of those alike the earliest. */
  lanes(most: number): readonly Lane[];
  readonly attemptsKept: number;
}

export interface LaneLimits {
  readonly lanes: number;
  readonly recordsOfALane: number;
}

/** Many more than are drawn, so that a resource is known before its worst comes. */
const LIMITS: LaneLimits = { lanes: 600, recordsOfALane: 100 };

interface Keeping {
  readonly resource: string;
  readonly rows: Map<string, { event: string; happenedMs: number; records: RunRecord[] }>;
  readonly order: number;
  trouble: number;
  kept: number;
  attempts: number;
  /** Attempts that were before the first one of the lane. */
  missed: number;
  lost: number;
  stale: number;
}

export function createLaneKeeper(limits: LaneLimits = LIMITS): LaneKeeper {
  const byResource = new Map<string, Keeping>();
  /** By trouble; a lane that has moved on is still found where it was, and passed over. */
  const byTrouble = new Map<number, Keeping[]>();
  let seen = 0;
  let kept = 0;

  return {
    add: (record) => {
      const trouble = troubleOf(record);
      const lane = byResource.get(record.resource) ?? admitted(record.resource, trouble);
      if (lane === undefined) return;
      if (keep(lane, record, limits.recordsOfALane)) kept += 1;
      if (trouble > lane.trouble) put(lane, trouble);
    },
    lanes: (most) => [...byResource.values()].sort(byWhatThereIsToSee).slice(0, most).map(laneOf),
    get attemptsKept() {
      return kept;
    },
  };

  /** A new lane, in the place of one with less trouble where there is no room. */
  function admitted(resource: string, trouble: number): Keeping | undefined {
    if (byResource.size >= limits.lanes && !gaveWay(trouble)) return undefined;
    seen += 1;
    const counts = { kept: 0, attempts: 0, missed: 0, lost: 0, stale: 0 };
    const lane: Keeping = { resource, rows: new Map(), order: seen, trouble, ...counts };
    byResource.set(resource, lane);
    put(lane, trouble);
    return lane;
  }

  /** The last of those with the least trouble gives way to more of it. */
  function gaveWay(trouble: number): boolean {
    for (const level of [...byTrouble.keys()].sort((one, other) => one - other)) {
      if (level >= trouble) return false;
      const last = lastAt(level);
      if (last === undefined) continue;
      byResource.delete(last.resource);
      kept -= last.kept;
      return true;
    }
    return false;
  }

  function lastAt(level: number): Keeping | undefined {
    const lanes = byTrouble.get(level) ?? [];
    for (;;) {
      const last = lanes.pop();
      if (last === undefined) byTrouble.delete(level);
      if (last === undefined || last.trouble === level) return last;
    }
  }

  function put(lane: Keeping, trouble: number): void {
    lane.trouble = trouble;
    const lanes = byTrouble.get(trouble) ?? [];
    byTrouble.set(trouble, lanes);
    lanes.push(lane);
  }
}

/** Trouble, then how much of it is known, then what came first. */
function byWhatThereIsToSee(one: Keeping, other: Keeping): number {
  return other.trouble - one.trouble || one.missed - other.missed || one.order - other.order;
}

/** Whether it is kept, and not counted alone. */
function keep(lane: Keeping, record: RunRecord, most: number): boolean {
  count(lane, record);
  if (lane.kept >= most) return false;
  lane.kept += 1;
  const { event } = record;
  const lateMs = record.kind === 'attempt' ? (record.lateMs ?? 0) : 0;
  const row = lane.rows.get(event);
  if (row !== undefined) {
    row.records.push(record);
    return true;
  }
  if (record.kind === 'attempt') lane.missed += record.attempt - 1;
  lane.rows.set(event, { event, happenedMs: record.planMs - lateMs, records: [record] });
  return true;
}

function count(lane: Keeping, record: RunRecord): void {
  if (!isAttempt(record)) return;
  lane.attempts += 1;
  if (record.next.kind === 'lost') lane.lost += 1;
  if (isStale(record)) lane.stale += 1;
}

function laneOf({ resource, rows, attempts, missed, lost, stale }: Keeping): Lane {
  const inOrder = [...rows.values()].sort((one, other) => one.happenedMs - other.happenedMs);
  const drawn = inOrder.reduce((sum, { records }) => sum + records.filter(isAttempt).length, 0);
  const all = attempts + missed;
  return { resource, rows: inOrder, attempts: all, lost, stale, unkept: all - drawn };
}

/** One that ended before the run was interrupted, as the totals count it. */
function isAttempt(record: RunRecord): record is AttemptRecord {
  return record.kind === 'attempt' && isUncut(record);
}

/** It was not under way when the run was interrupted. */
export function isUncut(record: RunRecord): boolean {
  return record.kind !== 'attempt' || record.outcome.kind !== 'cancelled';
}

/** A later event of the resource was there before it. */
export function isStale(record: RunRecord): boolean {
  return record.kind === 'attempt' && record.outOfOrder === true && record.duplicate === undefined;
}

const LOST = 10_000;
const WITHHELD = 8_000;
const STALE = 5_000;

/** How much there is to see: what is lost, then what came out of order, then what took long. */
function troubleOf(record: RunRecord): number {
  if (record.kind === 'dropped') return WITHHELD;
  const { next, attempt, duplicate, fault, outcome } = record;
  if (next.kind === 'lost') return LOST;
  if (next.kind === 'withheld') return WITHHELD;
  if (isStale(record)) return STALE;
  const isRefused = outcome.kind !== 'responded' || outcome.status !== 200;
  return (
    10 * (isRefused ? attempt : attempt - 1) +
    (fault === undefined && duplicate === undefined ? 0 : 5)
  );
}
