import { type ExactNumber, isSame, plus, times } from '../../../json/exact-number.js';
import { hasTimeForMore } from '../../calibration/pace.js';
import { continued, type Exchange } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { isPaid, isWord, type SeenKind } from '../../profile.js';
import { fail, pass, type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { deliver, type Script } from '../../script.js';
import type { Leaves } from '../../state/leaves.js';
import { areEqual, parseNumber, type States } from '../../state/oracle.js';
import { settle, settleAs } from '../../state/settle.js';
import { seenKinds } from '../kinds.js';
import {
  type AmountField,
  amountFields,
  amountScripts,
  amountText,
  creditedAmong,
  LARGER,
  numberAt,
  SMALLER,
  saysNumber,
} from '../payload/amount-fields.js';
import { withoutMirrors } from '../payload/mirrors.js';
import { isOfIncome } from '../payload/money-names.js';

/** Said where the state keeps no amounts of two payments of an order. */
export const SAYS_NOTHING_OF_TWO = 'No order has two payments that the state says amounts of.';

export const orderingPaymentsAddUp: Rule = {
  id: 'ordering/payments-add-up',
  severity: 'must',
  title: 'Two payments of one order are both kept',
  source: SOURCES.webHooks,
  advice:
    'Keep one row for each payment, keyed by its id, and add them up: a second payment of an order is money too, even where the order is paid already.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory).filter(({ kind }) => isPaid(kind));
  const verdicts = await Promise.all(kinds.map((kind) => judgeKind(laboratory, kind)));
  const told = verdicts.filter((verdict) => verdict !== undefined);
  const failure = told.find(({ status }) => status === 'fail');
  return failure ?? told[0] ?? skipped(SAYS_NOTHING_OF_TWO);
}

/**
 * A state says of an order what it was credited, or of each payment. So the second payment has to
 * leave some trace in one of the states, and the first has to be there still, or be part of a sum.
 * One that says no more than a price, and whether it is paid, may be the same after both. What is
 * suspected is done again alone, where a balance of all orders can tell of the second as well.
 */
async function judgeKind(laboratory: Laboratory, kind: SeenKind): Promise<RuleVerdict | undefined> {
  const { gate, references, pace } = laboratory;
  const isBrief = !hasTimeForMore(pace);
  const pay = (amounts: Amounts) => gate.shared(() => twoPayments(laboratory, kind, amounts));
  const [ofUnequal, ofAlike] = await Promise.all([
    pay(UNEQUAL),
    isBrief ? undefined : pay(ALIKE),
    references.know(amountScripts(kind)),
  ]);
  const fields = await amountFields(laboratory, kind);
  const credited = await withoutMirrors(
    laboratory,
    kind,
    await creditedAmong(laboratory, kind, fields),
  );
  const paths = credited.map(({ path }) => path);
  const beside = new Set(fields.map(({ path }) => path).filter((path) => !paths.includes(path)));
  if (ofUnequal === undefined) return undefined;
  const failureOf = async (
    first: TwoPayments,
    amounts: Amounts,
    find: (done: TwoPayments) => string | undefined,
  ) => {
    if (find(first) === undefined) return undefined;
    const again = await gate.alone(() => twoPayments(laboratory, kind, amounts, CACHED_MS));
    const what = again && !again.isBalanced ? find(again) : undefined;
    const story = again && { ...again, wrong: [], times: undefined };
    return what === undefined ? undefined : fail(what, story);
  };
  const unrecorded = await failureOf(ofUnequal, UNEQUAL, (done) =>
    isLeftUnfinished(kind, done) ? UNFINISHED : undefined,
  );
  if (unrecorded !== undefined) return unrecorded;
  if (credited.length === 0) {
    return failureOf(ofUnequal, UNEQUAL, (done) => (listsFirstAlone(done) ? NO_TRACE : undefined));
  }
  const isCredit = ({ path }: AmountField) =>
    isOfIncome(path) || numberAt(kind.profile.between, path)?.units === 0n;
  const mayBeFirst = credited.some(isCredit);
  const failure = await failureOf(ofUnequal, UNEQUAL, (done) =>
    lostOf(done, credited, beside, mayBeFirst),
  );
  if (failure !== undefined) return failure;
  if (ofAlike === undefined) return isBrief ? pass(HELD) : undefined;
  const [unequal] = ofUnequal.both;
  const sums = credited.filter(({ path, smaller, larger }) =>
    saysNumber(unequal, path, plus(smaller, larger)),
  );
  const lists = credited.filter(
    ({ path, smaller, larger }) =>
      timesSaid(unequal, path, smaller) > 0 && timesSaid(unequal, path, larger) > 0,
  );
  const alike = await failureOf(ofAlike, ALIKE, ({ both: [both] }) =>
    sums.every(({ path, smaller }) => saysNumber(both, path, times(smaller, 2))) &&
    lists.every(({ path, smaller }) => timesSaid(both, path, smaller) > 1)
      ? undefined
      : 'Two payments of the same amount were counted once.',
  );
  return alike ?? pass(HELD);
}

/** How often a state lists a number there. */
function timesSaid(leaves: Leaves | undefined, path: string, wanted: ExactNumber): number {
  const numbers = (leaves?.get(path) ?? []).flatMap((text) => parseNumber(text) ?? []);
  return numbers.filter((number) => isSame(number, wanted)).length;
}

/** What was read before the second payment came may be kept for so long, and be read again. */
const CACHED_MS = 10_000;

type Amounts = readonly [string, string];

const UNEQUAL: Amounts = [SMALLER, LARGER];
const ALIKE: Amounts = [SMALLER, SMALLER];

const HELD = 'What is kept of two payments adds up, or is both.';

const NO_TRACE = 'A second payment of the same order left no trace.';
const PAYMENTS = /(payment|transaction|charge|deposit|receipt|booking|resource|entrie)s?\[\]/i;

/** Where the amounts are there before the success, a list of payments still has to have both. */
function listsFirstAlone({ first, both }: TwoPayments): boolean {
  const [state = new Map<string, readonly string[]>()] = both;
  const isOfOne = [...state].some(([path, texts]) => PAYMENTS.test(path) && texts.length === 1);
  return isOfOne && areEqual(first, both);
}

const UNFINISHED =
  'The success of a second payment of the same order was not recorded: it is listed as before its end.';

/** A list has one success, as after the first payment, and the second as it is before its end. */
function isLeftUnfinished({ profile }: SeenKind, { first, both }: TwoPayments): boolean {
  const [one = new Map(), two = new Map()] = [first[0], both[0]];
  const count = (state: Leaves, path: string, text: string) =>
    textsAt(state, path).filter((said) => said === text).length;
  return [...profile.added].some(([path, words]) => {
    const isOnce = words.some(
      (word) => isWord(word) && count(one, path, word) === 1 && count(two, path, word) === 1,
    );
    const before = new Set(profile.between.get(path));
    return (
      isOnce &&
      [...before].some((word) => isWord(word) && count(two, path, word) > count(one, path, word))
    );
  });
}

/** What became of one of two payments, if it is not kept. A price may be that of the first alone. */
function lostOf(
  done: TwoPayments,
  credited: readonly AmountField[],
  beside: ReadonlySet<string>,
  mayBeFirst: boolean,
): string | undefined {
  if (areEqual(done.first, done.both)) return NO_TRACE;
  const isAlone = (which: 'smaller' | 'larger') =>
    credited.every((field) => saysAlone(field, which, done, beside));
  if (isAlone('larger')) return 'A second payment of the same order took the place of the first.';
  return mayBeFirst && isAlone('smaller')
    ? 'A second payment of the same order was not credited: the first stands alone.'
    : undefined;
}

/** The field says one of the amounts, and nothing but a price or a repeated body says the other, or both. */
function saysAlone(
  { path, ...amounts }: AmountField,
  which: 'smaller' | 'larger',
  { both }: TwoPayments,
  beside: ReadonlySet<string>,
): boolean {
  const numbers = both.flatMap((leaves) =>
    [...leaves]
      .filter(([at]) => !beside.has(at.replace(OTHERS_ID, '‹id ')))
      .flatMap(([, texts]) => texts.flatMap((text) => parseNumber(text) ?? [])),
  );
  const other = amounts[which === 'smaller' ? 'larger' : 'smaller'];
  const sum = plus(amounts.smaller, amounts.larger);
  const isKept = numbers.some((number) => isSame(number, other) || isSame(number, sum));
  const [state = new Map<string, readonly string[]>()] = both;
  const texts = textsAt(state, path);
  const said = (texts.length > 0 ? texts : [amountText(state, path)]).flatMap(
    (text) => parseNumber(text) ?? [],
  );
  const credited = said.filter(({ units }) => units !== 0n);
  return (
    !isKept && credited.length > 0 && credited.every((number) => isSame(number, amounts[which]))
  );
}

/** What a state says at a path: one row is an object, and two are a list. */
function textsAt(state: Leaves, path: string): readonly string[] {
  const wanted = withoutLists(path);
  return [...state].flatMap(([at, texts]) => (withoutLists(at) === wanted ? texts : []));
}

function withoutLists(path: string): string {
  return path.replaceAll('[]', '');
}

/** How a state names what belongs to another resource of the script. */
const OTHERS_ID = /‹[A-Z]\w*?id /g;

interface TwoPayments {
  readonly script: Script;
  readonly exchanges: readonly Exchange[];
  /** The states after the first payment, and after both. */
  readonly first: States;
  readonly both: States;
  /** A balance of all orders changed with the second: of use when nothing else was delivered. */
  readonly isBalanced: boolean;
}

/** `undefined` where two resources of the kind do not belong to one order. */
async function twoPayments(
  { lab, oracle }: Laboratory,
  { name, main }: SeenKind,
  amounts: Amounts,
  patienceMs = 0,
): Promise<TwoPayments | undefined> {
  const resources = amounts.map((amount) => ({ kind: name, end: main.end, amount, order: 0 }));
  const [before = [], after = []] = amounts.map((_, index) =>
    main.events.map((event) => deliver(event, index)),
  );
  const execution = await lab.execute({ resources, steps: before });
  const [one, other] = execution.subjects;
  if (one?.probe.clientOrderId !== other?.probe.clientOrderId) return undefined;
  const { states: first } = await settle(lab, oracle, execution);
  const balances = await oracle.balances(execution);
  const exchanges = await lab.send(execution.subjects, after);
  const later = continued(execution, after, exchanges, lab.clock.monotonic());
  const longestMs = Math.max(oracle.judgedAfterMs, patienceMs);
  await settleAs(lab, oracle, later, (states) => !areEqual(first, states), longestMs);
  const { states: both } = await settle(lab, oracle, later);
  const changed = [...(await oracle.balances(execution))].some(([path, value]) => {
    const earlier = balances.get(path);
    return earlier !== undefined && !isSame(earlier, value);
  });
  return {
    script: later.script,
    exchanges: later.exchanges,
    first,
    both,
    isBalanced: changed,
  };
}
