import { findMiscount } from './balance.js';
import { type ExecuteOptions, unanswered } from './lab/lab.js';
import type { Laboratory } from './laboratory.js';
import { fail, inconclusive, pass, type Story, type Verdict } from './rule.js';
import { countDeliveries, type Script } from './script.js';
import {
  type Expectation,
  eventsOf,
  expect,
  isRight,
  type Measure,
  type Trial,
  tryOut,
} from './trial.js';

/** A script and what its states are held against. */
export interface Case {
  readonly script: Script;
  readonly measure: Measure;
  readonly options?: ExecuteOptions;
}

const RERUNS = 5;
const TRIES_FOR_AN_OVERLAP = 6;
/** So many suspicions of one rule are looked into before it is let go. */
const SUSPICIONS = 3;

/** A rule whose cases all have to leave the right states. The first that does not is shown. */
export async function judge(
  laboratory: Laboratory,
  cases: readonly Case[],
  what: string,
): Promise<Verdict> {
  const { lab } = laboratory;
  if (cases.length === 0) return inconclusive('No kind under test has what this rule needs.');
  const trials = await Promise.all(cases.map((item) => firstTrial(laboratory, item)));
  const suspects = trials
    .flatMap((trial, index) => (isRight(trial) ? [] : [index]))
    .sort((one, other) => size(cases[one]) - size(cases[other]));
  for (const index of suspects.slice(0, SUSPICIONS)) {
    const item = cases[index];
    const story = item && (await confirm(laboratory, item, trials[index]));
    if (story !== undefined) return fail(sentence(what, story), story);
  }
  if (lab.signal.aborted) return inconclusive('The run was interrupted.');
  const miscounted = await findMiscount(laboratory, cases);
  if (miscounted !== undefined) return fail(what, miscounted);
  const missed = trials.filter(({ overlapped }) => !overlapped).length;
  if (missed === trials.length) {
    return inconclusive('The deliveries never were under way at the same time.');
  }
  return pass(passing(cases.length, suspects.length));
}

/** Runs the case side by side with others, until its overlaps happened. */
async function firstTrial(laboratory: Laboratory, item: Case): Promise<Trial> {
  const expectation = await expect(laboratory, item.script, item.measure);
  let trial = await once(laboratory, item, expectation);
  for (let tries = 1; tries < TRIES_FOR_AN_OVERLAP && needsMore(trial, laboratory); tries += 1) {
    trial = await once(laboratory, item, expectation);
  }
  return trial;
}

function needsMore(trial: Trial, { lab }: Laboratory): boolean {
  return !trial.overlapped && isRight(trial) && !lab.signal.aborted;
}

function once(laboratory: Laboratory, item: Case, expectation: Expectation): Promise<Trial> {
  return laboratory.gate.shared(() =>
    tryOut(laboratory, item.script, expectation, item.options ?? {}),
  );
}

/**
 * Does it again with the receiver to itself, so that no load of ours is taken for a mistake of the
 * receiver's, and doubts the reference first. `undefined` when it never happens again.
 */
export async function confirm(
  laboratory: Laboratory,
  item: Case,
  first: Trial | undefined,
): Promise<Story | undefined> {
  const { gate, lab } = laboratory;
  await doubtReferences(laboratory, item);
  const expectation = await expect(laboratory, item.script, item.measure);
  const reruns = first !== undefined && hasTimeouts(first) ? 1 : RERUNS;
  const trials = await gate.alone(() =>
    Promise.all(
      Array.from({ length: reruns }, () =>
        tryOut(laboratory, item.script, expectation, item.options ?? {}),
      ),
    ),
  );
  const failed = trials.filter((trial) => !isRight(trial));
  const [shown] = failed;
  if (shown === undefined || lab.signal.aborted) return undefined;
  const { script, exchanges, wrong } = shown;
  const { measure } = item;
  return { script, exchanges, wrong, times: { failed: failed.length, of: reruns }, measure };
}

async function doubtReferences(laboratory: Laboratory, { script, measure }: Case): Promise<void> {
  if (measure.kind === 'decided-as') return;
  await laboratory.gate.alone(async () => {
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
  const { delivery, outcome } = refused;
  const kind = script.resources[delivery.resource]?.kind ?? '';
  const answer =
    outcome.kind === 'responded' ? `answered ${outcome.status}` : outcome.kind.replace('-', ' ');
  return `${kind}.${delivery.event} is ${answer} whenever it comes, so Inqud sends it in vain.`;
}

function hasTimeouts({ exchanges }: Trial): boolean {
  return exchanges.some(({ outcome }) => outcome.kind === 'timed-out');
}

function size(item: Case | undefined): number {
  return item === undefined ? 0 : countDeliveries(item.script);
}

function passing(cases: number, cleared: number): string {
  const done = `${cases} ${cases === 1 ? 'delivery plan' : 'delivery plans'} left the right state.`;
  return cleared === 0 ? done : `${done} ${cleared} did so only when done again alone.`;
}
