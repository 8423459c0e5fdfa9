import { roughly } from '../../../json/exact-number.js';
import type { Status } from '../../../webhook/catalogue.js';
import { answersTo } from '../../answers.js';
import type { Laboratory } from '../../laboratory.js';
import { lifeOf, type SeenKind } from '../../profile.js';
import {
  fail,
  inconclusive,
  pass,
  type Rule,
  type RuleVerdict,
  SOURCES,
  skipped,
} from '../../rule.js';
import { deliver } from '../../script.js';
import type { Leaves } from '../../state/leaves.js';
import { parseNumber, type States } from '../../state/oracle.js';
import { settleAs } from '../../state/settle.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';
import {
  type AmountField,
  amountFields,
  amountScripts,
  amountText,
  creditedAmong,
  doubtAmountFields,
  numberAt,
  predicted,
  SMALLER,
} from './amount-fields.js';

/** Said where the state keeps no amount that a partial payment could change. */
export const SAYS_NOTHING_PAID = 'No field of the state says what was paid.';

const PAID = '50';
const TOLERANCE = 0.02;

export const payloadPartialSuccess: Rule = {
  id: 'payload/partial-success',
  severity: 'must',
  title: 'A partial success counts as much as was paid',
  source: SOURCES.paymentStatuses,
  advice: 'On PARTIAL_SUCCESS use the amount of that web hook: it is the sum that was really paid.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory).filter((kind) => partialOf(kind) !== undefined);
  if (kinds.length === 0) return skipped('No kind under test has a PARTIAL_SUCCESS.');
  const verdicts = await Promise.all(kinds.map((kind) => judgeKind(laboratory, kind)));
  return (
    verdicts.find(({ status }) => status === 'fail') ??
    verdicts.find(({ status }) => status === 'pass') ??
    verdicts[0] ??
    inconclusive('No kind under test has a PARTIAL_SUCCESS.')
  );
}

/** What fails is judged again by what a quiet receiver says. */
async function judgeKind(laboratory: Laboratory, kind: SeenKind): Promise<RuleVerdict> {
  const status = partialOf(kind);
  if (status === undefined) return skipped('There is no PARTIAL_SUCCESS.');
  const first = await judgeOnce(laboratory, kind, status);
  if (first.status !== 'fail') return first;
  const set = setOf(status);
  await doubtAmountFields(laboratory, kind, set);
  return judgeOnce(laboratory, kind, status);
}

function setOf({ earlier }: Status): readonly string[] {
  return earlier[0]?.set ?? [];
}

async function judgeOnce(
  laboratory: Laboratory,
  kind: SeenKind,
  status: Status,
): Promise<RuleVerdict> {
  const { lab, oracle } = laboratory;
  const life = lifeOf(kind.kind, status);
  const set = setOf(status);
  const resource = { kind: kind.name, end: life.end, amount: SMALLER, order: 0 };
  const last = deliver(life.end, 0, { set: [`amount=${PAID}`] });
  const script = {
    ...scriptFor(kind, life, [...inTurn(life.events.slice(0, -1)), last]),
    resources: [resource],
  };
  const [{ execution }] = await Promise.all([
    answersTo(laboratory, script),
    laboratory.references.know(amountScripts(kind, set)),
  ]);
  const fields = await amountFields(laboratory, kind, set);
  const credited = await creditedAmong(laboratory, kind, fields, set);
  if (credited.length === 0) return skipped(SAYS_NOTHING_PAID);
  const wrongIn = ([state = new Map()]: States) =>
    credited.filter((field) => {
      const found = numberAt(state, field.path);
      const wanted = predicted(field, PAID);
      if (found === undefined) return !isSaidElsewhere(state, wanted, fields);
      return !isNear(roughly(found), wanted);
    });
  const { states, isAsExpected } = await settleAs(
    lab,
    oracle,
    execution,
    (seen) => wrongIn(seen).length === 0,
  );
  if (isAsExpected) return pass(`Moves rightly: ${credited.map(({ path }) => path).join(', ')}.`);
  const differences = wrongIn(states).map((field) => ({
    path: field.path,
    expected: String(predicted(field, PAID)),
    actual: amountText(states[0] ?? new Map(), field.path),
  }));
  const what = `Of ${SMALLER} that were asked for ${PAID} were paid, and something else is recorded.`;
  return fail(what, {
    script,
    exchanges: execution.exchanges,
    wrong: [{ resource: 0, differences }],
    times: undefined,
  });
}

/** Where a line is called by its words, as `PAID IN PART 50`, the amount of another end has another name. */
function isSaidElsewhere(state: Leaves, wanted: number, fields: readonly AmountField[]): boolean {
  const others = [...state].filter(([at]) => !fields.some(({ path }) => path === at));
  return others.some(([, texts]) =>
    texts.some((text) => {
      const number = parseNumber(text);
      return number !== undefined && isNear(roughly(number), wanted);
    }),
  );
}

/** Fees are rounded. */
function isNear(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= Math.abs(wanted) * TOLERANCE;
}

function partialOf({ kind }: SeenKind) {
  return kind.statuses.find(({ outcome }) => outcome === 'partial');
}
