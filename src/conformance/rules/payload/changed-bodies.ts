import { answersTo } from '../../answers.js';
import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import { endOf } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { KindUnderTest } from '../../profile.js';
import { fail, pass, type RuleVerdict, skipped } from '../../rule.js';
import { type DeliveryVariant, deliver } from '../../script.js';
import { inTurn, meantKinds, scriptFor, seenKinds } from '../kinds.js';

/**
 * The final event of each kind in a body that is changed but just as good: it is answered 200 and,
 * where the state can be read, decides what it always decides.
 */
export async function judgeChangedBodies(
  laboratory: Laboratory,
  changeFor: (kind: KindUnderTest) => DeliveryVariant | undefined,
  what: string,
): Promise<RuleVerdict> {
  const kinds = meantKinds(laboratory);
  const changed = kinds.flatMap((kind) => {
    const variant = changeFor(kind);
    return variant === undefined ? [] : [{ kind, variant }];
  });
  if (changed.length === 0) return skipped('No kind under test has what this rule needs.');
  const refusals = await Promise.all(
    changed.map(async ({ kind, variant }): Promise<RuleVerdict | undefined> => {
      const { events, end } = kind.main;
      const steps = [...inTurn(events.slice(0, -1)), deliver(end, 0, variant)];
      const script = scriptFor(kind, kind.main, steps);
      const { execution, refused } = await answersTo(laboratory, script);
      if (refused === undefined) return undefined;
      const { exchanges } = execution;
      const story = { script, exchanges, wrong: [], times: undefined };
      return fail(`${what} It is ${endOf(refused, exchanges)}.`, story);
    }),
  );
  const refusal = refusals.find((verdict) => verdict !== undefined);
  if (refusal !== undefined) return refusal;
  const cases = seenKinds(laboratory).flatMap((kind): readonly Case[] => {
    const variant = changeFor(kind);
    const { events, end } = kind.main;
    if (variant === undefined || kind.profile.deciding.length === 0) return [];
    const steps = [...inTurn(events.slice(0, -1)), deliver(end, 0, variant)];
    return [{ script: scriptFor(kind, kind.main, steps), measure: { kind: 'decided', events } }];
  });
  return cases.length === 0 ? pass('Answered 200.') : judge(laboratory, cases, what);
}
