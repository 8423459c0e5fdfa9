import { isAtOnce } from '../../calibration/pace.js';
import { isTelling } from '../../calibration/unshown-success.js';
import { type Execution, isOk } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { once } from '../../once.js';
import { isPaid, type KindUnderTest, tellingPaths } from '../../profile.js';
import {
  fail,
  inconclusive,
  pass,
  type Rule,
  type RuleVerdict,
  SOURCES,
  type Story,
} from '../../rule.js';
import { type Difference, differences, single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { settle } from '../../state/settle.js';
import { inTurn, scriptFor } from '../kinds.js';
import { patienceOf } from './patience.js';

const LIVES = 24;
const FEW_LIVES = 4;
const MOST_COPIES = 3;
/** What is seen once, lost or shown, may be chance. */
const ENOUGH = 2;
/** What never shows is for payload/success-shows. */
const NEVER_SHOWN = 4;
const LOOK_AGAIN_MS = 100;

/**
 * Of a quick receiver a few more lives are asked for: those that seemed steady may have been lucky, and
 * those of which nothing could be told unlucky.
 */
const losingKinds = once(async (laboratory): Promise<readonly KindUnderTest[]> => {
  const { gate, pace } = laboratory;
  if (!isAtOnce(pace)) return [];
  const losing = await Promise.all(
    laboratory.kinds
      .filter(({ kind, moves }) => moves && isPaid(kind))
      .map(async (kind) => {
        const lives = Array.from({ length: FEW_LIVES }, () =>
          gate.shared(() => successOf(laboratory, kind, 0)),
        );
        const shown = (await Promise.all(lives)).flatMap((one) => one?.shown.length ?? []);
        const isTold = kind.profile !== undefined || shown.some((count) => count > 0);
        return isTold && shown.includes(0) ? [kind] : [];
      }),
  );
  return losing.flat();
});

/**
 * What is lost now and then looks like a state that varies by itself, of which nothing can be told. So
 * where it seemed to vary, or a success did not show, successes come one by one, and are counted.
 */
export const payloadSuccessEveryTime: Rule = {
  id: 'payload/success-every-time',
  severity: 'must',
  title: 'A success that comes in order counts every time',
  source: SOURCES.paymentStatuses,
  advice:
    'Look for what differs between one time and the next: a process or a replica that is out of date, a queue or a cache that drops what does not fit, a key that two payments share.',
  needs: ['moving-state'],
  when: 'last',
  seesUnshown: true,
  seesMasked: true,
  begin: async (laboratory) => void (await losingKinds(laboratory)),
  run,
};

/** A success that came in order and alone, and what came of it. */
interface Success {
  readonly story: Story;
  /** What it changed that tells of a success; nothing where it was lost. */
  readonly shown: readonly Difference[];
  readonly state: Leaves;
  /** What shows of it now. */
  readonly lookAgain: () => Promise<readonly Difference[]>;
}

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const doubtful = laboratory.kinds.filter((kind) => isDoubtful(laboratory, kind));
  const suspects = doubtful.length > 0 ? doubtful : await losingKinds(laboratory);
  if (suspects.length === 0) return pass('Whatever came in order showed each time.');
  let showedAll = true;
  for (const kind of suspects) {
    const { shown, lost } = await laboratory.gate.alone(() => successesOf(laboratory, kind));
    const last = lost.at(-1);
    showedAll &&= lost.length === 0;
    if (last === undefined || lost.length < ENOUGH) continue;
    const told = shown.length === 0 ? toldAtFirst(kind) : toldByAll(shown);
    const differences = missing(told, last);
    if (differences.length === 0 || (await haveComeLater(lost))) continue;
    const times = { failed: lost.length, of: shown.length + lost.length };
    const since = shown.length === 0 ? ', though it showed when the check began' : '';
    return fail(
      `${kind.name}.${kind.main.end} came in order and alone, was answered 200, and left nothing ${times.failed} of ${times.of} times${since}.`,
      { ...last.story, wrong: [{ resource: 0, differences }], times },
    );
  }
  return showedAll || doubtful.length === 0
    ? pass('Whatever came in order and alone showed each time.')
    : inconclusive('A success that came in order and alone did not show, once or each time.');
}

/** Whether its usual life seems to leave now this and now that, or nothing. */
function isDoubtful({ oracle }: Laboratory, kind: KindUnderTest): boolean {
  const { profile, blind, moves } = kind;
  if (!isPaid(kind.kind) || !moves) return false;
  if (profile === undefined) return blind?.code === 'success-unshown';
  const telling = tellingPaths(profile);
  return telling.length > 0 && telling.every((path) => oracle.masked.has(path));
}

