import { startingWith } from '../../../webhook/kinds/articles.js';
import type { Laboratory } from '../../laboratory.js';
import { type KindLife, lifeOf, type SeenKind } from '../../profile.js';
import { inOrder } from '../../references.js';
import { fail, pass, type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import type { Script } from '../../script.js';
import type { Leaves } from '../../state/leaves.js';
import { seenKinds } from '../kinds.js';
import { type AmountField, amountFields, amountText, numberAt } from './amount-fields.js';
import { saysTheSame } from './decides.js';
import { isOfPrice } from './money-names.js';
import { seenAs } from './seen-as.js';

export const payloadConflictUnderpaid: Rule = {
  id: 'payload/conflict-underpaid',
  severity: 'must',
  title: 'An underpaid order is not recorded as paid in full',
  source: SOURCES.requests,
  advice:
    'Look at the status and the reason: CONFLICT with UNDERPAID is not SUCCESS, and paidAmount is what came in.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory).flatMap((kind) => {
    const status = kind.kind.statuses.find(({ outcome }) => outcome === 'conflict');
    return status === undefined ? [] : [{ kind, life: lifeOf(kind.kind, status) }];
  });
  if (kinds.length === 0) return skipped('No kind under test has a CONFLICT.');
  const verdicts = await Promise.all(
    kinds.map(({ kind, life }) => judgeKind(laboratory, kind, life)),
  );
  const told = verdicts.filter((verdict) => verdict !== undefined);
  const failure = told.find(({ status }) => status === 'fail');
  const untold = told.length === verdicts.length ? told[0] : undefined;
  return (
    failure ?? untold ?? pass('An underpaid CONFLICT is not recorded as a SUCCESS paid in full.')
  );
}

/**
 * What a CONFLICT counts for is the merchant's own affair, but not that the whole price came in: a
 * field that moves with the price, and says it only at a success, must not say it here. One that is
 * called the price may, beside another that says less.
 */
async function judgeKind(
  laboratory: Laboratory,
  kind: SeenKind,
  life: KindLife,
): Promise<RuleVerdict | undefined> {
  const { main, between } = kind.profile;
  const resource = { kind: kind.name, end: life.end, order: 0 };
  const script = inOrder(resource, life.events);
  const credited = (await amountFields(laboratory, kind)).filter(
    ({ path }) => amountText(main, path) !== amountText(between, path),
  );
  if (credited.length === 0) return judgeByWords(laboratory, kind, script);
  const saysWhole = (state: Leaves, { path }: AmountField) => {
    const whole = amountText(main, path);
    return whole !== undefined && amountText(state, path) === whole;
  };
  const inFull = ([state = new Map()]: readonly Leaves[]) => {
    const whole = credited.filter((field) => saysWhole(state, field));
    const isLess = credited.some(
      (field) => !whole.includes(field) && (numberAt(state, field.path)?.units ?? 0n) !== 0n,
    );
    return isLess && whole.every(({ path }) => isOfPrice(path)) ? [] : whole;
  };
  const states = await seenAs(laboratory, [script], (seen) => inFull(seen).length > 0);
  if (states === undefined) return undefined;
  const differences = inFull(states).map(({ path }) => ({
    path,
    expected: 'not the whole price',
    actual: amountText(main, path),
  }));
  return fail(`${startingWith(kind.name)} that is underpaid is recorded as paid in full.`, {
    script,
    exchanges: [],
    wrong: [{ resource: 0, differences }],
    times: undefined,
  });
}

/** Where no field says an amount, an underpaid life must not leave all that a success leaves. */
async function judgeByWords(
  laboratory: Laboratory,
  kind: SeenKind,
  script: Script,
): Promise<RuleVerdict | undefined> {
  const { profile } = kind;
  const saysPaid = (state: Leaves) => saysTheSame(laboratory, profile, profile.main, state);
  if (saysPaid(profile.contrast)) return UNSAID;
  const states = await seenAs(laboratory, [script], ([state = new Map()]) => saysPaid(state));
  if (states === undefined) return UNSAID;
  return fail(
    `${startingWith(kind.name)} that is underpaid is recorded as one that is paid in full.`,
    {
      script,
      exchanges: [],
      wrong: [],
      times: undefined,
    },
  );
}

const UNSAID = skipped('No field of the state says what was paid.');
