import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver, deliverTogether } from '../../script.js';
import { NEXT_COPY } from '../../swallowed.js';
import { sameCase, seenKinds } from '../kinds.js';

export const retriesOverlap: Rule = {
  id: 'retries/overlap',
  severity: 'must',
  title: 'A retry that overtakes its first attempt changes nothing',
  source: SOURCES.webHooks,
  advice:
    'Let the database decide which attempt does the work: a unique key on (id, status), inside the transaction that does the work.',
  needs: ['state'],
  when: 'side-by-side',
  isLeftOutWhenSlow: true,
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).map((kind) => {
    const pairs = kind.main.events.map((event) => deliverTogether([event, event]));
    return sameCase(kind, kind.main, [...pairs, deliver(kind.main.end)]);
  });
  return judge(laboratory, cases, {
    counted: 'An attempt and its retry, under way together, were both counted.',
    otherwise: 'An attempt and its retry, under way together, left another state than one attempt.',
    behind: NEXT_COPY,
  });
}
