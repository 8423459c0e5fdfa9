import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { inTurn, sameCase, seenKinds } from '../kinds.js';

export const idempotencyDuplicateAfterLaterEvents: Rule = {
  id: 'idempotency/duplicate-after-later-events',
  severity: 'must',
  title: 'An old web hook that comes again changes nothing',
  source: SOURCES.webHooks,
  advice:
    'Remember what was done under (id, status) in the same transaction as the work itself, with a unique key, and do nothing the second time. An older status never replaces a newer one.',
  needs: ['state'],
  when: 'side-by-side',
  isLeftOutWhenSlow: true,
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap((kind) =>
    [kind.main, kind.contrast]
      .filter(({ events }) => events.length > 1)
      .map((life) => {
        const again = life.events.slice(0, -1);
        return sameCase(kind, life, inTurn([...life.events, ...again, life.end]));
      }),
  );
  return judge(laboratory, cases, 'An old web hook that came again changed the state.');
}
