import { judge } from '../../judge.js';
import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { deliverTogether } from '../../script.js';
import { NEXT_COPY } from '../../swallowed.js';
import { inTurn, sameCase, seenKinds } from '../kinds.js';

/** A race does not show every time, and a narrow gap seldom. */
const RACES = 18;
const RACES_WHEN_SLOW = 12;
/** More at once fit into a narrower gap. */
const CROWD = 4;

export const idempotencyDuplicateConcurrent: Rule = {
  id: 'idempotency/duplicate-concurrent',
  severity: 'must',
  title: 'Two copies at the same time count once',
  source: SOURCES.webHooks,
  advice:
    'Let the database decide: insert (id, status) under a unique key in the transaction that does the work, instead of looking first and writing afterwards.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory);
  const copies = Math.max(
    2,
    Math.ceil((laboratory.pace.perSecond === undefined ? RACES : RACES_WHEN_SLOW) / kinds.length),
  );
  const cases = kinds.flatMap((kind) => {
    const { events, end } = kind.main;
    const before = inTurn(events.slice(0, -1));
    return Array.from({ length: copies }, (_, copy) => {
      const together = deliverTogether(Array(copy % 4 === 0 ? 2 : CROWD).fill(end));
      return { ...sameCase(kind, kind.main, [...before, together]), isRace: true };
    });
  });
  return judge(laboratory, cases, {
    counted: 'Two copies that came at the same time were both counted.',
    otherwise: 'Two copies that came at the same time left another state than one.',
    behind: NEXT_COPY,
  });
}
