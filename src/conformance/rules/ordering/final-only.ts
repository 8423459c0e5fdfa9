import type { Case } from '../../confirm.js';
import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { isPaid } from '../../profile.js';
import { inconclusive, type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';

export const orderingFinalOnly: Rule = {
  id: 'ordering/final-only',
  severity: 'must',
  title: 'A final status counts without its intermediates',
  source: SOURCES.webHooks,
  advice:
    'Do the work of a final status whatever was seen before: an intermediate web hook can be lost.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory);
  const decided = kinds.filter(
    ({ profile }) => profile.deciding.length > 0 || profile.added.size > 0,
  );
  if (decided.length === 0) {
    const what = 'No field tells by itself how a life ended.';
    // Who cancels a subscription has paid until a day: there is no end that has to show.
    const isOfMoney = kinds.some(({ kind }) => isPaid(kind));
    return Promise.resolve(isOfMoney ? inconclusive(what) : skipped(what));
  }
  const cases = decided.map((kind): Case => {
    const { main } = kind;
    const measure = { kind: 'decided', events: main.events } as const;
    return { script: scriptFor(kind, main, inTurn([main.end])), measure };
  });
  return judge(
    laboratory,
    cases,
    'A final status did not count because its intermediates never came.',
  );
}
