import { comparison, decides } from './comparison.js';
import { type Expectation, eventsOf, expect, type Measure } from './expectation.js';
import { isOk } from './lab/exchange.js';
import type { ExecuteOptions } from './lab/lab.js';
import type { Laboratory } from './laboratory.js';
import type { Story } from './rule.js';
import type { Script } from './script.js';
import { isRight, type Trial, tryOut } from './trial.js';

/** A script and what its states are held against. */
export interface Case {
  readonly script: Script;
  readonly measure: Measure;
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
 * receiver's, and doubts the reference first. `undefined` when it never happens again, unless the
 * first time left what no load explains: a wrong state, still there, after answers of 200 alone.
 */
export async function confirm(
  laboratory: Laboratory,
  item: Case,
  first: Trial | undefined,
): Promise<Story | undefined> {
  const { gate, lab, isMixedUp } = laboratory;
  await doubtReferences(laboratory, item);
  const expectation = await expect(laboratory, item.script, item.measure);
  const isRace = isRaceable(item.script);
  const isSlow = first !== undefined && hasTimeouts(first);
  const most = isSlow ? 1 : isRace ? MOST_RERUNS : RERUNS;
  const atOnce = isSlow || isMixedUp ? 1 : RERUNS;
  const rerun = () => tryOut(laboratory, item.script, expectation, item.options ?? {});
  let trials: readonly Trial[] = [];
  while (trials.length < most && trials.every(isRight) && !lab.isOver) {
    const more = () => Promise.all(Array.from({ length: atOnce }, () => rerun()));
    trials = [...trials, ...(await gate.calm(more))];
  }
  const isMixed = trials.some(isRight) && !trials.every(isRight);
  if (isMixed && !isRace) trials = await oneByOne(laboratory, rerun);
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
  expectation: Expectation,
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

async function doubtReferences(
  { references }: Laboratory,
  { script, measure }: Case,
): Promise<void> {
  if (measure.kind === 'decided-as' || measure.kind === 'in-turn') return;
  for (const [index, resource] of script.resources.entries()) {
    const events = measure.kind === 'decided' ? measure.events : eventsOf(script, index);
    await references.doubt(resource, events);
  }
}

/** Whether deliveries of it come at the same time. */
export function isRaceable({ steps }: Script): boolean {
  return steps.some(({ deliveries }) => deliveries.length > 1);
}

function hasTimeouts({ exchanges }: Trial): boolean {
  return exchanges.some(({ outcome }) => outcome.kind === 'timed-out');
}
