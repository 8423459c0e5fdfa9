import { type Case, judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, type Rule, SOURCES, type Verdict } from '../../rule.js';
import { deliver, type Script, type Step } from '../../script.js';
import { areEqual, type States } from '../../state/oracle.js';
import { settle, settleAs } from '../../state/settle.js';
import { type SeenKind, seenKinds } from '../kinds.js';
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

async function run(laboratory: Laboratory): Promise<Verdict> {
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
async function secondPayment(laboratory: Laboratory, kind: SeenKind): Promise<Verdict | undefined> {
  const { lab, oracle, gate } = laboratory;
  // A state that says no amounts may be the same after one payment and after two.
  if ((await amountFields(laboratory, kind)).length === 0) return undefined;
  const { name, main } = kind;
  const resource = (amount: string) => ({ kind: name, end: main.end, amount, order: 0 });
  const first = main.events.map((event) => deliver(event, 0));
  const second = main.events.map((event) => deliver(event, 1));
  const resources = [resource('200'), resource('400')];
  return gate.alone(async () => {
    const execution = await lab.execute({ resources, steps: first });
    const window = { quietMs: oracle.quietMs, longestMs: oracle.judgedAfterMs };
    const { states: before } = await settle(lab, oracle, execution, window);
    const exchanges = await lab.send(execution.subjects, second);
    const later = { ...execution, lastAnswerMs: lab.clock.monotonic() };
    const hasChanged = (states: States) => !areEqual(before, states);
    const { isAsExpected } = await settleAs(lab, oracle, later, hasChanged);
    if (isAsExpected) return undefined;
    return fail('A second payment with the same reference left no trace.', {
      script: { resources, steps: [...first, ...second] },
      exchanges: [...execution.exchanges, ...exchanges],
      wrong: [],
      times: undefined,
    });
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
  return [mixed, failsLate].map((steps) => ({
    script: pair(kind, steps),
    measure: { kind: 'decided-as', script: reference },
  }));
}

function pair({ name, main, contrast }: SeenKind, steps: readonly Step[]): Script {
  return {
    resources: [
      { kind: name, end: contrast.end, order: 0 },
      { kind: name, end: main.end, order: 0 },
    ],
    steps,
  };
}
