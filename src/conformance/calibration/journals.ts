import { roughly } from '../../json/exact-number.js';
import type { Execution } from '../lab/exchange.js';
import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import {
  type KindLife,
  type KindUnderTest,
  mainLife,
  type SeenKind,
  tellingPaths,
} from '../profile.js';
import { single } from '../state/difference.js';
import type { Leaves } from '../state/leaves.js';
import { type Oracle, parseNumber } from '../state/oracle.js';
import { lived, type Offer } from './lives.js';

/**
 * So many deliveries tell a counter: with fewer, another number can be as large by chance. Of a life of
 * two events the first comes three times.
 */
const TELLING_DELIVERIES = 4;
const FEWEST_EVENTS = 2;

/** A life of which the first event comes several times. */
export interface RepeatedLife {
  readonly execution: Execution;
  readonly deliveries: number;
}

/** Lives such a life of the first kind in which it tells; `undefined` where there is none. */
export async function repeatedLife(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  offers: readonly Offer[],
): Promise<RepeatedLife | undefined> {
  const teller = longest(offers.map(({ kind }) => ({ kind, main: mainLife(kind) })));
  if (teller === undefined) return undefined;
  const { end, events: once } = teller.main;
  const [first = end] = once;
  const more = Math.max(1, TELLING_DELIVERIES - once.length);
  const events = [...Array.from({ length: more }, () => first), ...once];
  const { execution } = await gate.shared(() => lived(lab, oracle, teller.kind, { end, events }));
  return { execution, deliveries: events.length };
}

/**
 * Paths that count deliveries, whatever they say and however often they come: the length of a log,
 * a counter of web hooks. A duplicate shows there without having done anything.
 */
export async function findJournals(
  oracle: Oracle,
  kinds: readonly KindUnderTest[],
  repeated: RepeatedLife | undefined,
): Promise<ReadonlySet<string>> {
  const seen = kinds.flatMap((kind) =>
    kind.profile === undefined ? [] : [{ ...kind, profile: kind.profile }],
  );
  const teller = longest(seen);
  if (teller === undefined || repeated === undefined) return new Set();
  const counting = [...teller.profile.main.keys()].filter((path) =>
    seen.every((kind) => countsEvents(path, kind)),
  );
  if (counting.length === 0) return new Set();
  const [twice = new Map()] = await oracle.look(repeated.execution);
  return new Set(counting.filter((path) => numberAt(twice, path) === repeated.deliveries));
}

/** `lastWebhook.status`, `latest_event`, `webhooks.last`: what is there of the last web hook, whatever it was. */
const OF_THE_LAST =
  /(?:^|[._])(?:last|latest|recent)_?(?:seen|received|web_?hook|hook|event|delivery|notification|callback|ipn|payload|message)|(?:web_?hook|hook|event|delivery|notification|callback|ipn)s?[._]?(?:last|latest|recent)/i;

/**
 * Paths that only tell of the last web hook, by their names, where something else tells how a life ended:
 * whatever comes last shows there, also what the receiver is right to leave aside.
 */
export function echoesOf(kinds: readonly KindUnderTest[]): ReadonlySet<string> {
  const profiles = kinds.flatMap(({ profile }) => profile ?? []);
  const isEcho = (path: string) => OF_THE_LAST.test(path);
  const isToldElsewhere = profiles.every((one) => tellingPaths(one).some((path) => !isEcho(path)));
  if (profiles.length === 0 || !isToldElsewhere) return new Set();
  return new Set(profiles.flatMap(({ main }) => [...main.keys()].filter(isEcho)));
}

/** The first of those with the longest life. */
function longest<Item extends { readonly main: KindLife }>(
  items: readonly Item[],
): Item | undefined {
  const lengths = items.map(({ main }) => main.events.length);
  const most = Math.max(0, ...lengths);
  return most < FEWEST_EVENTS ? undefined : items[lengths.indexOf(most)];
}

/** The number is that of the events so far, at four times in two lives. */
function countsEvents(path: string, { main, contrast, profile }: SeenKind): boolean {
  if (!profile.main.has(path)) return true;
  const before = profile.before.has(path) ? numberAt(profile.before, path) : 0;
  return (
    before === 0 &&
    numberAt(profile.main, path) === main.events.length &&
    (numberAt(profile.between, path) ?? 0) === main.events.length - 1 &&
    numberAt(profile.contrast, path) === contrast.events.length
  );
}

function numberAt(leaves: Leaves, path: string): number | undefined {
  const value = parseNumber(single(leaves, path));
  return value === undefined ? undefined : roughly(value);
}
