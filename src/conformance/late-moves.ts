import type { Kind } from '../webhook/catalogue.js';
import { lived } from './calibration/lives.js';
import { isTelling } from './calibration/unshown-success.js';
import type { Execution } from './lab/exchange.js';
import type { Laboratory } from './laboratory.js';
import { isPaid, type SeenKind } from './profile.js';
import { seenKinds } from './rules/kinds.js';
import { isOfMoney } from './rules/payload/money-names.js';
import { differences, isEqualBut } from './state/difference.js';
import type { Leaves } from './state/leaves.js';
import type { States } from './state/oracle.js';

/** A look at lives that seem to have settled, as long as rules are judged. */
export interface LateWatch {
  /** How late a state moved after all, in milliseconds; undefined once it is too late for that. */
  readonly movedMs: Promise<number | undefined>;
  /** Looks once more, and ends. */
  readonly end: () => Promise<number | undefined>;
}

/** A life, the states that seemed to be its last, and until when it can be looked at. */
interface Life {
  readonly kind: Kind;
  /** Of which nothing came: where the state is that again, the order was put away. */
  readonly before: Leaves;
  readonly execution: Execution;
  readonly states: States;
  readonly untilMs: number | undefined;
}

/** Nobody waits longer for what an order is credited. */
const LATEST_MS = 10_000;
const LOOK_MS = 300;
/** What differs from look to look is no move: it has to stay. */
const STAYS_FOR_LOOKS = 3;
const STAYS_MS = 100;
/** Where states settle as late as this, all is waited for longer than anything is late. */
const LATE_ENOUGH_MS = 3_000;

/** A rule comes back to the oldest lives; until so long before they are left alone. */
const LEFT_ALONE_MS = 200;

/**
 * A status may be there at once, and what it brings only when a job has run: by then the first look is
 * over. So lives that no rule touches, and the oldest as long as none does, are looked at beside the
 * rules. Undefined where that is no use.
 */
export function watchLate(laboratory: Laboratory): LateWatch | undefined {
  const { lab, oracle, gate, isMixedUp, offers, settings } = laboratory;
  const { clock, signal } = lab;
  const kinds = seenKinds(laboratory);
  if (kinds.length === 0 || isMixedUp || oracle.settleMs > LATE_ENOUGH_MS) return undefined;
  const startMs = clock.monotonic();
  let isOver = false;
  const untilMs = settings.offeredMs + settings.lingerMs - LEFT_ALONE_MS;
  const lifeOf = async (
    { kind, profile: { before } }: SeenKind,
    execution: Execution,
    until?: number,
  ): Promise<Life> => {
    const states = await oracle.lookAtAll(execution);
    return { kind, before, execution, states, untilMs: until };
  };
  const lives: Promise<readonly Life[]> = Promise.all(
    kinds.flatMap((seen) => {
      const offer = offers.get(seen.name);
      const fresh = gate.shared(async () =>
        lifeOf(seen, (await lived(lab, oracle, seen.kind, seen.main)).execution),
      );
      return offer === undefined ? [fresh] : [lifeOf(seen, offer, untilMs), fresh];
    }),
  );
  lives.catch(() => undefined);
  const movesOf = async ({ kind, before, execution, states: [settled = new Map()] }: Life) => {
    const [now = new Map()] = await oracle.lookAtAll(execution);
    if (isEqualBut(before, now, oracle.masked)) return [];
    const amount = execution.subjects[0]?.probe.amount;
    return differences(settled, now)
      .filter(({ path }) => !oracle.cumulative.has(path))
      .filter((one) => !oracle.masked.has(one.path) || isTelling(one, kind, amount))
      .map(({ path, actual }) => `${path} ${actual ?? ''}`);
  };
  const hasMoved = async (life: Life) => {
    let moves = await movesOf(life);
    for (let looks = 0; looks < STAYS_FOR_LOOKS && moves.length > 0; looks += 1) {
      await clock.sleep(STAYS_MS, signal);
      const again = await movesOf(life);
      moves = moves.filter((move) => again.includes(move));
    }
    return moves.length > 0;
  };
  const look = async (): Promise<number | undefined> => {
    const left = (await lives).filter(
      ({ untilMs: until = Number.POSITIVE_INFINITY }) => clock.monotonic() < until,
    );
    if (lab.isOver) return undefined;
    const moved = await Promise.all(left.map(hasMoved));
    const late = left.filter((_, index) => moved[index]);
    if (late.length === 0) return undefined;
    const oldestMs = Math.min(...late.map(({ execution }) => execution.lastAnswerMs));
    return clock.monotonic() - oldestMs;
  };
  const watching = async () => {
    while (!isOver && !lab.isOver && clock.monotonic() - startMs < LATEST_MS) {
      const movedMs = await look();
      if (movedMs !== undefined) return movedMs;
      await clock.sleep(LOOK_MS, signal);
    }
    return undefined;
  };
  const movedMs = watching();
  return {
    movedMs,
    end: () => {
      if (kinds.some(isUncredited)) return movedMs;
      isOver = true;
      return look();
    },
  };
}

const ZERO = /^"?0(\.0+)?"?$/;
const RIGHTLY_NOTHING =
  /refund|fee|tax|discount|due|outstanding|open|remaining|held|hold|pending|reserv|tip|change/i;

/** Whether something of money still says nothing after a success, so that it may be told later. */
function isUncredited({ kind, profile: { main } }: SeenKind): boolean {
  if (!isPaid(kind)) return false;
  return [...main].some(
    ([path, texts]) =>
      isOfMoney(path) &&
      !RIGHTLY_NOTHING.test(path) &&
      texts.length === 1 &&
      ZERO.test(texts[0] ?? ''),
  );
}