async function successesOf(laboratory: Laboratory, kind: KindUnderTest) {
  const shown: Success[] = [];
  const lost: Success[] = [];
  for (let lives = 0; lives < LIVES && !laboratory.lab.isOver; lives += 1) {
    if (shown.length >= ENOUGH && lost.length >= ENOUGH) break;
    if (shown.length === 0 && lost.length >= NEVER_SHOWN) break;
    const success = await successOf(laboratory, kind, lives % MOST_COPIES);
    if (success === undefined) continue;
    if (success.shown.length > 0) shown.push(success);
    else lost.push(success);
  }
  return { shown, lost };
}

/**
 * The success after the life before it, the first event of which comes some times more: where a few
 * processes take turns, it would always be the same one that takes the success. It is looked at until it
 * shows, and what is masked counts as well.
 */
async function successOf(
  laboratory: Laboratory,
  kind: KindUnderTest,
  copies: number,
): Promise<Success | undefined> {
  const { lab, oracle } = laboratory;
  const { end } = kind.main;
  const [first = end] = kind.main.events;
  const events = [
    ...Array.from({ length: first === end ? 0 : copies }, () => first),
    ...kind.main.events,
  ];
  const execution = await lab.execute(scriptFor(kind, kind.main, inTurn(events.slice(0, -1))));
  if (oracle.settleMs > 0) await settle(lab, oracle, execution);
  const before = await steadyLook(laboratory, execution);
  const last = await lab.send(execution.subjects, inTurn([end]));
  if (last.length === 0 || !last.every(({ outcome }) => isOk(outcome))) return undefined;
  const script = scriptFor(kind, kind.main, inTurn(events));
  const laterOnes = last.map((exchange) => ({ ...exchange, step: events.length - 1 }));
  const exchanges = [...execution.exchanges, ...laterOnes].map((exchange) => ({
    ...exchange,
    delivery: script.steps[exchange.step]?.deliveries[0] ?? exchange.delivery,
  }));
  const story = { script, exchanges, wrong: [], times: undefined };
  const amount = execution.subjects[0]?.probe.amount;
  const known = kind.profile === undefined ? [] : tellingPaths(kind.profile);
  const untilMs = lab.clock.monotonic() + patienceOf(oracle);
  const shownIn = (state: Leaves) =>
    differences(before, state).filter(
      (one) => known.includes(one.path) || isTelling(one, kind.kind, amount),
    );
  const look = async () => (await oracle.lookAtAll(execution))[0] ?? new Map();
  const lookAgain = async () => shownIn(await look());
  for (;;) {
    const state: Leaves = await look();
    const shown = shownIn(state);
    const isEnough = shown.length > 0 || lab.isOver || lab.clock.monotonic() >= untilMs;
    if (isEnough) return { story, shown, state, lookAgain };
    await lab.clock.sleep(LOOK_AGAIN_MS, lab.signal);
  }
}

/** Whether one that left nothing shows by now: a job that runs now and then has done it since. */
async function haveComeLater(lost: readonly Success[]): Promise<boolean> {
  const looks = await Promise.all(lost.map(({ lookAgain }) => lookAgain()));
  return looks.some((shown) => shown.length > 0);
}

/** Looks until nothing moves, masked or not: what an earlier event changes late is not the success. */
async function steadyLook({ lab, oracle }: Laboratory, execution: Execution): Promise<Leaves> {
  const waitMs = Math.max(LOOK_AGAIN_MS, oracle.settleMs);
  const untilMs = lab.clock.monotonic() + oracle.judgedAfterMs;
  const look = async () => (await oracle.lookAtAll(execution))[0] ?? new Map();
  for (let before: Leaves = await look(); ; ) {
    await lab.clock.sleep(waitMs, lab.signal);
    const state: Leaves = await look();
    const isOver = lab.isOver || lab.clock.monotonic() >= untilMs;
    if (isOver || differences(before, state).length === 0) return state;
    before = state;
  }
}

/** What a success leaves at a path. */
type Told = Pick<Difference, 'path' | 'actual'>;

/** What all of them changed in the same way; nothing where there is one alone. */
function toldByAll(shown: readonly Success[]): readonly Difference[] {
  const [first, ...others] = shown;
  if (first === undefined || others.length + 1 < ENOUGH) return [];
  return first.shown.filter(({ path, actual }) =>
    others.every((other) => other.shown.some((one) => one.path === path && one.actual === actual)),
  );
}

/** What it left when the check began: a memory that fills up, or a key that repeats, takes no more later. */
function toldAtFirst({ profile }: KindUnderTest): readonly Told[] {
  if (profile === undefined) return [];
  return tellingPaths(profile).map((path) => ({ path, actual: single(profile.main, path) }));
}

function missing(told: readonly Told[], { state }: Success): readonly Difference[] {
  return told
    .map(({ path, actual }) => ({ path, expected: actual, actual: single(state, path) }))
    .filter(({ expected, actual }) => expected !== undefined && expected !== actual);
}
