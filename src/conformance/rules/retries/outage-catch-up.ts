import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliverTogether } from '../../script.js';
import { TAKE_A_LOCK } from '../../swallowed.js';
import { sameCase, seenKinds } from '../kinds.js';

export const retriesOutageCatchUp: Rule = {
  id: 'retries/outage-catch-up',
  severity: 'must',
  title: 'What piled up during an outage is sorted out',
  source: SOURCES.webHooks,
  advice:
    'Give each status a rank (or compare lastUpdatedAt, where the bodies have it) and never let an older one replace a newer one; do the work of a final status whatever came before.',
  needs: ['state'],
  when: 'side-by-side',
  isLeftOutWhenSlow: true,
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory)
    .filter(({ main }) => main.events.length > 1)
    .flatMap((kind) => {
      const { events } = kind.main;
      return [events.toReversed(), events].map((order) =>
        sameCase(kind, kind.main, [deliverTogether(order)]),
      );
    });
  return judge(laboratory, cases, {
    otherwise: 'Web hooks that came all at once left another state than they do one by one.',
    race: TAKE_A_LOCK,
  });
}
