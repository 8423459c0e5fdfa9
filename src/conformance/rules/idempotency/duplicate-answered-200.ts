import { isOk } from '../../lab/lab.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import { deliver } from '../../script.js';
import { inTurn, scriptFor } from '../kinds.js';

export const idempotencyDuplicateAnswered200: Rule = {
  id: 'idempotency/duplicate-answered-200',
  severity: 'must',
  title: 'A duplicate is answered 200',
  source: SOURCES.webHooks,
  advice:
    'Answer 200 to what is known already: any other answer makes Inqud send it again and again.',
  needs: [],
  when: 'side-by-side',
  run,
};

async function run({ lab, gate, kinds }: Laboratory): Promise<Verdict> {
  if (kinds.length === 0) return inconclusive('No valid web hook is answered 200.');
  const failures = await Promise.all(
    kinds.map(async (kind): Promise<Verdict | undefined> => {
      const { events, end } = kind.main;
      const script = scriptFor(kind, kind.main, [...inTurn(events), deliver(end)]);
      const { exchanges } = await gate.shared(() => lab.execute(script));
      const duplicate = exchanges.findLast(({ step }) => step === events.length);
      if (duplicate === undefined || isOk(duplicate.outcome)) return undefined;
      const { outcome } = duplicate;
      const answer = outcome.kind === 'responded' ? outcome.status : outcome.kind;
      const story = { script, exchanges, wrong: [], times: undefined };
      return fail(`The second ${kind.name}.${end} is answered ${answer}.`, story);
    }),
  );
  const failure = failures.find((verdict) => verdict !== undefined);
  if (failure !== undefined) return failure;
  return pass('Duplicates are answered 200.');
}
