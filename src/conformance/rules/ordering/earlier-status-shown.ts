import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { inTurn, sameCase, seenKinds } from '../kinds.js';

export const orderingEarlierStatusShown: Rule = {
  id: 'ordering/earlier-status-shown',
  severity: 'advisory',
  title: 'An earlier status is not shown after a later one',
  source: SOURCES.webHooks,
  advice:
    'Give intermediate statuses a rank as well, so that a payment that was detected is not shown as new again. The final status sets it right, so no money is lost.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

/** Two intermediate statuses the wrong way round, while no final one has come. */
function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap((kind) => {
    const { events } = kind.main;
    const open = events.slice(0, -1);
    const [late, ...others] = open.toReversed();
    if (late === undefined || others.length === 0) return [];
    return [sameCase(kind, kind.main, inTurn([...open.slice(0, -2), late, ...others.slice(0, 1)]))];
  });
  if (cases.length === 0) {
    return Promise.resolve(skipped('No kind under test has two intermediate statuses.'));
  }
  return judge(laboratory, cases, 'An earlier status was shown after a later one.');
}
