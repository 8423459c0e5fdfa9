import type { Kind } from '../../webhook/catalogue.js';
import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import { contrastLife, type KindUnderTest, mainLife, type Profile, profileOf } from '../profile.js';
import type { Blind } from '../state/blind.js';
import type { Leaves } from '../state/leaves.js';
import { isInJournal, type Oracle } from '../state/oracle.js';
import { watched } from './lives.js';

/** Looks at what four lives of a kind leave behind. */
export async function profileKind(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  kind: Kind,
  changed: ReadonlySet<string>,
): Promise<KindUnderTest> {
  if (!changed.has(kind.kind)) {
    return unseen(kind, { code: 'unmoved' });
  }
  const main = mainLife(kind);
  const contrast = contrastLife(kind);
  const look = (events: readonly string[], end: string) =>
    gate.shared(() => watched(lab, oracle, kind, { end, events }));
  const [before, between, ended, otherwise] = await Promise.all([
    look([], main.end),
    look(main.events.slice(0, -1), main.end),
    look(main.events, main.end),
    look(contrast.events, contrast.end),
  ]);
  return withProfile(kind, { before, between, main: ended, contrast: otherwise });
}

function withProfile(
  kind: Kind,
  states: Pick<Profile, 'before' | 'between' | 'main' | 'contrast'>,
): KindUnderTest {
  const main = mainLife(kind);
  const contrast = contrastLife(kind);
  const counts = { main: main.events.length, contrast: contrast.events.length };
  const profile = profileOf(states, counts);
  if (profile === undefined) {
    const blind = { code: 'same-ends', main: main.end, contrast: contrast.end } as const;
    return { ...unseen(kind, blind), moves: true };
  }
  return { kind, name: kind.kind, main, contrast, profile, blind: undefined, moves: true };
}

/** The same kind, with what counts deliveries taken out of its states. */
export function withoutJournals(kind: KindUnderTest, journals: ReadonlySet<string>): KindUnderTest {
  if (kind.profile === undefined) return kind;
  const without = (leaves: Leaves): Leaves =>
    new Map([...leaves].filter(([path]) => !isInJournal(path, journals)));
  const { before, between, main, contrast } = kind.profile;
  return withProfile(kind.kind, {
    before: without(before),
    between: without(between),
    main: without(main),
    contrast: without(contrast),
  });
}

/** Why nothing is seen of any kind when there is no way to look. */
export const NO_PROBE: Blind = { code: 'no-probe' };

/** A kind of which the state tells nothing, and why. */
export function unseen(kind: Kind, blind: Blind): KindUnderTest {
  return {
    kind,
    name: kind.kind,
    main: mainLife(kind),
    contrast: contrastLife(kind),
    profile: undefined,
    blind,
    moves: false,
  };
}
