import { chanceFrom } from '../../src/conformance/search/chance.js';
import type { Aid } from './aids.js';
import { CHOICES, type Way, type WrongWay } from './choices.js';

/** A receiver as the ways that were chosen, by part. */
export interface Sample {
  readonly number: number;
  readonly ways: ReadonlyMap<string, Way>;
  /** The part that is wrong, and how; undefined for a correct receiver. */
  readonly wrong: { readonly part: string; readonly way: WrongWay } | undefined;
  /** What it is judged with beside the aids that its ways need. */
  readonly aids: readonly Aid[];
}

/** What is no use to a correct receiver does it no harm: one of so many is judged with it. */
const AIDED_EACH = 4;
const HARMLESS: readonly Aid[] = ['prepare', 'fault'];

/** So many parts of a receiver are unusual, out of ten. */
const UNUSUAL_OF_TEN = 4;
/** One receiver of four is correct. */
const CORRECT_EACH = 4;

/** The receiver of that number. The same seed and number give the same receiver. */
export function sampleOf(seed: string, number: number): Sample {
  const chance = chanceFrom(`${seed} ${number}`);
  const pick = <Item>(items: readonly Item[]): Item | undefined =>
    items[Math.floor(chance() * items.length)];
  const ways = new Map<string, Way>();
  for (const { part, right } of CHOICES) {
    const way = chance() * 10 < UNUSUAL_OF_TEN ? pick(right) : right[0];
    if (way !== undefined) ways.set(part, way);
  }
  if (number % CORRECT_EACH === 0) {
    const aids = HARMLESS.filter(() => chance() * AIDED_EACH < 1);
    return { number, ways, wrong: undefined, aids };
  }
  const all = wrongWays();
  const wrong = all[Math.floor((number * 3) / CORRECT_EACH) % all.length];
  if (wrong === undefined) return { number, ways, wrong: undefined, aids: [] };
  for (const { part, right } of CHOICES) {
    const [usual] = right;
    if (usual !== undefined && wrong.way.usual?.includes(part) === true) ways.set(part, usual);
  }
  return { number, ways: ways.set(wrong.part, wrong.way), wrong, aids: [] };
}

/** Everything it is judged with beside its state. */
export function aidsOf({ ways, aids }: Sample): ReadonlySet<Aid> {
  return new Set([...aids, ...[...ways.values()].flatMap((way) => way.aids ?? [])]);
}

/** Every wrong way with its part. */
export function wrongWays(): readonly { readonly part: string; readonly way: WrongWay }[] {
  return CHOICES.flatMap(({ part, wrong }) => wrong.map((way) => ({ part, way })));
}

/** The same receiver with one unusual choice or aid less, for each of them. */
export function simplerSamples(sample: Sample): readonly Sample[] {
  const unaided = sample.aids.map((aid) => ({
    ...sample,
    aids: sample.aids.filter((other) => other !== aid),
  }));
  const usual = CHOICES.flatMap(({ part, right: [usual] }) => {
    const way = sample.ways.get(part);
    if (usual === undefined || way === usual || part === sample.wrong?.part) return [];
    return [{ ...sample, ways: new Map(sample.ways).set(part, usual) }];
  });
  return [...unaided, ...usual];
}

/** What is unusual about it, in words. */
export function unusualOf({ ways, wrong, aids }: Sample): string {
  const said = CHOICES.flatMap(({ part, right: [usual] }) => {
    const way = ways.get(part);
    return way === undefined || way === usual
      ? []
      : [`${part}: ${way.name}${part === wrong?.part ? ' (wrong)' : ''}`];
  });
  const helped = aids.map((aid) => `with the aid: ${aid}`);
  return said.length === 0 && aids.length === 0 ? 'all as usual' : [...said, ...helped].join('; ');
}
