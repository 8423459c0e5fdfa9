import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver, deliverAndHangUp, deliverUnheard } from '../../script.js';
import { NEXT_COPY } from '../../swallowed.js';
import { inTurn, sameCase, seenKinds } from '../kinds.js';

export const retriesLostAcknowledgement: Rule = {
  id: 'retries/lost-acknowledgement',
  severity: 'must',
  title: 'A retry after a lost answer changes nothing',
  source: SOURCES.webHooks,
  advice:
    'Remember what was done under (id, status) in the same transaction as the work itself, with a unique key, and do nothing the second time.',
  needs: ['state'],
  when: 'side-by-side',
  isLeftOutWhenSlow: true,
  run,
};

/** The sender hangs up while the work may be under way: it has to be done once all the same. */
const HANG_UPS_MS = [2, 10];

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap((kind) => {
    const { events, end } = kind.main;
    const unheard = events.flatMap((event) => [deliverUnheard(event), deliver(event)]);
    const hungUp = HANG_UPS_MS.map((ms) => [deliverAndHangUp(end, ms), deliver(end)]);
    return [unheard, ...hungUp.map((last) => [...inTurn(events.slice(0, -1)), ...last])].map(
      (steps) => sameCase(kind, kind.main, steps),
    );
  });
  return judge(laboratory, cases, {
    counted: 'A web hook whose answer was lost was counted again when it was retried.',
    otherwise:
      'A web hook whose answer was lost, and which was retried, left another state than one that was heard.',
    behind: NEXT_COPY,
  });
}
