import { CATALOGUE } from '../../../webhook/catalogue.js';
import { judge, type What } from '../../judge.js';
import { unanswered } from '../../lab/exchange.js';
import type { Laboratory } from '../../laboratory.js';
import type { SeenKind } from '../../profile.js';
import { pass, type Rule, type RuleVerdict, SOURCES, skipped } from '../../rule.js';
import { type DeliveryVariant, deliver } from '../../script.js';
import { inTurn, sameCase, scriptFor, seenKinds } from '../kinds.js';

export const idempotencySameStatusOtherBytes: Rule = {
  id: 'idempotency/same-status-other-bytes',
  severity: 'advisory',
  title: 'The same status in other bytes counts once',
  source: SOURCES.webHooks,
  advice:
    'Know an event by (id, status), not by a hash of its body or a time in it. The documentation does not say that a status comes again in other bytes, nor that it does not.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

/** Later than any time of the bodies that are sent. */
const LATER = '2099-01-01T00:00:00Z';

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const repeated = seenKinds(laboratory).map((kind) =>
    sameCase(kind, kind.main, [...inTurn(kind.main.events), deliver(kind.main.end)]),
  );
  const same = await judge(laboratory, repeated, 'The same web hook was counted twice.');
  if (same.status !== 'pass') return skipped('The same bytes do not count once either.');
  const spaced = await judgeAgain(
    laboratory,
    () => [{ bytes: 'spacing' }, { bytes: 'key-order' }],
    {
      counted: 'The same web hook in other bytes was counted twice.',
      otherwise: 'The same web hook in other bytes changed the state.',
    },
  );
  if (isRefused(spaced)) return skipped('Written otherwise, the web hook is refused.');
  if (spaced.status !== 'pass') return spaced;
  const timed = await judgeAgain(laboratory, (kind) => updatedLater(laboratory, kind), {
    counted: 'The same status with a later time was counted twice.',
    otherwise: 'The same status with a later time changed the state.',
  });
  return timed.status === 'fail' ? timed : pass('The same status in other bytes counted once.');
}

/** Whether it fails because what is written otherwise is never taken. */
function isRefused(verdict: RuleVerdict): boolean {
  if (verdict.status !== 'fail' || verdict.story === undefined) return false;
  return unanswered(verdict.story.exchanges).some(({ delivery }) => delivery.variant !== undefined);
}

function judgeAgain(
  laboratory: Laboratory,
  variantsOf: (kind: SeenKind) => readonly DeliveryVariant[],
  what: What,
): Promise<RuleVerdict> {
  const cases = seenKinds(laboratory).flatMap((kind) =>
    variantsOf(kind).map((variant) => {
      const { events, end } = kind.main;
      const steps = [...inTurn(events), deliver(end, 0, variant)];
      const script = scriptFor(kind, kind.main, steps);
      return { script, measure: { kind: 'decided', events } as const };
    }),
  );
  return judge(laboratory, cases, what);
}

/** Where the body says when its resource was changed. */
function updatedLater({ lab, offers }: Laboratory, kind: SeenKind): readonly DeliveryVariant[] {
  const [subject] = offers.get(kind.name)?.subjects ?? [];
  if (subject === undefined) return [];
  const body: unknown = JSON.parse(new TextDecoder().decode(lab.body(subject, kind.main.end)));
  const names = new Set(Object.keys(Object(body)));
  const set = CATALOGUE.timeFields
    .filter(({ field, role }) => role === 'moment' && field !== 'createdAt' && names.has(field))
    .map(({ field }) => `${field}=${LATER}`);
  return set.length === 0 ? [] : [{ set }];
}
