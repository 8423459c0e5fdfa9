import { miscounts } from '../../balance.js';
import type { Laboratory } from '../../laboratory.js';
import { isPaid, isWord, type SeenKind } from '../../profile.js';
import { fail, pass, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { type Difference, single } from '../../state/difference.js';
import type { Leaves } from '../../state/leaves.js';
import { seenKinds } from '../kinds.js';
import { amountFields, creditedAmong } from './amount-fields.js';
import { saysTheSame } from './decides.js';
import { withoutMirrors } from './mirrors.js';
import { recordedAs, unknownEnd } from './unknown-statuses.js';

export const payloadUnknownStatusNotPaid: Rule = {
  id: 'payload/unknown-status-not-paid',
  severity: 'must',
  title: 'A status that is not known yet is not taken for paid',
  source: SOURCES.webHooks,
  advice:
    'Credit an order for SUCCESS and PARTIAL_SUCCESS by name, never for "everything that is not a failure".',
  needs: ['state'],
  when: 'late',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const kinds = seenKinds(laboratory).filter(({ kind }) => isPaid(kind));
  const verdicts = await Promise.all(kinds.map((kind) => judgeKind(laboratory, kind)));
  const failure = verdicts.find((verdict) => verdict !== undefined);
  if (failure !== undefined) return failure;
  for (const kind of kinds) {
    const script = unknownEnd(laboratory, kind);
    const measure = { kind: 'decided', events: kind.main.events.slice(0, -1) } as const;
    if (await miscounts(laboratory, { script, measure })) {
      const what = `${kind.name} with an unknown status changes a balance.`;
      return fail(what, { script, exchanges: [], wrong: [], times: undefined, measure });
    }
  }
  return pass('Recorded as no success.');
}

async function judgeKind(laboratory: Laboratory, kind: SeenKind): Promise<RuleVerdict | undefined> {
  const credited = await creditedPaths(laboratory, kind);
  const paidIn = (seen: SeenKind, state: Leaves) =>
    tellingOfSuccess(laboratory, seen, credited).filter((path) => isAsPaid(seen, state, path));
  let differences: readonly Difference[] = [];
  const { execution, isRecorded } = await recordedAs(
    laboratory,
    kind,
    ({ main, profile }) => ({ life: main, known: profile.main }),
    (seen, state) => {
      const paths = paidIn(seen, state);
      const isAll =
        saysTheSame(laboratory, seen.profile, seen.profile.main, state) &&
        !saysTheSame(laboratory, seen.profile, seen.profile.between, state);
      differences = paths.map((path) => ({
        path,
        expected: single(seen.profile.between, path),
        actual: single(state, path),
      }));
      return isAll || paths.length > 0;
    },
  );
  if (!isRecorded) return undefined;
  const { script, exchanges } = execution;
  return fail(`${kind.name} with an unknown status is recorded as a success.`, {
    script,
    exchanges,
    wrong: [{ resource: 0, differences }],
    times: undefined,
  });
}

/** What was credited, in fields that say it only at the end, and do not repeat the body. */
async function creditedPaths(laboratory: Laboratory, kind: SeenKind): Promise<ReadonlySet<string>> {
  const fields = await creditedAmong(laboratory, kind, await amountFields(laboratory, kind));
  const own = await withoutMirrors(laboratory, kind, fields);
  return new Set(own.map(({ path }) => path));
}

/** A time stamp or an id of the last web hook is on record whatever its status was. */
const BESIDE = /^"\d{4}-\d\d-\d\d[T ]|‹/;

/** The words that say how the life ended, and the fields and lists that say what it brought. */
function tellingOfSuccess(
  { oracle: { masked } }: Laboratory,
  { profile: { deciding, added, main, contrast } }: SeenKind,
  credited: ReadonlySet<string>,
): readonly string[] {
  const fields = deciding.filter((path) => {
    const text = single(main, path) ?? '';
    return (isWord(text) && !BESIDE.test(text)) || credited.has(path);
  });
  const lists = [...added.keys()].filter((path) => {
    const text = single(main, path);
    return credited.has(path) && text !== undefined && text !== single(contrast, path);
  });
  return [...fields, ...lists].filter((path) => !masked.has(path));
}

function isAsPaid({ profile: { main } }: SeenKind, state: Leaves, path: string): boolean {
  return single(state, path) === single(main, path);
}
