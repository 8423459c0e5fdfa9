import { roughly } from '../../json/exact-number.js';
import type { Gate } from '../lab/gate.js';
import type { Lab } from '../lab/lab.js';
import type { KindUnderTest, SeenKind } from '../profile.js';
import { single } from '../state/difference.js';
import type { Leaves } from '../state/leaves.js';
import { type Oracle, parseNumber } from '../state/oracle.js';
import { watched } from './lives.js';

/** In a shorter life a number can be as large as the count of deliveries by chance. */
const TELLING_EVENTS = 3;

/**
 * Paths that count deliveries, whatever they say and however often they come: the length of a log,
 * a counter of web hooks. A duplicate shows there without having done anything.
 */
export async function findJournals(
  lab: Lab,
  oracle: Oracle,
  gate: Gate,
  kinds: readonly KindUnderTest[],
): Promise<ReadonlySet<string>> {
  const seen = kinds.flatMap((kind) =>
    kind.profile === undefined ? [] : [{ ...kind, profile: kind.profile }],
  );
  const [teller] = seen.filter(({ main }) => main.events.length >= TELLING_EVENTS);
  if (teller === undefined) return new Set();
  const counting = [...teller.profile.main.keys()].filter((path) =>
    seen.every((kind) => countsEvents(path, kind)),
  );
  if (counting.length === 0) return new Set();
  const [first = ''] = teller.main.events;
  const events = [first, ...teller.main.events];
  const twice = await gate.shared(() =>
    watched(lab, oracle, teller.kind, { end: teller.main.end, events }),
  );
  return new Set(counting.filter((path) => numberAt(twice, path) === events.length));
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
