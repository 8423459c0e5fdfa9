import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliver } from '../../script.js';
import { NEXT_COPY } from '../../swallowed.js';
import { finalLives, inTurn, sameCase, seenKinds } from '../kinds.js';

export const idempotencyDuplicateInSequence: Rule = {
  id: 'idempotency/duplicate-in-sequence',
  severity: 'must',
  title: 'A web hook that comes twice counts once',
  source: SOURCES.webHooks,
  advice:
    'Remember what was done under (id, status) in the same transaction as the work itself, with a unique key, and do nothing the second time.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap((kind) => {
    const twiceAtTheEnd = [kind.main, ...finalLives(kind)].map((life) =>
      sameCase(kind, life, [...inTurn(life.events), deliver(life.end)]),
    );
    const allTwice = inTurn(kind.main.events.flatMap((event) => [event, event]));
    return [...twiceAtTheEnd, sameCase(kind, kind.main, allTwice)];
  });
  return judge(laboratory, cases, {
    counted: 'A web hook that came twice was counted twice.',
    otherwise: 'A web hook that came twice left another state than one that came once.',
    behind: NEXT_COPY,
  });
}
