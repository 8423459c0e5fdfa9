import { answersTo } from '../../answers.js';
import { answerOf, type Execution } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { type KindUnderTest, lifeOf, type Profile } from '../../profile.js';
import { inOrder } from '../../references.js';
import { fail, pass, type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { deliver } from '../../script.js';
import { isEqualBut, single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { parseNumber } from '../../state/oracle.js';
import { settleAs } from '../../state/settle.js';
import { inTurn, meantKinds, scriptFor } from '../kinds.js';
import { stillSays } from './decides.js';

export const payloadOverpaid: Rule = {
  id: 'payload/overpaid',
  severity: 'should',
  title: 'An overpaid order counts',
  source: SOURCES.requests,
  advice: 'Paying more than asked is allowed: treat SUCCESS with overpaid as SUCCESS.',
  needs: [],
  passNeedsState: true,
  when: 'side-by-side',
  run,
};

const OVERPAID: Readonly<Record<string, readonly string[]>> = {
  request: ['paidAmount=160', 'overpaid=true', 'payment.amount=160'],
  checkout: ['request.paidAmount=160', 'request.overpaid=true', 'request.payment.amount=160'],
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = meantKinds(laboratory).filter(({ name }) => OVERPAID[name] !== undefined);
  if (kinds.length === 0) return skipped('No kind under test can be overpaid.');
  for (const kind of kinds) {
    const verdict = await judgeKind(laboratory, kind, OVERPAID[kind.name] ?? []);
    if (verdict !== undefined) return verdict;
  }
  return pass('An overpaid success is answered 200 and counts.');
}

/** What a CONFLICT leaves, which is no success. */
async function conflictStates(
  { references }: Laboratory,
  { kind }: KindUnderTest,
): Promise<readonly Leaves[]> {
  const conflicts = kind.statuses.filter(({ outcome }) => outcome === 'conflict');
  const states = await Promise.all(
    conflicts.map((status) => {
      const { end, events } = lifeOf(kind, status);
      return references.ofScript(inOrder({ kind: kind.kind, end, order: 0 }, events));
    }),
  );
  return states.flat();
}

/** Whether the words that tell a CONFLICT from a success tell a CONFLICT: amounts differ anyway. */
function isToldAs(conflict: Leaves, state: Leaves, { main, deciding }: Profile): boolean {
  const telling = deciding.filter((path) => {
    const value = single(conflict, path);
    return value !== single(main, path) && parseNumber(value) === undefined;
  });
  return (
    telling.length > 0 && telling.every((path) => single(state, path) === single(conflict, path))
  );
}

async function judgeKind(
  laboratory: Laboratory,
  kind: KindUnderTest,
  set: readonly string[],
): Promise<RuleVerdict | undefined> {
  const { lab, oracle, gate } = laboratory;
  const { events, end } = kind.main;
  const steps = [...inTurn(events.slice(0, -1)), deliver(end, 0, { set })];
  const script = scriptFor(kind, kind.main, steps);
  const { execution, refused } = await answersTo(laboratory, script);
  const story = { script, exchanges: execution.exchanges, wrong: [], times: undefined };
  if (refused !== undefined) {
    return fail(`An overpaid ${kind.name} is ${answerOf(refused)}.`, story);
  }
  const { profile } = kind;
  if (profile === undefined) return undefined;
  const conflicts = await conflictStates(laboratory, kind);
  const others = [profile.between, profile.contrast, profile.before];
  const isTaken = async (done: Execution) => {
    const { isAsExpected } = await settleAs(
      lab,
      oracle,
      done,
      ([state = new Map()]) =>
        others.every((leaves) => !isEqualBut(leaves, state, oracle.masked)) &&
        !conflicts.some((conflict) => isToldAs(conflict, state, profile)),
    );
    return isAsExpected;
  };
  if (await isTaken(execution)) return undefined;
  const isTakenAlone = await gate.alone(async () => isTaken(await lab.execute(script)));
  if (
    isTakenAlone ||
    !(await stillSays(laboratory, { ...kind, profile }, kind.main, profile.main))
  ) {
    return undefined;
  }
  return fail(`An overpaid ${kind.name} does not count as a success.`, story);
}
