import { answersTo } from '../../answers.js';
import { answerOf, type Execution } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { fail, pass, type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { deliver } from '../../script.js';
import { isEqualBut } from '../../state/difference.js';
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
  const isTaken = async (done: Execution) => {
    const { isAsExpected } = await settleAs(lab, oracle, done, ([state = new Map()]) =>
      [profile.between, profile.contrast, profile.before].every(
        (leaves) => !isEqualBut(leaves, state, oracle.masked),
      ),
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
