import { findMiscount } from './balance.js';
import { mostCases } from './calibration/pace.js';
import { decides } from './comparison.js';
import { type Expectation, eventsOf, expect, type Measure } from './expectation.js';
import { type Exchange, isOk, unanswered } from './lab/exchange.js';
import type { ExecuteOptions, Lab } from './lab/lab.js';
import { fallText } from './lab/standing.js';
import type { Laboratory } from './laboratory.js';
import { fail, inconclusive, pass, type Story, type Verdict } from './rule.js';
import { countDeliveries, type Script } from './script.js';
import { shrink } from './search/shrink.js';
import { isRight, type Trial, tryOut, wrongNow } from './trial.js';

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
const TRIES_FOR_AN_OVERLAP = 6;
/** So many suspicions of one rule are looked into before it is let go. */
const SUSPICIONS = 3;
const SHRINK_MS = 6_000;
/** Longer than any script. */
const UNUSUAL = 1_000;

/** Trials that have been made, for rules that ask the same. */
const made = new WeakMap<Laboratory, Map<string, Promise<Trial>>>();

/** A rule whose cases all have to leave the right states. The smallest that does not is shown. */
export async function judge(
  laboratory: Laboratory,
  everyCase: readonly Case[],
  what: string,
): Promise<Verdict> {
  const { lab } = laboratory;
  const cases = everyCase
    .toSorted((one, other) => rank(laboratory, one) - rank(laboratory, other))
    .slice(0, mostCases(laboratory.pace));
  if (cases.length === 0) return inconclusive('No kind under test has what this rule needs.');
  const trials = await Promise.all(cases.map((item) => firstTrial(laboratory, item)));
  const suspects = trials.flatMap((trial, index) =>
    isRight(trial) || trial.limited ? [] : [index],
  );
  for (const index of suspects.slice(0, SUSPICIONS)) {
    const item = cases[index];
    const story = item && (await confirm(laboratory, item, trials[index]));
    if (item === undefined || story === undefined) continue;
    const smallest = await smaller(laboratory, item, story);
    return fail(sentence(what, smallest), smallest);
  }
  if (lab.isOver) return inconclusive(whyOver(lab));
  const miscounted = await findMiscount(laboratory, cases);
  if (miscounted !== undefined) return fail(what, miscounted);
  if (trials.some(({ limited }) => limited)) {
    return inconclusive('The receiver answers 429, however slowly web hooks come.');
  }
  const missed = trials.filter(({ overlapped }) => !overlapped).length;
  if (missed === trials.length) {
    return inconclusive('The deliveries never were under way at the same time.');
  }
  return pass(passing(cases.length, suspects.length));
}

/** Why a run ended before its time. */
export function whyOver({ standing: { fall } }: Lab): string {
  return fall === undefined ? 'The run was interrupted.' : fallText(fall);
}

/** The trial of the same case by another rule, or one of its own. */
function firstTrial(laboratory: Laboratory, item: Case): Promise<Trial> {
  if (item.isRace === true || item.options !== undefined) return untilOverlapped(laboratory, item);
  const trials = made.get(laboratory) ?? new Map<string, Promise<Trial>>();
  made.set(laboratory, trials);
  const key = JSON.stringify([item.script, item.measure]);
  const trial = trials.get(key) ?? untilOverlapped(laboratory, item);
  trials.set(key, trial);
  return trial;
}

/** Runs the case side by side with others, until its overlaps happened. */
async function untilOverlapped(laboratory: Laboratory, item: Case): Promise<Trial> {
  const expectation = await expect(laboratory, item.script, item.measure);
  let trial = await once(laboratory, item, expectation);
  for (let tries = 1; tries < TRIES_FOR_AN_OVERLAP && needsMore(trial, laboratory); tries += 1) {
    trial = await once(laboratory, item, expectation);
  }
  return trial;
}

function needsMore(trial: Trial, { lab }: Laboratory): boolean {
  return !trial.overlapped && isRight(trial) && !lab.isOver;
}

