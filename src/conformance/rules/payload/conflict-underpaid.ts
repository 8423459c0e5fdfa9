import type { Laboratory } from '../../laboratory.js';
import { lifeOf } from '../../profile.js';
import { fail, inconclusive, pass, type Rule, SOURCES, skipped, type Verdict } from '../../rule.js';
import { isEqual, single } from '../../state/difference.js';
import { inTurn, scriptFor, seenKinds } from '../kinds.js';
import { amountFields } from './amount-fields.js';

export const payloadConflictUnderpaid: Rule = {
  id: 'payload/conflict-underpaid',
  severity: 'must',
  title: 'An underpaid order is not recorded as paid in full',
  source: SOURCES.requests,
  advice:
    'Look at the status and the reason: CONFLICT with UNDERPAID is not SUCCESS, and paidAmount is what came in.',
  needs: ['state'],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<Verdict> {
  const kinds = seenKinds(laboratory).flatMap((kind) => {
    const status = kind.kind.statuses.find(({ outcome }) => outcome === 'conflict');
    return status === undefined ? [] : [{ kind, life: lifeOf(kind.kind, status) }];
  });
  if (kinds.length === 0) return skipped('No kind under test has a CONFLICT.');
  for (const { kind, life } of kinds) {
    const { references } = laboratory;
    const state = await references.of({ kind: kind.name, end: life.end, order: 0 }, life.events);
    const success = await references.of(
      { kind: kind.name, end: kind.main.end, order: 0 },
      kind.main.events,
    );
    if (!isEqual(success, state)) continue;
    const fields = await amountFields(laboratory, kind);
    if (fields.length === 0 && kind.profile.deciding.length === 0) {
      return inconclusive('The state says neither amounts nor how a life ended.');
    }
    const paths = kind.profile.deciding.slice(0, 3);
    return fail(`The state after ${kind.name}.${life.end} is the state after ${kind.main.end}.`, {
      script: scriptFor(kind, life, inTurn(life.events)),
      exchanges: [],
      wrong: [
        {
          resource: 0,
          differences: paths.map((path) => ({
            path,
            expected: 'something else than after a success',
            actual: single(state, path),
          })),
        },
      ],
      times: undefined,
    });
  }
  return pass('The state after a CONFLICT is another than after a SUCCESS.');
}
