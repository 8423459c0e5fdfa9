import { isOk } from '../../lab/lab.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { fail, pass, type Rule, SOURCES, skipped, type Verdict } from '../../rule.js';
import { deliver } from '../../script.js';
import { isEqual } from '../../state/difference.js';
import { settle } from '../../state/settle.js';
import { inTurn, scriptFor } from '../kinds.js';

export const payloadOverpaid: Rule = {
  id: 'payload/overpaid',
  severity: 'should',
  title: 'An overpaid order counts',
  source: SOURCES.requests,
  advice: 'Paying more than asked is allowed: treat SUCCESS with overpaid as SUCCESS.',
  needs: [],
  when: 'side-by-side',
  run,
};

const OVERPAID: Readonly<Record<string, readonly string[]>> = {
  request: ['paidAmount=160', 'overpaid=true', 'payment.amount=160'],
  checkout: ['request.paidAmount=160', 'request.overpaid=true', 'request.payment.amount=160'],
};

async function run(laboratory: Laboratory): Promise<Verdict> {
  const kinds = laboratory.kinds.filter(({ name }) => OVERPAID[name] !== undefined);
  if (kinds.length === 0) return skipped('No kind under test can be overpaid.');
  for (const kind of kinds) {
    const verdict = await judgeKind(laboratory, kind, OVERPAID[kind.name] ?? []);
    if (verdict !== undefined) return verdict;
  }
  return pass('An overpaid success is answered 200 and counts.');
}

async function judgeKind(
  { lab, oracle, gate }: Laboratory,
  kind: KindUnderTest,
  set: readonly string[],
): Promise<Verdict | undefined> {
  const { events, end } = kind.main;
  const steps = [...inTurn(events.slice(0, -1)), deliver(end, 0, { set })];
  const script = scriptFor(kind, kind.main, steps);
  return gate.shared(async () => {
    const execution = await lab.execute(script);
    const story = { script, exchanges: execution.exchanges, wrong: [], times: undefined };
    const last = execution.exchanges.at(-1);
    if (last === undefined || !isOk(last.outcome)) {
      return fail(`An overpaid ${kind.name} is refused.`, story);
    }
    const { profile } = kind;
    if (profile === undefined) return undefined;
    const quietMs = Math.max(oracle.quietMs, 200);
    const { states } = await settle(lab, oracle, execution, {
      quietMs,
      longestMs: oracle.judgedAfterMs,
    });
    const state = states[0] ?? new Map();
    const isLost = [profile.between, profile.contrast, profile.before].some((leaves) =>
      isEqual(leaves, state),
    );
    return isLost
      ? fail(`An overpaid ${kind.name} does not count as a success.`, story)
      : undefined;
  });
}
