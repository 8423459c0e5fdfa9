import { answersTo } from '../../answers.js';
import { answerOf } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver } from '../../script.js';
import { inTurn, meantKinds, scriptFor } from '../kinds.js';

export const idempotencyDuplicateAnswered200: Rule = {
  id: 'idempotency/duplicate-answered-200',
  severity: 'must',
  title: 'A duplicate is answered 200',
  source: SOURCES.webHooks,
  advice:
    'Answer 200 to what is known already: any other answer makes Inqud send it again and again.',
  needs: [],
  when: 'side-by-side',
  isLeftOutWhenSlow: true,
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = meantKinds(laboratory);
  if (kinds.length === 0) return inconclusive('No valid web hook is answered 200.');
  const failures = await Promise.all(
    kinds.map(async (kind): Promise<RuleVerdict | undefined> => {
      const { events, end } = kind.main;
      const script = scriptFor(kind, kind.main, [...inTurn(events), deliver(end)]);
      const { execution, refused } = await answersTo(laboratory, script);
      if (refused === undefined || refused.step !== events.length) return undefined;
      const story = { script, exchanges: execution.exchanges, wrong: [], times: undefined };
      return fail(`The second ${kind.name}.${end} is ${answerOf(refused)}.`, story);
    }),
  );
  const failure = failures.find((verdict) => verdict !== undefined);
  if (failure !== undefined) return failure;
  return pass('Duplicates are answered 200.');
}
