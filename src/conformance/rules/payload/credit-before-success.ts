import { type ExactNumber, isSame, plus, times } from '../../../json/exact-number.js';
import { startingWith } from '../../../webhook/kinds/articles.js';
import { miscounts } from '../../balance.js';
import { hasTimeForMore } from '../../calibration/pace.js';
import type { Laboratory } from '../../laboratory.js';
import { isPaid, type KindLife, lifeOf, type SeenKind } from '../../profile.js';
import { inOrder } from '../../references.js';
import { fail, pass, type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { deliver, type Script } from '../../script.js';
import { single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { parseNumber } from '../../state/oracle.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';
import {
  type AmountField,
  amountFields,
  creditedAmong,
  LARGER,
  numberAt,
  SMALLER,
  saysNumber,
} from './amount-fields.js';
import { withoutMirrors } from './mirrors.js';
import { isReleased, isYes } from './released.js';
import { seenAs } from './seen-as.js';

export const payloadCreditBeforeSuccess: Rule = {
  id: 'payload/credit-before-success',
  severity: 'must',
  title: 'Nothing is credited before the success',
  source: SOURCES.webHooks,
  advice:
    'Credit an order when SUCCESS comes, or PARTIAL_SUCCESS: a payment that is detected or pending can still fail.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const seen = seenKinds(laboratory);
  const opened = await Promise.all(
    seen.filter(isPaidBetween).map((kind) => openedEarly(laboratory, kind)),
  );
  const early = opened.find((verdict) => verdict !== undefined);
  if (early !== undefined) return early;
  const kinds = seen.filter(isPaidLater);
  if (kinds.length === 0) return skipped('No kind under test has anything before its success.');
  const verdicts = await Promise.all(kinds.map((kind) => judgeKind(laboratory, kind)));
  const failure = verdicts.find((verdict) => verdict !== undefined);
  if (failure !== undefined) return failure;
  for (const kind of kinds) {
    const script = scriptFor(kind, kind.main, inTurn(kind.main.events.slice(0, -1)));
    if (await miscounts(laboratory, { script, measure: { kind: 'decided', events: [] } })) {
      const what = `${startingWith(kind.name)} changes a balance before its success.`;
      return fail(what, { script, exchanges: [], wrong: [], times: undefined });
    }
  }
  return pass('No amount is credited before the success.');
}

function isPaidLater({ kind, main }: SeenKind): boolean {
  return isPaid(kind) && main.events.length > 1;
}

/** A subscription is paid when it becomes active, and not when it ends. */
function isPaidBetween({ kind, main }: SeenKind): boolean {
  return !isPaid(kind) && main.events.length > 2;
}

/** Access that the first event gives already, as the one that is paid does. */
async function openedEarly(
  laboratory: Laboratory,
  kind: SeenKind,
): Promise<RuleVerdict | undefined> {
  const { before, between } = kind.profile;
  const scripts = earlyScripts(kind, kind.main);
  const [script] = scripts;
  for (const path of between.keys()) {
    const value = single(between, path);
    if (script === undefined || value === undefined || single(before, path) === value) continue;
    if (!isYes(value) || !isReleased(path, value, true)) continue;
    const states = await seenAs(laboratory, scripts, (seen) =>
      seen.every((state) => single(state, path) === value),
    );
    if (states === undefined) continue;
    const what = `${startingWith(kind.name)} counts before it is paid: ${path} says ${value} after ${kind.main.events[0]}.`;
    return failed(what, script, path, states.slice(0, 1));
  }
  return undefined;
}

/** A name that says why there is an amount before there is money. */
const NO_CREDIT =
  /price|due|ask|request|expect|quot|detect|seen|incoming|pend|hold|held|reserv|open/i;

/**
 * An amount that is there before the success is most often a price, or what was detected. It is a
 * credit where the state said 0 until then, says no other amount that comes with the success, does
 * not repeat the body, and either keeps it when the life fails, or adds it to what the order had.
 */
async function judgeKind(laboratory: Laboratory, kind: SeenKind): Promise<RuleVerdict | undefined> {
  const [amounts, released, moved] = await Promise.all([
    judgeAmounts(laboratory, kind),
    releasedEarly(laboratory, kind),
    movedByFailure(laboratory, kind),
  ]);
  return amounts ?? released ?? moved;
}

/** 0 until a life fails, and then an amount: a price would have been there before. */
async function movedByFailure(
  laboratory: Laboratory,
  kind: SeenKind,
): Promise<RuleVerdict | undefined> {
  if (!hasTimeForMore(laboratory.pace)) return undefined;
  const failures = kind.kind.statuses
    .filter(({ outcome }) => outcome === 'failure')
    .map((status) => {
      const life = lifeOf(kind.kind, status);
      const before = lifeScript(kind, { ...life, events: life.events.slice(0, -1) });
      return { status: status.status, before, script: lifeScript(kind, life) };
    });
  const [fields] = await Promise.all([
    amountFields(laboratory, kind).then((all) => withoutMirrors(laboratory, kind, all)),
    laboratory.references.know(failures.flatMap(({ before, script }) => [before, script])),
  ]);
  for (const { status, before, script } of failures) {
    for (const { path } of fields) {
      const states = await seenAs(laboratory, [before, script], ([one, other]) => {
        const number = other && numberAt(other, path);
        if (one === undefined || number === undefined) return false;
        return isNothing(numberAt(one, path)) && !isNothing(number);
      });
      if (states === undefined) continue;
      const amount = single(states.at(-1) ?? new Map(), path);
      const what = `${startingWith(kind.name)} that ends in ${status} moves an amount: ${path} says ${amount}.`;
      return failed(what, script, path, states);
    }
  }
  return undefined;
}

async function judgeAmounts(
  laboratory: Laboratory,
  kind: SeenKind,
): Promise<RuleVerdict | undefined> {
  const fields = (await amountFields(laboratory, kind)).filter(({ path }) => !NO_CREDIT.test(path));
  const own = await withoutMirrors(laboratory, kind, fields);
  if (own.length === 0) return undefined;
  const late = await creditedAmong(laboratory, kind, own);
  const found = await creditedTwice(laboratory, kind, late);
  if (found !== undefined) return found;
  if (late.length > 0) return creditedWhenSmall(laboratory, kind, late);
  for (const field of own) {
    const credit =
      (await keptByFailure(laboratory, kind, field)) ??
      (await addedEarly(laboratory, kind, field)) ??
      (await creditedByName(laboratory, kind, field));
    if (credit !== undefined) return credit;
  }
  return undefined;
}

/** Once before the success and once with it, in a life that nothing disturbs. */
async function creditedTwice(
  laboratory: Laboratory,
  kind: SeenKind,
  late: readonly AmountField[],
): Promise<RuleVerdict | undefined> {
  const after = lifeScript(kind, kind.main);
  const scripts = [...earlyScripts(kind, kind.main), after];
  for (const { path } of late) {
    const isTwice = (seen: readonly Leaves[]) => {
      const [one, other, whole] = seen.map((leaves) => numberAt(leaves, path));
      if (!isNothing(one) || isNothing(other) || other === undefined) return false;
      return whole !== undefined && isSame(whole, times(other, 2));
    };
    const states = await seenAs(laboratory, scripts, isTwice);
    if (states === undefined) continue;
    return failed(
      `${startingWith(kind.name)} is credited before its success, and again with it.`,
      after,
      path,
      states,
    );
  }
  return undefined;
}

/** So little that somebody may not want to wait for it. */
const SMALL = '5';

/** What waits for the success where the amount is usual, and not where it is small. */
async function creditedWhenSmall(
  laboratory: Laboratory,
  kind: SeenKind,
  late: readonly AmountField[],
): Promise<RuleVerdict | undefined> {
  if (!hasTimeForMore(laboratory.pace)) return undefined;
  const { events, end } = kind.main;
  const resource = { kind: kind.name, end, amount: SMALL, order: 0 };
  const before = inOrder(resource, events.slice(0, -1));
  const whole = inOrder(resource, events);
  for (const { path } of late) {
    const isEarly = ([one, other]: readonly Leaves[]) => {
      const number = one && numberAt(one, path);
      const credited = other && numberAt(other, path);
      if (number === undefined || credited === undefined || isNothing(number)) return false;
      return isSame(number, credited);
    };
    const states = await seenAs(laboratory, [before, whole], isEarly);
    if (states === undefined) continue;
    const what = `${startingWith(kind.name)} of ${SMALL} is credited before its success, where a larger one is not.`;
    return failed(what, before, path, states.slice(0, 1));
  }
  return undefined;
}

/** What a receiver calls a credit itself: 0, then the amount before the success. */
const CREDIT = /credit(ed)?(amount|sum|total)?$/i;

async function creditedByName(
  laboratory: Laboratory,
  kind: SeenKind,
  { path }: AmountField,
): Promise<RuleVerdict | undefined> {
  const amount = numberAt(kind.profile.main, path);
  if (amount === undefined || !CREDIT.test(path.replaceAll('_', ''))) return undefined;
  const scripts = earlyScripts(kind, kind.main);
  const states = await seenAs(
    laboratory,
    scripts,
    ([first, before]) =>
      first !== undefined && isNothing(numberAt(first, path)) && saysNumber(before, path, amount),
  );
  const script = scripts.at(-1);
  if (states === undefined || script === undefined) return undefined;
  return failed(`${startingWith(kind.name)} is credited before its success.`, script, path, states);
}

/** A life up to its first event, and up to the one before its end. */
function earlyScripts(kind: SeenKind, { events, end }: KindLife): readonly Script[] {
  return [1, events.length - 1].map((count) =>
    lifeScript(kind, { end, events: events.slice(0, count) }),
  );
}

/** A flag or a word that says before the success what it says after it, and not when the life begins. */
async function releasedEarly(
  laboratory: Laboratory,
  kind: SeenKind,
): Promise<RuleVerdict | undefined> {
  const { main, between, deciding } = kind.profile;
  const isTold = deciding.some((path) => !laboratory.oracle.masked.has(path));
  const scripts = earlyScripts(kind, kind.main);
  const script = scripts.at(-1);
  if (kind.main.events.length < 3 || script === undefined) return undefined;
  for (const path of between.keys()) {
    const value = single(main, path);
    if (value === undefined || single(between, path) !== value) continue;
    if (!isReleased(path, value, isTold)) continue;
    const states = await seenAs(laboratory, scripts, ([first, before]) => {
      const earlier = first && single(first, path);
      return earlier !== value && before !== undefined && single(before, path) === value;
    });
    if (states === undefined) continue;
    const what = `${startingWith(kind.name)} counts before its success: ${path} says ${value} already.`;
    return failed(what, script, path, states);
  }
  return undefined;
}

/** 0, then the amount before the success, and still the amount after a failure. */
async function keptByFailure(
  laboratory: Laboratory,
  kind: SeenKind,
  { path }: AmountField,
): Promise<RuleVerdict | undefined> {
  const amount = numberAt(kind.profile.main, path);
  if (amount === undefined) return undefined;
  const isKept = ([first, before, end]: readonly Leaves[]) =>
    first !== undefined &&
    isNothing(numberAt(first, path)) &&
    [before, end].every((leaves) => saysNumber(leaves, path, amount));
  for (const status of kind.kind.statuses) {
    if (status.outcome !== 'failure' && status.outcome !== 'conflict') continue;
    const life = lifeOf(kind.kind, status);
    if (life.events.length < 3) continue;
    const whole = lifeScript(kind, life);
    const states = await seenAs(laboratory, [...earlyScripts(kind, life), whole], isKept);
    if (states === undefined) continue;
    const what = `${startingWith(kind.name)} is credited before its success, and keeps that after ${status.status}.`;
    return failed(what, whole, path, states);
  }
  return undefined;
}

/** What the order has grows with a second payment that has not succeeded yet, but not when it begins. */
async function addedEarly(
  laboratory: Laboratory,
  kind: SeenKind,
  { path, smaller, larger }: AmountField,
): Promise<RuleVerdict | undefined> {
  const { events, end } = kind.main;
  if (events.length < 3) return undefined;
  const resources = [SMALLER, LARGER].map((amount) => ({ kind: kind.name, end, amount, order: 0 }));
  const withSecond = (count: number): Script => ({
    resources,
    steps: [...inTurn(events), ...events.slice(0, count).map((event) => deliver(event, 1))],
  });
  const first = lifeScript(kind, { end, events: events.slice(0, 1) });
  const isAdded = ([one, begun, later]: readonly Leaves[]) =>
    one !== undefined &&
    isNothing(numberAt(one, path)) &&
    saysNumber(begun, path, smaller) &&
    saysNumber(later, path, plus(smaller, larger));
  const scripts = [first, withSecond(1), withSecond(events.length - 1)];
  const states = await seenAs(laboratory, scripts, isAdded);
  if (states === undefined) return undefined;
  const what = `A second ${kind.name} of an order is credited before its success.`;
  return failed(what, withSecond(events.length - 1), path, states);
}

function lifeScript({ name }: SeenKind, { end, events }: KindLife): Script {
  return inOrder({ kind: name, end, order: 0 }, events);
}

/** 0 itself: what is not there may not be on record yet. */
function isNothing(number: ExactNumber | undefined): boolean {
  return number !== undefined && number.units === 0n;
}

/** The last state is the one that is shown. */
function failed(
  what: string,
  script: Script,
  path: string,
  states: readonly Leaves[],
): RuleVerdict {
  const actual = single(states.at(-1) ?? new Map(), path);
  const isAmount = parseNumber(actual) !== undefined && !isYes(actual);
  const expected = isAmount ? 'no more than what succeeded' : 'nothing of it yet';
  const differences = [{ path, expected, actual }];
  const wrong = [{ resource: 0, differences }];
  return fail(what, { script, exchanges: [], wrong, times: undefined });
}
