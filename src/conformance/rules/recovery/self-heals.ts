import type { CheckFinding } from '../../grounds.js';
import type { Laboratory } from '../../laboratory.js';
import {
  fail,
  inconclusive,
  pass,
  type Rule,
  type RuleVerdict,
  SOURCES,
  skipped,
} from '../../rule.js';
import { kindsOfApi, type Suffered, sufferAll } from './losses.js';

export const recoverySelfHeals: Rule = {
  id: 'recovery/self-heals',
  severity: 'must',
  title: 'What was lost for good is asked for',
  source: SOURCES.webHooks,
  advice:
    'After the retries are over an event can be lost: ask the API for the state of whatever is not final yet, at whichever status it is, e.g. every hour.',
  needs: ['state', 'mock-api'],
  when: 'late',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { truth } = laboratory.hooks;
  if (truth === undefined) return inconclusive('There is no API to ask.');
  if (!laboratory.kinds.some(({ name }) => truth.kinds.includes(name))) {
    return skipped('The API has no path for the kinds under test.');
  }
  if (kindsOfApi(laboratory, truth).length === 0) {
    return inconclusive('No kind under test has a path in the API and can be told apart.');
  }
  const found = await sufferAll(laboratory);
  if (found.length === 0) {
    return inconclusive('The web hooks before the lost ones were not answered 200.');
  }
  return verdictOn(
    found,
    Math.round(laboratory.settings.healWithinMs / 1_000),
    truth.asked.count > 0,
  );
}

function verdictOn(found: readonly Suffered[], seconds: number, hasAsked: boolean): RuleVerdict {
  const healing = found.filter((one) => one.healed && isEndLost(one));
  const [first] = found.filter((one) => !one.healed && isOwed(one, healing));
  if (first !== undefined) {
    const { refusal, asked: about } = first;
    const what = lostText(first, seconds, hasAsked);
    if (refusal === undefined) return fail(what, first.story);
    const refused: CheckFinding = {
      code: 'api-refused',
      about: about ? 'it' : 'another',
      ...refusal,
    };
    return fail([what, refused], first.story);
  }
  const left = namesOf(found.filter((one) => !one.healed));
  const told = `What was lost was asked for, and counts: ${namesOf(healing)}.`;
  return pass(left === '' ? told : `${told} Never asked about: ${left}.`);
}

/**
 * A receiver that asks about some kinds, and never about another, may not need that one. Nor need it
 * know the id that Inqud gives an order, before a web hook says it. But it asks about every status of
 * a kind, or a loss shows.
 */
function isOwed(one: Suffered, healing: readonly Suffered[]): boolean {
  if (one.asked || healing.length === 0) return true;
  const isAlike = (other: Suffered) =>
    one.leftAt === undefined ? other.leftAt === undefined : other.kind.name === one.kind.name;
  return healing.some(isAlike);
}

/** Where the end did come, nothing had to be asked. */
function isEndLost({ kind, leftAt }: Suffered): boolean {
  return leftAt !== kind.main.end;
}

function lostText(loss: Suffered, seconds: number, hasAsked: boolean): string {
  const { name, main } = loss.kind;
  const never = hasAsked ? 'and the API was never asked about it' : 'and the API was never asked';
  const asked = loss.asked ? 'though the API was asked' : never;
  if (!isEndLost(loss))
    return `${name}.${main.end} came and does not count, for one before it was lost.`;
  const lost = `A lost ${name}.${main.end} is not known ${seconds} s later, ${asked}.`;
  const at =
    loss.leftAt === undefined
      ? 'Nothing of the order had come.'
      : `What came last was ${name}.${loss.leftAt}.`;
  return `${lost} ${at}`;
}

function namesOf(found: readonly Suffered[]): string {
  const names = found.map(({ kind: { name }, leftAt }) =>
    leftAt === undefined ? `${name} of which nothing came` : name,
  );
  return [...new Set(names)].join(', ');
}
