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

/** Some ten times what is drawn, so that a resource is known before its worst comes. */
const LIMITS: LaneLimits = { lanes: 300, recordsOfALane: 120 };

interface Keeping {
  readonly resource: string;
  readonly rows: Map<string, { event: string; happenedMs: number; records: RunRecord[] }>;
  readonly order: number;
  trouble: number;
  kept: number;
  attempts: number;
  lost: number;
  stale: number;
}

export function createLaneKeeper(limits: LaneLimits = LIMITS): LaneKeeper {
  const byResource = new Map<string, Keeping>();
  const byTrouble = new Map<number, Set<Keeping>>();
  let seen = 0;
  let leastTrouble = 0;

  return {
    add: (record) => {
      const trouble = troubleOf(record);
      const lane = byResource.get(record.resource) ?? admitted(record.resource, trouble);
      if (lane === undefined) return;
      keep(lane, record, limits.recordsOfALane);
      if (trouble > lane.trouble) moveTo(lane, trouble);
    },
    lanes: (most) =>
      [...byResource.values()]
        .sort((one, other) => other.trouble - one.trouble || one.order - other.order)
        .slice(0, most)
        .map(laneOf),
    get attemptsKept() {
      return [...byResource.values()].reduce((sum, { kept }) => sum + kept, 0);
    },
  };

  /** A new lane, in the place of one with less trouble where there is no other. */
  function admitted(resource: string, trouble: number): Keeping | undefined {
    if (byResource.size >= limits.lanes && !gaveWay(trouble)) return undefined;
    seen += 1;
    const counts = { trouble, kept: 0, attempts: 0, lost: 0, stale: 0 };
    const lane: Keeping = { resource, rows: new Map(), order: seen, ...counts };
    byResource.set(resource, lane);
    of(trouble).add(lane);
    weigh();
    return lane;
  }

  function gaveWay(trouble: number): boolean {
    if (trouble <= leastTrouble) return false;
    const last = [...of(leastTrouble)].at(-1);
    if (last === undefined) return false;
    of(leastTrouble).delete(last);
    byResource.delete(last.resource);
    return true;
  }

  function moveTo(lane: Keeping, trouble: number): void {
    of(lane.trouble).delete(lane);
    lane.trouble = trouble;
    of(trouble).add(lane);
    weigh();
  }

  /** Looked up for every resource that has no lane, so it is known beforehand. */
  function weigh(): void {
    const taken = [...byTrouble].filter(([, lanes]) => lanes.size > 0);
    leastTrouble = Math.min(...taken.map(([level]) => level));
  }

  function of(trouble: number): Set<Keeping> {
    const lanes = byTrouble.get(trouble) ?? new Set<Keeping>();
    byTrouble.set(trouble, lanes);
    return lanes;
  }
}

function keep(lane: Keeping, record: RunRecord, most: number): void {
  if (record.kind === 'attempt') lane.attempts += 1;
  if (record.kind === 'attempt' && record.next.kind === 'lost') lane.lost += 1;
  if (isStale(record)) lane.stale += 1;
  if (lane.kept >= most) return;
  lane.kept += 1;
  const { event } = record;
  const lateMs = record.kind === 'attempt' ? (record.lateMs ?? 0) : 0;
  const row = lane.rows.get(event) ?? { event, happenedMs: record.planMs - lateMs, records: [] };
  lane.rows.set(event, row);
  row.records.push(record);
}

function laneOf({ resource, rows, attempts, lost, stale, kept }: Keeping): Lane {
  const inOrder = [...rows.values()].sort((one, other) => one.happenedMs - other.happenedMs);
  const drawn = inOrder.reduce((sum, { records }) => sum + records.filter(isAttempt).length, 0);
  return {
    resource,
    rows: inOrder,
    attempts,
    lost,
    stale,
    unkept: kept === 0 ? 0 : attempts - drawn,
  };
}

function isAttempt(record: RunRecord): record is AttemptRecord {
  return record.kind === 'attempt';
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
