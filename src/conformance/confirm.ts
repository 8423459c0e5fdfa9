import { comparison } from './comparison.js';
import { decides } from './decides.js';
import {
  alternativeScripts,
  type ExpectedStates,
  expect,
  type Held,
  referenceScripts,
} from './expectation.js';
import { isOk } from './lab/exchange.js';
import type { ExecuteOptions } from './lab/lab.js';
import type { Laboratory } from './laboratory.js';
import { tellingPathsIn } from './profile.js';
import type { Story } from './rule.js';
import type { Script } from './script.js';
import { isRight, shortPatienceMs, type Trial, tryOut } from './trial.js';

/** What a rule tries. */
export interface Case extends Held {
  readonly options?: ExecuteOptions;
  /** What it looks for does not show every time, so that a copy of it tells something new. */
  readonly isRace?: boolean;
}

const RERUNS = 5;
/** What may be a race is done again up to so many times before it is let go. */
const MOST_RERUNS = 20;
const ENOUGH = 2;

/**
 * Does it again on a quiet receiver, so that no load of ours is taken for a mistake of the
 * receiver's, and doubts what it is held against first. `undefined` when it never happens again,
 * unless the first time left what no load explains: a wrong state, still there, after answers of
 * 200 alone.
 */
export async function confirm(
  laboratory: Laboratory,
  item: Case,
  first: Trial | undefined,
): Promise<Story | undefined> {
  await doubtAll(laboratory, referenceScripts(item));
  const story = await doAgain(laboratory, item, first);
  const others = alternativeScripts(item);
  if (story === undefined || others.length === 0 || !isBesideThePoint(laboratory, story)) {
    return story;
  }
  await doubtAll(laboratory, others);
  return doAgain(laboratory, item, first);
}

async function doAgain(
  laboratory: Laboratory,
  item: Case,
  first: Trial | undefined,
): Promise<Story | undefined> {
  const { gate, lab, oracle, isMixedUp } = laboratory;
  const expectation = await expect(laboratory, item.script, item.measure);
  const isRace = isRaceable(item.script);
  const isSlow = first !== undefined && hasTimeouts(first);
  const most = isSlow ? 1 : isRace ? MOST_RERUNS : RERUNS;
  const atOnce = isSlow || isMixedUp ? 1 : RERUNS;
  const rerun = (patienceMs?: number) =>
    tryOut(laboratory, item.script, expectation, item.options ?? {}, patienceMs);
  let trials: readonly Trial[] = [];
  while (trials.length < most && trials.every(isRight) && !lab.isOver) {
    const more = () => Promise.all(Array.from({ length: atOnce }, () => rerun()));
    trials = [...trials, ...(await gate.calm(more))];
  }
  if (!isRace && !trials.every(isRight)) {
    const isRightAlone = async () =>
      isRight(await gate.alone(() => rerun(shortPatienceMs(oracle))));
    const isMixed = trials.some(isRight) || (atOnce > 1 && (await isRightAlone()));
    if (isMixed) trials = await oneByOne(laboratory, rerun);
  }
  if (lab.isOver) return undefined;
  const failed = trials.filter((trial) => !isRight(trial) && !trial.limited);
  const [shown] = failed;
  const storyOf = ({ script, exchanges, wrong }: Trial, times: Story['times']): Story => ({
    script,
    exchanges,
    wrong,
    times,
    measure: item.measure,
  });
  if (shown !== undefined) return storyOf(shown, { failed: failed.length, of: trials.length });
  if (first === undefined || !(await isProven(laboratory, first, expectation))) return undefined;
  return storyOf(first, { failed: 1, of: trials.length + 1 });
}

/** What goes wrong now and then may be the doing of what came at the same time. */
async function oneByOne(
  { lab, gate }: Laboratory,
  rerun: () => Promise<Trial>,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  const failures = () => trials.filter((trial) => !isRight(trial)).length;
  while (trials.length < RERUNS && failures() < ENOUGH && !lab.isOver) {
    trials.push(await gate.alone(rerun));
  }
  return trials;
}

/** A race that was lost once is lost: what decides is wrong, and stays so on a quiet receiver. */
async function isProven(
  laboratory: Laboratory,
  { script, execution, exchanges }: Trial,
  expectation: ExpectedStates,
): Promise<boolean> {
  if (!isRaceable(script) || !exchanges.every(({ outcome }) => isOk(outcome))) return false;
  const { gate, oracle } = laboratory;
  const states = await gate.calm(() => oracle.look(execution));
  const compare = comparison(laboratory, script, expectation);
  return states.some((actual, index) => {
    const resource = script.resources[index];
    const expected = expectation.states[index];
    if (resource === undefined || expected === undefined) return false;
    const isWrong = compare(actual, index).length > 0;
    return isWrong && decides(laboratory, resource, expected, actual).length > 0;
  });
}

async function doubtAll({ references }: Laboratory, scripts: readonly Script[]): Promise<void> {
  for (const script of scripts) await references.doubt(script);
}

/** Whether nothing that decides is wrong: then a state that may be right as well could be this one. */
function isBesideThePoint({ kinds }: Laboratory, { script, wrong }: Story): boolean {
  return (
    wrong.length > 0 &&
    wrong.every(({ resource, differences }) => {
      const telling = tellingPathsIn(kinds, script.resources[resource]?.kind ?? '');
      return differences.every(({ path }) => !telling.includes(path));
    })
  );
}

/** Whether deliveries of it come at the same time. */
export function isRaceable({ steps }: Script): boolean {
  return steps.some(({ deliveries }) => deliveries.length > 1);
}

function hasTimeouts({ exchanges }: Trial): boolean {
  return exchanges.some(({ outcome }) => outcome.kind === 'timed-out');
}
