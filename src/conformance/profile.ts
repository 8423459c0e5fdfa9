import { roughly } from '../json/exact-number.js';
import type { Kind, Status } from '../webhook/catalogue.js';
import type { Blind } from './state/blind.js';
import { differences, single } from './state/difference.js';
import type { Leaves } from './state/leaves.js';
import { parseNumber } from './state/oracle.js';

/** One way a resource's life can go: where it ends, and its events in order. */
export interface KindLife {
  readonly end: string;
  readonly events: readonly string[];
}

/** What the lives of a kind leave behind, when nothing disturbs them. */
export interface Profile {
  /** Before the first event. */
  readonly before: Leaves;
  /** After the main life without its last event. */
  readonly between: Leaves;
  readonly main: Leaves;
  /** After a life that ended otherwise. */
  readonly contrast: Leaves;
  /** Paths with one value that tell how the main life ended. */
  readonly deciding: readonly string[];
  /** What the last event of the main life adds to lists. */
  readonly added: ReadonlyMap<string, readonly string[]>;
}

/** A kind that the receiver takes. */
export interface KindUnderTest {
  readonly kind: Kind;
  readonly name: string;
  readonly main: KindLife;
  readonly contrast: KindLife;
  /** Absent where the oracle cannot see: then `blind` says why. */
  readonly profile: Profile | undefined;
  readonly blind: Blind | undefined;
  /** Its events change the state, even where they do not tell success from failure. */
  readonly moves: boolean;
}

/** A kind whose states tell success from failure. */
export interface SeenKind extends KindUnderTest {
  readonly profile: Profile;
}

export function lifeOf(kind: Kind, status: Status): KindLife {
  const events = status.path.map(
    (step) => kind.statuses.find((known) => known.status === step)?.name ?? status.name,
  );
  return { end: status.name, events };
}

/** The usual life of the kind: a success where there is one. */
export function mainLife(kind: Kind): KindLife {
  const end = kind.statuses.find(({ status }) => status === kind.defaultEnd);
  if (end === undefined) throw new Error(`catalogue.json: ${kind.kind} has no usual end.`);
  return lifeOf(kind, end);
}

/** Whether the usual life of the kind ends with money. */
export function isPaid({ statuses, defaultEnd }: Kind): boolean {
  return statuses.some(({ status, outcome }) => status === defaultEnd && outcome === 'success');
}

/**
 * A life that must leave another state: a failure, or else the first event of the main life. What comes
 * between may leave what the end does: who cancels a subscription has paid until a day.
 */
export function contrastLife(kind: Kind): KindLife {
  const failure =
    kind.statuses.find(({ outcome, expires }) => outcome === 'failure' && !expires) ??
    kind.statuses.find(({ outcome }) => outcome === 'failure');
  if (failure !== undefined) return lifeOf(kind, failure);
  const events = mainLife(kind).events.slice(0, 1);
  return { end: events.at(-1) ?? '', events };
}

/** Learns from the four states what decides; `undefined` where they do not tell success from failure. */
export function profileOf(
  states: Omit<Profile, 'deciding' | 'added'>,
  counts: { readonly main: number; readonly contrast: number },
): Profile | undefined {
  const { before, between, main, contrast } = states;
  if (!differ(before, main) || !differ(main, contrast)) return undefined;
  const told = new Set([...between.values()].flat().filter(isWord));
  const deciding = differences(contrast, main)
    .map(({ path }) => path)
    .filter((path) => !path.includes('[]'))
    .filter((path) => {
      const value = single(main, path);
      if (value === undefined || value === single(before, path)) return false;
      return value !== single(between, path) && !told.has(value);
    })
    .filter((path) => !countsEvents(path, states, counts));
  return { ...states, deciding, added: addedTo(between, main) };
}

/** A number is told anew at each path: that the price is known says nothing about what was paid. */
export function isWord(text: string): boolean {
  return text.startsWith('"') && parseNumber(text) === undefined;
}

/** Every path that tells how a life ended, alone or in a list. */
export function tellingPaths({ deciding, added }: Profile): readonly string[] {
  return [...deciding, ...added.keys()];
}

/** What is known of the kind of a resource, if the oracle sees it. */
export function profileIn(kinds: readonly KindUnderTest[], kind: string): Profile | undefined {
  return kinds.find(({ name }) => name === kind)?.profile;
}

/** Every path that tells how a life of the kind ended; none where the oracle does not see it. */
export function tellingPathsIn(kinds: readonly KindUnderTest[], kind: string): readonly string[] {
  const profile = profileIn(kinds, kind);
  return profile === undefined ? [] : tellingPaths(profile);
}

function differ(one: Leaves, other: Leaves): boolean {
  return differences(one, other).length > 0;
}

/** A number that is one more after each event says nothing about how the life ended. */
function countsEvents(
  path: string,
  { between, main, contrast }: Omit<Profile, 'deciding' | 'added'>,
  counts: { readonly main: number; readonly contrast: number },
): boolean {
  const number = (leaves: Leaves) => {
    const value = parseNumber(single(leaves, path));
    return value === undefined ? Number.NaN : roughly(value);
  };
  const isFromZero = number(between) === 0;
  const offset = number(main) - counts.main;
  return (
    !isFromZero &&
    offset === number(between) - (counts.main - 1) &&
    offset === number(contrast) - counts.contrast
  );
}

function addedTo(between: Leaves, main: Leaves): ReadonlyMap<string, readonly string[]> {
  const added = new Map<string, readonly string[]>();
  for (const [path, texts] of main) {
    if (!path.includes('[]') || path.endsWith(' count')) continue;
    const rest = without(texts, between.get(path) ?? []);
    if (rest.length > 0) added.set(path, rest);
  }
  return added;
}

/** The texts that are left when the others are taken away, each once. */
export function without(texts: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...texts];
  for (const other of others) {
    const index = left.indexOf(other);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}
