import { isSame, NOTHING } from '../../../json/exact-number.js';
import type { Laboratory } from '../../laboratory.js';
import { type KindUnderTest, lifeOf } from '../../profile.js';
import { inOrder } from '../../references.js';
import { single } from '../../state/difference.js';
import { type Leaves, readLeaves } from '../../state/leaves.js';
import { parseNumber } from '../../state/oracle.js';
import { MOST_PLACES, moved } from './amount-fields.js';

/** What a receiver shows after the last event of a life, and what that event said. */
interface Seen {
  readonly state: Leaves;
  readonly body: Leaves;
}

/**
 * The numbers of the state that say after each event what one and the same field of its body says,
 * such as paidAmount: they tell what Inqud said, and not what the receiver made of it.
 */
async function mirrors(
  { lab, offers, references }: Laboratory,
  kind: KindUnderTest,
): Promise<ReadonlySet<string>> {
  const [subject] = offers.get(kind.name)?.subjects ?? [];
  if (subject === undefined) return new Set();
  const seen = await Promise.all(
    kind.kind.statuses.map(async (status): Promise<Seen> => {
      const { end, events } = lifeOf(kind.kind, status);
      const [state = new Map()] = await references.ofScript(
        inOrder({ kind: kind.name, end, order: 0 }, events),
      );
      const text = new TextDecoder().decode(lab.body(subject, end));
      return { state, body: readLeaves({ text }, (name) => name) };
    }),
  );
  const paths = pathsOf(seen.map(({ state }) => state));
  const fields = pathsOf(seen.map(({ body }) => body));
  return new Set(paths.filter((path) => fields.some((field) => isMirrorOf(field, path, seen))));
}

/** Those of the fields that do not only repeat the bodies. */
export async function withoutMirrors<Field extends { readonly path: string }>(
  laboratory: Laboratory,
  kind: KindUnderTest,
  fields: readonly Field[],
): Promise<readonly Field[]> {
  if (fields.length === 0) return [];
  const repeated = await mirrors(laboratory, kind);
  return fields.filter(({ path }) => !repeated.has(path));
}

function isMirrorOf(field: string, path: string, seen: readonly Seen[]): boolean {
  return Array.from({ length: MOST_PLACES + 1 }, (_, places) => places).some((places) =>
    seen.every(({ state, body }) =>
      isSame(numberIn(state, path), moved(numberIn(body, field), places)),
    ),
  );
}

/** What is not there, or null, is nothing. */
function numberIn(leaves: Leaves, path: string) {
  return parseNumber(single(leaves, path)) ?? NOTHING;
}

/** The paths at which one of them says a number other than nothing. */
function pathsOf(all: readonly Leaves[]): readonly string[] {
  const paths = all.flatMap((leaves) =>
    [...leaves.keys()].filter((path) => numberIn(leaves, path).units !== 0n),
  );
  return [...new Set(paths)];
}
