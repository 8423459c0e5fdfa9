import { roughly } from '../../../json/exact-number.js';
import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Exchange } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import { fail, inconclusive, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver, type Script, type ScriptStep } from '../../script.js';
import { areEqual, parseNumber, type States } from '../../state/oracle.js';
import { settle, settleAs } from '../../state/settle.js';
import { seenKinds } from '../kinds.js';
import { amountFields } from '../payload/amount-fields.js';

/** The kind of which one reference has many (docs.inqud.com/crypto-static-addresses). */
const MANY_PAYMENTS = 'static-payment';

export const orderingTwoResourcesOneOrder: Rule = {
  id: 'ordering/two-resources-one-order',
  severity: 'must',
  title: 'Two resources of one order do not disturb each other',
  source: SOURCES.webHooks,
  advice:
    'Key what you remember on the id of the resource, not on the order: one order can have several.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory);
  const cases = kinds.flatMap(pairCases);
  if (cases.length === 0) return inconclusive('No kind under test can fail.');
  const what = 'A second resource of the same order disturbed the first.';
  const verdict = await judge(laboratory, cases, what);
  if (verdict.status !== 'pass') return verdict;
  const addressed = kinds.find(({ name }) => name === MANY_PAYMENTS);
  return (addressed && (await secondPayment(laboratory, addressed))) ?? verdict;
}

/** An address takes any number of payments, so the second has to leave some trace. */
async function secondPayment(
  laboratory: Laboratory,
  kind: SeenKind,
): Promise<RuleVerdict | undefined> {
  // A state that says no amounts may be the same after one payment and after two.
  if ((await amountFields(laboratory, kind)).length === 0) return undefined;
  const other = await twoPayments(laboratory, kind, ['200', '400']);
  if (areEqual(other.first, other.both)) return lostPayment(other);
  const totals = [...(other.both[0]?.keys() ?? [])].filter((path) => other.ratio(path) === 3);
  if (totals.length === 0) return undefined;
  const same = await twoPayments(laboratory, kind, ['200', '200']);
  return totals.every((path) => same.ratio(path) === 2) ? undefined : lostPayment(same);
}

interface TwoPayments {
  readonly script: Script;
  readonly exchanges: readonly Exchange[];
  /** The states after the first payment, and after both. */
  readonly first: States;
  readonly both: States;
  /** How many times the number after the first it is after both, fees aside. */
  readonly ratio: (path: string) => number;
}

function twoPayments(
  { lab, oracle, gate }: Laboratory,
  { name, main }: SeenKind,
  amounts: readonly [string, string],
): Promise<TwoPayments> {
  const resources = amounts.map((amount) => ({ kind: name, end: main.end, amount, order: 0 }));
  const [before, after] = amounts.map((_, index) =>
    main.events.map((event) => deliver(event, index)),
  );
  return gate.calm(async () => {
    const execution = await lab.execute({ resources, steps: before ?? [] });
    const { states: first } = await settle(lab, oracle, execution);
    const exchanges = await lab.send(execution.subjects, after ?? []);
    const later = { ...execution, lastAnswerMs: lab.clock.monotonic() };
    await settleAs(lab, oracle, later, (states) => !areEqual(first, states));
    const { states: both } = await settle(lab, oracle, later);
    const numberIn = ([leaves]: States, path: string) => sumOf(leaves?.get(path) ?? []);
    return {
      script: { resources, steps: [...(before ?? []), ...(after ?? [])] },
      exchanges: [...execution.exchanges, ...exchanges],
      first,
      both,
      ratio: (path) => Math.round((numberIn(both, path) / numberIn(first, path)) * 50) / 50,
    };
  });
}

/** Of a total, or of a list of payments. */
function sumOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => {
    const value = parseNumber(text);
    return value === undefined ? Number.NaN : sum + roughly(value);
  }, 0);
}

function lostPayment({ script, exchanges }: TwoPayments): RuleVerdict {
  return fail('A second payment with the same reference left no trace.', {
    script,
    exchanges,
    wrong: [],
    times: undefined,
  });
}

/** One resource of the order fails, another succeeds; the reference is one after the other. */
function pairCases(kind: SeenKind): readonly Case[] {
  if (kind.contrast.events.at(-1) === kind.main.events.at(-2)) return [];
  const fails = kind.contrast.events.map((event) => deliver(event, 0));
  const succeeds = kind.main.events.map((event) => deliver(event, 1));
  const reference = pair(kind, [...fails, ...succeeds]);
  const failsLate = [...fails.slice(0, -1), ...succeeds, ...fails.slice(-1)];
  const mixed = [
    ...fails.slice(0, 1),
    ...succeeds.slice(0, 1),
    ...fails.slice(1),
    ...succeeds.slice(1),
  ];
  const failsAgain = [...fails, ...succeeds, ...fails.slice(-1)];
  return [mixed, failsLate, failsAgain].map((steps) => ({
    script: pair(kind, steps),
    measure: { kind: 'decided-as', script: reference },
  }));
}

function pair({ name, main, contrast }: SeenKind, steps: readonly ScriptStep[]): Script {
  return {
    resources: [
      { kind: name, end: contrast.end, order: 0 },
      { kind: name, end: main.end, order: 0 },
    ],
    steps,
  };
}
