import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { finalLives, inTurn, sameCase, seenKinds } from '../kinds.js';

export const orderingLateIntermediate: Rule = {
  id: 'ordering/late-intermediate',
  severity: 'must',
  title: 'A late intermediate status never undoes a final one',
  source: SOURCES.webHooks,
  advice:
    'A final status stays: ignore (but answer 200 to) what happened before it and comes after it.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap((kind) =>
    finalLives(kind).flatMap((life) =>
      life.events.slice(0, -1).map((late) => {
        const others = life.events.filter((event) => event !== late);
        return sameCase(kind, life, inTurn([...others, late]));
      }),
    ),
  );
  return judge(laboratory, cases, 'A late intermediate status undid a final one.');
}
