import { hasTimeForMore, isAtOnce, type ReceiverPace } from '../../calibration/pace.js';
import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindLife, SeenKind } from '../../profile.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import type { Script, ScriptDelivery, ScriptStep } from '../../script.js';
import { seenKinds } from '../kinds.js';

export const orderingSeveralAtOnce: Rule = {
  id: 'ordering/several-at-once',
  severity: 'must',
  title: 'Resources that come at the same time do not disturb each other',
  source: SOURCES.webHooks,
  advice:
    'Keep what belongs to one web hook in local variables, and change a shared number in one statement of the database (balance = balance + amount), never by reading it first and writing it later.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

const DISTURBED = 'Resources that came at the same time disturbed each other.';
/** A race does not show every time. */
const RACES = 6;
/** Of one that works at once more are no matter: its races are won and lost in a moment. */
const RACES_WHEN_QUICK = 24;
/** So many resources meet again, of a receiver that seemed to mix up what came at the same time. */
const MOST_IN_CROWD = 8;
const CROWDS = 12;
const CROWD_MS = 4_000;

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { isMixedUp, pace } = laboratory;
  const kinds = seenKinds(laboratory);
  if (isMixedUp) return untilMixedUp(laboratory, kinds);
  const races = isAtOnce(pace) ? RACES_WHEN_QUICK : RACES;
  const copies = Math.max(1, Math.ceil(races / kinds.length));
  const cases = hasTimeForMore(pace)
    ? kinds.flatMap((kind) => Array.from({ length: copies }, () => casesOf(kind)).flat())
    : kinds.map(briefCase);
  return judge(laboratory, cases, DISTURBED);
}

/** It has been seen before, so that one crowd in which it does not show is not enough. */
async function untilMixedUp(
  laboratory: Laboratory,
  kinds: readonly SeenKind[],
): Promise<RuleVerdict> {
  const cases = kinds.map((kind) => crowdedCase(kind, laboratory.pace));
  let verdict = await judge(laboratory, cases, DISTURBED);
  for (let crowds = 1; crowds < CROWDS && verdict.status === 'pass'; crowds += 1) {
    verdict = await judge(laboratory, cases, DISTURBED);
  }
  return verdict;
}

/**
 * As many as there were when it seemed so, where the receiver has done with them in time. One of
 * them fails: of lives that are alike it cannot be seen that they got mixed up.
 */
function crowdedCase(kind: SeenKind, { lifeMs }: ReceiverPace): Case {
  const size = Math.max(2, Math.min(MOST_IN_CROWD, Math.floor(CROWD_MS / Math.max(1, lifeMs))));
  const lives = Array.from({ length: size }, (_, index) =>
    index === 1 ? kind.contrast : kind.main,
  );
  return { script: inStep(kind, lives, (index) => index), measure: { kind: 'same' }, isRace: true };
}

/** The fewest that can disturb each other, with a reference that other rules have as well. */
function briefCase(kind: SeenKind): Case {
  const script = inStep(kind, [kind.main, kind.main], (index) => index);
  return { script, measure: { kind: 'same' }, isRace: true };
}

function casesOf(kind: SeenKind): readonly Case[] {
  const { main, contrast } = kind;
  const apart = inStep(kind, [main, contrast, main], (index) => index);
  const ofOneOrder = inStep(kind, [main, main], () => 0);
  return [
    { script: apart, measure: { kind: 'same' }, isRace: true },
    { script: ofOneOrder, measure: { kind: 'in-turn' }, isRace: true },
  ];
}

/** Some resources, each event of all of them at the same time. */
function inStep(
  { name }: SeenKind,
  lives: readonly KindLife[],
  orderOf: (index: number) => number,
): Script {
  const longest = Math.max(...lives.map(({ events }) => events.length));
  const steps = Array.from({ length: longest }, (_, place): ScriptStep => {
    const deliveries = lives.flatMap(({ events }, resource): readonly ScriptDelivery[] => {
      const event = events[place];
      return event === undefined ? [] : [{ resource, event, answer: 'awaited' }];
    });
    return { kind: 'send', deliveries };
  });
  return {
    resources: lives.map(({ end }, index) => ({ kind: name, end, order: orderOf(index) })),
    steps,
  };
}
