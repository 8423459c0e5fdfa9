import { chanceFrom } from '../../src/conformance/search/chance.js';
import { CHOICES, type Way, type WrongWay } from './choices.js';

/** A receiver as the ways that were chosen, by part. */
export interface Sample {
  readonly number: number;
  readonly ways: ReadonlyMap<string, Way>;
  /** The part that is wrong, and how; undefined for a correct receiver. */
  readonly wrong: { readonly part: string; readonly way: WrongWay } | undefined;
}

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
  if (number % CORRECT_EACH === 0) return { number, ways, wrong: undefined };
  const all = wrongWays();
  const wrong = all[Math.floor((number * 3) / CORRECT_EACH) % all.length];
  if (wrong === undefined) return { number, ways, wrong: undefined };
  for (const { part, right } of CHOICES) {
    const [usual] = right;
    if (usual !== undefined && wrong.way.usual?.includes(part) === true) ways.set(part, usual);
  }
  return { number, ways: ways.set(wrong.part, wrong.way), wrong };
}

/** Every wrong way with its part. */
export function wrongWays(): readonly { readonly part: string; readonly way: WrongWay }[] {
  return CHOICES.flatMap(({ part, wrong }) => wrong.map((way) => ({ part, way })));
}

/** The same receiver with one unusual choice less, for each of them. */
export function simplerSamples(sample: Sample): readonly Sample[] {
  return CHOICES.flatMap(({ part, right: [usual] }) => {
    const way = sample.ways.get(part);
    if (usual === undefined || way === usual || part === sample.wrong?.part) return [];
    return [{ ...sample, ways: new Map(sample.ways).set(part, usual) }];
  });
}

/** What is unusual about it, in words. */
export function unusualOf({ ways, wrong }: Sample): string {
  const said = CHOICES.flatMap(({ part, right: [usual] }) => {
    const way = ways.get(part);
    return way === undefined || way === usual
      ? []
      : [`${part}: ${way.name}${part === wrong?.part ? ' (wrong)' : ''}`];
  });
  return said.length === 0 ? 'all as usual' : said.join('; ');
}
