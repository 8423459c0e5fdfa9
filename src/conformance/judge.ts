import { findMiscount } from './balance.js';
import { mostCases } from './calibration/pace.js';
import { MemoryPlace } from './check-memory.js';
import { type Case, confirm, isRaceable } from './confirm.js';
import { isCountedMore } from './counted-more.js';
import { type ExpectedStates, expect } from './expectation.js';
import { answerOf, unanswered } from './lab/exchange.js';
import { ONLY_LIMITED, whyOver } from './lab/standing.js';
import type { Laboratory } from './laboratory.js';
import { fail, inconclusive, isNowAndThen, pass, type RuleVerdict, type Story } from './rule.js';
import { countDeliveries } from './script.js';
import { shrink } from './search/shrink.js';
import { MARK_LAST, SWALLOWED, swallowedIn, swallowedText, TAKE_IT } from './swallowed.js';
import { isRight, type Trial, tryOut } from './trial.js';

const TRIES_FOR_AN_OVERLAP = 6;
/** So many suspicions of one rule are looked into before it is let go. */
const SUSPICIONS = 3;
const SHRINK_MS = 6_000;
/** Longer than any script. */
const UNUSUAL = 1_000;

/** Trials that have been made, for rules that ask the same. */
const TRIALS = new MemoryPlace(() => new Map<string, Promise<Trial>>());

/** What a failure is called: one sentence, or one where more is there than should be, and one for the rest. */
export type What =
  | string
  | {
      readonly counted?: string;
      readonly otherwise: string;
      /** What to do where less is there than should be. */
      readonly behind?: string;
      /** What to do where it shows now and then, of what comes at the same time. */
      readonly race?: string;
    };

/** A rule whose cases all have to leave the right states. The smallest that does not is shown. */
export async function judge(
  laboratory: Laboratory,
  everyCase: readonly Case[],
  what: What,
): Promise<RuleVerdict> {
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
    return failure(laboratory, what, smallest);
  }
  if (lab.isOver) return inconclusive(whyOver(lab));
  const miscounted = await findMiscount(laboratory, cases);
  if (miscounted !== undefined) return fail(whatHappened(what, miscounted), miscounted);
  if (trials.some(({ limited }) => limited)) {
    return inconclusive(ONLY_LIMITED);
  }
  const missed = trials.filter(({ overlapped }) => !overlapped).length;
  if (missed === trials.length) {
    return (await areKeptApart(laboratory, cases[0]))
      ? pass('What comes at the same time is put off, and taken one after the other.')
      : inconclusive('The deliveries never were under way at the same time.');
  }
  return pass(passing(cases.length, suspects.length));
}

/** Whether the receiver puts off what comes at the same time, also when nothing else is under way. */
async function areKeptApart({ lab, gate }: Laboratory, item: Case | undefined): Promise<boolean> {
  if (item === undefined) return false;
  const { exchanges } = await gate.alone(() => lab.execute(item.script, item.options));
  return exchanges.some(({ wasPutOff }) => wasPutOff === true);
}

/** The trial of the same case by another rule, or one of its own. */
function firstTrial(laboratory: Laboratory, item: Case): Promise<Trial> {
  if (item.isRace === true || item.options !== undefined) return untilOverlapped(laboratory, item);
  const trials = laboratory.memory.at(TRIALS);
  const key = JSON.stringify([item.script, item.measure]);
  const trial = trials.get(key) ?? untilOverlapped(laboratory, item);
  trials.set(key, trial);
  return trial;
}

/** Runs the case side by side with others, until its overlaps happened. */
async function untilOverlapped(laboratory: Laboratory, item: Case): Promise<Trial> {
  const expectation = expect(laboratory, item.script, item.measure);
  let trial = await once(laboratory, item, expectation);
  for (let tries = 1; tries < TRIES_FOR_AN_OVERLAP && needsMore(trial, laboratory); tries += 1) {
    trial = await once(laboratory, item, expectation);
  }
  return trial;
}

function needsMore(trial: Trial, { lab }: Laboratory): boolean {
  return !trial.overlapped && isRight(trial) && !lab.isOver;
}

function once(
  laboratory: Laboratory,
  item: Case,
  expectation: Promise<ExpectedStates>,
): Promise<Trial> {
  return laboratory.gate.shared(() =>
    tryOut(laboratory, item.script, expectation, item.options ?? {}),
  );
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

/** A retry that was swallowed is told as that, whichever rule meets it; so is what is refused each time. */
function failure({ memory }: Laboratory, what: What, story: Story): RuleVerdict {
  const swallowed = swallowedIn(story);
  if (swallowed !== undefined) {
    memory.at(SWALLOWED).push(story);
    return fail(swallowedText(swallowed.kind, swallowed), story, MARK_LAST);
  }
  const isRefusal = story.wrong.length === 0 && unanswered(story.exchanges).length > 0;
  return fail(sentence(what, story), story, isRefusal ? TAKE_IT : adviceOn(what, story));
}

/** What is behind was left by one copy to the other, and a race is mended by no rank. */
function adviceOn(what: What, story: Story): string | undefined {
  if (typeof what === 'string') return undefined;
  if (!hasMore(story) && what.behind !== undefined) return what.behind;
  return isRaceable(story.script) && isNowAndThen(story) ? what.race : undefined;
}

function hasMore({ wrong }: Story): boolean {
  return wrong.some(({ differences }) => isCountedMore(differences));
}

/** A right state that was reached by refusing web hooks is another matter than a wrong one. */
function sentence(what: What, story: Story): string {
  const { script, exchanges, wrong } = story;
  const [refused] = unanswered(exchanges);
  if (wrong.length > 0 || refused === undefined) return whatHappened(what, story);
  const { delivery } = refused;
  const kind = script.resources[delivery.resource]?.kind ?? '';
  return `${kind}.${delivery.event} is ${answerOf(refused)} whenever it comes, so Inqud sends it in vain.`;
}

function whatHappened(what: What, story: Story): string {
  if (typeof what === 'string') return what;
  return hasMore(story) ? (what.counted ?? what.otherwise) : what.otherwise;
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
