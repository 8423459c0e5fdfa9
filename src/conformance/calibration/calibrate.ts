// The room of the calibration: what the receiver takes, what its state tells, and how long it
// needs.
import type { Kind } from '../../webhook/catalogue.js';
import type { Execution } from '../lab/exchange.js';
import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import { type KindUnderTest, mainLife } from '../profile.js';
import type { StateSeen } from '../state/blind.js';
import { pathsThatDiffer } from '../state/difference.js';
import type { Oracle } from '../state/oracle.js';
import { stateSeen } from '../state/state-seen.js';
import {
  type FirstLook,
  LONGEST_WATCH_MS,
  movedLater,
  NOTHING_SEEN,
  WATCH_MS,
  watchFirst,
} from './first-look.js';
import { inOrderLife, type Offer } from './lives.js';
import { offerLives } from './offer-lives.js';
import { mostKinds, paceOneByOne, type ReceiverPace, takePace } from './pace.js';
import { NO_PROBE, unseen } from './profile-kind.js';
import { isBlind, profiled, profiledAlone } from './profiled.js';
import { type SkippedKind, skippedBy } from './skipped-kind.js';

export interface Calibration {
  readonly kinds: readonly KindUnderTest[];
  /** Kinds for which a receiver that works on one web hook after the other has no time. */
  readonly leftOut: readonly string[];
  readonly skipped: readonly SkippedKind[];
  /** Executions of the main lives, for rules that come back to them. */
  readonly offers: ReadonlyMap<string, Execution>;
  /** When the last of them was over, on the monotonic clock. */
  readonly offeredMs: number;
  readonly pace: ReceiverPace;
  /** What comes at the same time gets mixed up: the receiver is asked one by one. */
  readonly isMixedUp: boolean;
  /** Where the balances that all resources share can be read. */
  readonly witness: Execution | undefined;
  /** What the first kind that does not show in the state was answered when it was asked for. */
  readonly stateSeen: StateSeen | undefined;
}

/** The kinds to calibrate; of those that were not named, as many as there is time for. */
export interface Candidates {
  readonly kinds: readonly Kind[];
  readonly areNamed: boolean;
}

/**
 * Offers each kind's usual life, and learns how the receiver's state answers to it. Where the state
 * said for a while that work is under way, and was taken for settled, it is all done anew. What was
 * learned first holds where the receiver ends meanwhile. States that are quiet for so many milliseconds
 * have settled.
 */
export async function calibrate(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  candidates: Candidates,
  quietMs = WATCH_MS,
): Promise<Calibration> {
  const done = await calibrateOnce(lab, oracle, gate, candidates, quietMs);
  const { calibration, accepted, first } = done;
  if (!lab.hasProbe || accepted.length === 0 || !isBlind(calibration.kinds)) return calibration;
  const movedMs = await movedLater(lab, oracle, accepted, first, calibration.offeredMs);
  if (movedMs === undefined) return calibration;
  oracle.forget();
  const anew = await calibrateOnce(lab, oracle, gate, candidates, movedMs + WATCH_MS);
  return lab.isOver ? calibration : anew.calibration;
}

/** What calibration says, and what it went by. */
interface Calibrated {
  readonly calibration: Calibration;
  readonly accepted: readonly Offer[];
  readonly first: FirstLook;
}

async function calibrateOnce(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  candidates: Candidates,
  quietMs: number,
): Promise<Calibrated> {
  await maskWhatVaries(lab, oracle, candidates.kinds);
  const offers = await offerLives(lab, gate, candidates.kinds);
  const offeredMs = lab.clock.monotonic();
  const accepted = offers.filter(({ kind, execution }) => skippedBy(kind, execution) === undefined);
  const first = lab.hasProbe
    ? await watchFirst(lab, oracle, accepted, { quietMs, longestMs: LONGEST_WATCH_MS })
    : NOTHING_SEEN;
  const seen = accepted.filter(({ kind }) => first.changed.has(kind.kind));
  const pace = await takePace(lab, oracle, gate, seen[0] ?? accepted[0], first);
  const chosen = [...seen, ...accepted.filter((offer) => !seen.includes(offer))].slice(
    0,
    candidates.areNamed ? undefined : mostKinds(pace),
  );
  const inOrder = accepted.filter((offer) => chosen.includes(offer));
  const together = lab.hasProbe
    ? await profiled(lab, oracle, gate, inOrder, first)
    : inOrder.map(({ kind }) => unseen(kind, NO_PROBE));
  const alone = await profiledAlone(lab, oracle, gate, seen[0] ?? inOrder[0], together);
  const kinds = alone === undefined ? together : [alone.kind];
  const lives = alone === undefined ? offers : [...offers, alone.offer];
  const [witness] = accepted.filter(({ kind }) =>
    kinds.some(({ name, profile }) => name === kind.kind && profile !== undefined),
  );
  const calibration: Calibration = {
    kinds,
    leftOut: accepted
      .map(({ kind }) => kind.kind)
      .filter((name) => !kinds.some((kind) => kind.name === name)),
    skipped: offers.flatMap(({ kind, execution }) => skippedBy(kind, execution) ?? []),
    offers: new Map(lives.map(({ kind, execution }) => [kind.kind, execution])),
    offeredMs,
    pace: alone === undefined ? pace : paceOneByOne(oracle, pace),
    isMixedUp: alone !== undefined,
    witness: oracle.cumulative.size === 0 ? undefined : witness?.execution,
    stateSeen: await lookAtState(lab, kinds, lives),
  };
  return { calibration, accepted, first };
}

/** Where no state tells anything it is asked for once more, to show what comes. */
async function lookAtState(
  lab: Lab,
  kinds: readonly KindUnderTest[],
  lives: readonly Offer[],
): Promise<StateSeen | undefined> {
  if (!isBlind(kinds)) return undefined;
  const [blind] = kinds;
  const life = lives.find(({ kind }) => kind.kind === blind?.name);
  const [subject] = life?.execution.subjects ?? [];
  if (!lab.hasProbe || lab.isOver || blind === undefined || subject === undefined) return undefined;
  return stateSeen(blind.name, await lab.read(subject));
}

/** What differs between two looks before anything was delivered says nothing. */
async function maskWhatVaries(lab: Lab, oracle: Oracle, [kind]: readonly Kind[]): Promise<void> {
  if (!lab.hasProbe || kind === undefined) return;
  const nothing = await lab.execute(inOrderLife(kind, { ...mainLife(kind), events: [] }));
  const [before] = await oracle.look(nothing);
  const [after] = await oracle.look(nothing);
  if (before === undefined || after === undefined) return;
  for (const path of pathsThatDiffer(before, after)) oracle.mask(path);
}
