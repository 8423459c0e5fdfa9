import type { Kind } from '../../webhook/catalogue.js';
import { type Execution, unanswered } from '../lab/exchange.js';
import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import {
  contrastLife,
  type KindLife,
  type KindUnderTest,
  mainLife,
  type Profile,
  profileOf,
} from '../profile.js';
import { countDeliveries } from '../script.js';
import type { Blind } from '../state/blind.js';
import type { Leaves } from '../state/leaves.js';
import { isInJournal, type Oracle } from '../state/oracle.js';
import { lived } from './lives.js';

/** Lives of a kind that have been lived and have settled. */
export type KindLives = Readonly<Record<LifePart, Execution>>;

/** What lives of a kind leave behind, by the part of a profile that it makes. */
type LifePart = 'before' | 'between' | 'main' | 'contrast';

/** Lives a kind in the four ways that tell what decides, side by side. */
export async function livesOf(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  kind: Kind,
): Promise<KindLives> {
  const main = mainLife(kind);
  const live = async (events: readonly string[], end: string) => {
    const { execution } = await gate.shared(() => lived(lab, oracle, kind, { end, events }));
    return execution;
  };
  const contrastOf = contrastLife(kind);
  const [before, between, ended, contrast] = await Promise.all([
    live([], main.end),
    live(main.events.slice(0, -1), main.end),
    live(main.events, main.end),
    live(contrastOf.events, contrastOf.end),
  ]);
  return { before, between, main: ended, contrast };
}

/** Whether web hooks of them were not answered, or never left. */
export function areCutShort(lives: KindLives): boolean {
  return Object.values(lives).some(
    ({ script, exchanges }) =>
      exchanges.length < countDeliveries(script) || unanswered(exchanges).length > 0,
  );
}

/** The states of lives that have settled. */
export async function statesOf(
  oracle: Oracle,
  { before, between, main, contrast }: KindLives,
): Promise<ProfileStates> {
  const look = async (execution: Execution) => (await oracle.look(execution))[0] ?? new Map();
  return {
    before: await look(before),
    between: await look(between),
    main: await look(main),
    contrast: await look(contrast),
  };
}

type ProfileStates = Pick<Profile, LifePart>;

/** What decides, as four states of a kind tell it. */
export function withProfile(kind: Kind, states: ProfileStates): KindUnderTest {
  const main = mainLife(kind);
  const contrast = contrastLife(kind);
  const seen = seenWith(kind, contrast, states) ?? seenBesideLastButOne(kind, states);
  if (seen !== undefined) return seen;
  const blind = { code: 'same-ends', main: main.end, contrast: contrast.end } as const;
  return { ...unseen(kind, blind), moves: true };
}

function seenWith(
  kind: Kind,
  contrast: KindLife,
  states: ProfileStates,
): KindUnderTest | undefined {
  const main = mainLife(kind);
  const counts = { main: main.events.length, contrast: contrast.events.length };
  const profile = profileOf(states, counts);
  if (profile === undefined) return undefined;
  return { kind, name: kind.kind, main, contrast, profile, blind: undefined, moves: true };
}

/** Of a kind that ends as it begins, such as a subscription whose access is taken back when it is cancelled. */
function seenBesideLastButOne(kind: Kind, states: ProfileStates): KindUnderTest | undefined {
  if (kind.statuses.some(({ outcome }) => outcome === 'failure')) return undefined;
  const events = mainLife(kind).events.slice(0, -1);
  const life = { end: events.at(-1) ?? '', events };
  return seenWith(kind, life, { ...states, contrast: states.between });
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