function once(laboratory: Laboratory, item: Case, expectation: Expectation): Promise<Trial> {
  return laboratory.gate.shared(() =>
    tryOut(laboratory, item.script, expectation, item.options ?? {}),
  );
}

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
  const { gate, lab } = laboratory;
  await doubtReferences(laboratory, item);
  const expectation = await expect(laboratory, item.script, item.measure);
  const most = first !== undefined && isRaceable(item.script) ? MOST_RERUNS : RERUNS;
  const atOnce = first !== undefined && hasTimeouts(first) ? 1 : RERUNS;
  const trials: Trial[] = [];
  while (trials.length < most && trials.every(isRight) && !lab.isOver) {
    const rerun = () => tryOut(laboratory, item.script, expectation, item.options ?? {});
    trials.push(
      ...(await gate.calm(() => Promise.all(Array.from({ length: atOnce }, () => rerun())))),
    );
    if (atOnce === 1) break;
  }
  if (lab.isOver) return undefined;
  const failed = trials.filter((trial) => !isRight(trial) && !trial.limited);
  const [shown] = failed;
  const { measure } = item;
  if (shown !== undefined) {
    const { script, exchanges, wrong } = shown;
    return {
      script,
      exchanges,
      wrong,
      times: { failed: failed.length, of: trials.length },
      measure,
    };
  }
  if (first === undefined || !(await isProven(laboratory, first, expectation))) return undefined;
  const times = { failed: 1, of: trials.length + 1 };
  return { script: first.script, exchanges: first.exchanges, wrong: first.wrong, times, measure };
}

/** A race that was lost once is lost: what decides is wrong, and stays so on a quiet receiver. */
async function isProven(
  laboratory: Laboratory,
  { script, exchanges, ...trial }: Trial,
  expectation: Expectation,
): Promise<boolean> {
  if (!isRaceable(script) || !exchanges.every(({ outcome }) => isOk(outcome))) return false;
  const wrong = await laboratory.gate.calm(() =>
    wrongNow(laboratory, { script, exchanges, ...trial }, expectation),
  );
  const states = await laboratory.oracle.look(trial.execution);
  return wrong.some(({ resource: index }) => {
    const resource = script.resources[index];
    const [expected, actual] = [expectation.states[index], states[index]];
    if (resource === undefined || expected === undefined || actual === undefined) return false;
    return decides(laboratory, resource, expected, actual).length > 0;
  });
}

/** The smallest script that shows it as well, where it shows every time. */
async function smaller(laboratory: Laboratory, item: Case, story: Story): Promise<Story> {
  const { times } = story;
  const isCertain = times !== undefined && times.failed === times.of;
  const { measure } = item;
  if (!isCertain || measure.kind !== 'same' || item.options !== undefined) return story;
  const script = await shrink(laboratory, item.script, () => measure, {
    withinMs: SHRINK_MS,
    keepsTogether: isRaceable(item.script),
  });
  if (countDeliveries(script) >= countDeliveries(item.script)) return story;
  return (await confirm(laboratory, { script, measure }, undefined)) ?? story;
}

async function doubtReferences(laboratory: Laboratory, { script, measure }: Case): Promise<void> {
  if (measure.kind === 'decided-as' || measure.kind === 'in-turn') return;
  await laboratory.gate.calm(async () => {
    for (const [index, resource] of script.resources.entries()) {
      const events = measure.kind === 'decided' ? measure.events : eventsOf(script, index);
      await laboratory.references.doubt(resource, events);
    }
  });
}

/** A right state that was reached by refusing web hooks is another matter than a wrong one. */
function sentence(what: string, { script, exchanges, wrong }: Story): string {
  const [refused] = unanswered(exchanges);
  if (wrong.length > 0 || refused === undefined) return what;
  const { delivery } = refused;
  const kind = script.resources[delivery.resource]?.kind ?? '';
  return `${kind}.${delivery.event} is ${answerOf(refused)} whenever it comes, so Inqud sends it in vain.`;
}

/** What came of an exchange, in words: `answered 500`, `timed out`. */
export function answerOf({ outcome }: Pick<Exchange, 'outcome'>): string {
  return outcome.kind === 'responded'
    ? `answered ${outcome.status}`
    : outcome.kind.replace('-', ' ');
}

function isRaceable({ steps }: Script): boolean {
  return steps.some(({ deliveries }) => deliveries.length > 1);
}

function hasTimeouts({ exchanges }: Trial): boolean {
  return exchanges.some(({ outcome }) => outcome.kind === 'timed-out');
}

/** A lost or doubled payment says more than a failure that is mistold; then the smaller one. */
function rank({ kinds }: Laboratory, item: Case): number {
  const isUsual = item.script.resources.some(({ kind, end }) =>
    kinds.some(({ name, main }) => name === kind && main.end === end),
  );
  return countDeliveries(item.script) + (isUsual ? 0 : UNUSUAL);
}

function passing(cases: number, cleared: number): string {
  const done = `${cases} ${cases === 1 ? 'delivery plan' : 'delivery plans'} left the right state.`;
  return cleared === 0 ? done : `${done} ${cleared} did so only when done again alone.`;
}
