import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { type Rule, SOURCES, type Verdict } from '../../rule.js';
import { deliver, deliverUnheard } from '../../script.js';
import { sameCase, seenKinds } from '../kinds.js';

export const retriesLostAcknowledgement: Rule = {
  id: 'retries/lost-acknowledgement',
  severity: 'must',
  title: 'A retry after a lost answer changes nothing',
  source: SOURCES.webHooks,
  advice:
    'Remember what was done under (id, status) in the same transaction as the work itself, with a unique key, and do nothing the second time.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<Verdict> {
  const cases = seenKinds(laboratory).map((kind) => {
    const steps = kind.main.events.flatMap((event) => [deliverUnheard(event), deliver(event)]);
    return sameCase(kind, kind.main, steps);
  });
  return judge(
    laboratory,
    cases,
    'A web hook whose answer was lost was counted again when it was retried.',
  );
}
