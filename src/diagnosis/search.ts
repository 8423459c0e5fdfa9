import { endsUndone } from './body/edges.js';
import type { Budget } from './budget.js';
import { type Algorithm, hmacSha1 } from './digest/algorithms.js';
import { fits, type Reading, readingsOf } from './digest/readings.js';
import type { Depth } from './effort.js';
import type { Key, Keyring } from './keyring.js';
import { isLarge } from './limits.js';
import type { Sighting } from './mistake.js';
import { compute, type Recipe, sightingsOf } from './recipe.js';
import type { Subject } from './subject.js';
import {
  afterAnotherMistake,
  afterMistakes,
  afterOneMistake,
  unchanged,
  type Variant,
} from './variants.js';

export interface SearchTask {
  readonly subject: Subject;
  readonly digest: string;
  readonly keyring: Keyring;
  readonly budget: Budget;
  readonly depth: Depth;
}

export interface FoundRecipe {
  readonly recipe: Recipe;
  readonly sightings: readonly Sighting[];
}

/**
 * Looks for the mistakes that make the digest match, one first, then two: of the digest, of the
 * secret, of the body, and of two of these. Bodies that come out alike are hashed once.
 */
export function search({
  subject,
  digest,
  keyring,
  budget,
  depth,
}: SearchTask): FoundRecipe | undefined {
  const readings = depth === 0 ? [] : readingsOf(digest, depth);
  if (readings.length === 0) return undefined;
  const entry = unchanged(subject);
  const state: State = {
    entry,
    readings,
    keyring,
    budget,
    seen: new Set(),
    variants: [],
  };
  if (isLarge(subject.bytes)) return cheapMistake(state);
  return oneMistake(state) ?? (depth === 2 ? twoMistakes(state) : undefined);
}

interface State {
  readonly entry: Variant;
  readonly readings: readonly Reading[];
  readonly keyring: Keyring;
  readonly budget: Budget;
  /** What HMAC-SHA1 makes of each body met so far, by which alike bodies are known. */
  readonly seen: Set<string>;
  /** The bodies after one mistake, each unlike the others. */
  readonly variants: Variant[];
}

function oneMistake(state: State): FoundRecipe | undefined {
  const { entry, keyring } = state;
  return (
    underGivenKeys(state, entry, 1) ??
    first(keyring.wrong, (key) => attempt(state, entry, key, 0)) ??
    first(distinct(state, afterOneMistake(entry)), (variant) => {
      state.variants.push(variant);
      return underGivenKeys(state, variant, 0);
    })
  );
}

/** Of a large body: what takes a hash each, and neither a copy of it nor a look at its JSON. */
function cheapMistake(state: State): FoundRecipe | undefined {
  const { entry, keyring } = state;
  return (
    underGivenKeys(state, entry, 1) ??
    first(afterMistakes(entry, endsUndone), (variant) => underGivenKeys(state, variant, 0)) ??
    first(keyring.wrong, (key) => attempt(state, entry, key, 0))
  );
}

function twoMistakes(state: State): FoundRecipe | undefined {
  const { entry, keyring, variants } = state;
  return (
    underGivenKeys(state, entry, 2) ??
    first(variants.filter(isWhole), (variant) => underGivenKeys(state, variant, 1)) ??
    first(keyring.wrong.filter(isInPairs), (key) => attempt(state, entry, key, 1)) ??
    first(keyring.wrongTwice(), (key) => attempt(state, entry, key, 0)) ??
    (isPlain(state) ? twoOfBodyOrSecret(state) : undefined)
  );
}

/** Without such a reading every candidate needs a mistake of the digest besides its own. */
function isPlain({ readings }: State): boolean {
  return readings.some(({ mistakes }) => mistakes.length === 0);
}

function twoOfBodyOrSecret(state: State): FoundRecipe | undefined {
  const { keyring, variants } = state;
  const strangers = keyring.wrong.filter(isInPairs);
  const whole = variants.filter(isWhole);
  return (
    first(distinct(state, afterAnotherMistake(variants)), (variant) =>
      underGivenKeys(state, variant, 0),
    ) ??
    first(likeliestPairs(whole, strangers), ([variant, key]) => attempt(state, variant, key, 0))
  );
}

function isInPairs(key: Key): boolean {
  return key.isInPairs;
}

/** Bodies that were cut or put into something else are wrong enough without a second mistake. */
function isWhole({ steps }: Variant): boolean {
  return steps.every(({ mistake }) => mistake.stage !== 'envelope' && mistake.stage !== 'alone');
}

function underGivenKeys(state: State, variant: Variant, mistakes: number): FoundRecipe | undefined {
  return first(state.keyring.given, (key) => attempt(state, variant, key, mistakes));
}

/** Computes each digest that a reading with exactly so many mistakes asks for. */
function attempt(
  state: State,
  variant: Variant,
  key: Key,
  mistakes: number,
): FoundRecipe | undefined {
  let computed: string | undefined;
  let by: Algorithm | undefined;
  for (const reading of state.readings) {
    if (reading.mistakes.length !== mistakes) continue;
    if (key.sightings.length > 0 && !reading.algorithm.usesKey) continue;
    if (by !== reading.algorithm) computed = digestOf(state, variant, key, reading.algorithm);
    by = reading.algorithm;
    if (computed !== undefined && fits(reading.hex, reading.length, computed)) {
      return found(variant, key, reading);
    }
  }
  return undefined;
}

function digestOf(
  { budget, entry, keyring }: State,
  variant: Variant,
  key: Key,
  algorithm: Algorithm,
): string | undefined {
  const isKnown = algorithm === hmacSha1 && key === keyring.given[0];
  if (isKnown && variant.identity !== undefined) return variant.identity;
  if (!budget.spend(variant.subject.bytes.length)) return undefined;
  if (key.sightings.length > 0) {
    return algorithm.compute(key.bytes, variant.subject.bytes, entry.subject);
  }
  return compute(algorithm, key, variant.subject.bytes, entry.subject);
}

function found(variant: Variant, key: Key, reading: Reading): FoundRecipe {
  return {
    recipe: { steps: variant.steps, key, reading },
    sightings: [...variant.sightings, ...sightingsOf(key, reading)],
  };
}

/** The variants whose bytes have not been met before, until the budget is spent. */
function* distinct(state: State, variants: Iterable<Variant>): Iterable<Variant> {
  const [key] = state.keyring.given;
  state.seen.add(key.sign(state.entry.subject.bytes));
  for (const variant of variants) {
    if (!state.budget.spend(variant.subject.bytes.length)) return;
    const identity = key.sign(variant.subject.bytes);
    if (state.seen.has(identity)) continue;
    state.seen.add(identity);
    yield { ...variant, identity };
  }
}

/** Both lists are in order of likelihood: pairs come in the order of their places' sum. */
function* likeliestPairs<A, B>(as: readonly A[], bs: readonly B[]): Iterable<readonly [A, B]> {
  for (let sum = 0; sum < as.length + bs.length - 1; sum += 1) {
    for (let at = Math.max(0, sum - bs.length + 1); at <= sum && at < as.length; at += 1) {
      const [a, b] = [as[at], bs[sum - at]];
      if (a !== undefined && b !== undefined) yield [a, b];
    }
  }
}

function first<T, R>(items: Iterable<T>, look: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const result = look(item);
    if (result !== undefined) return result;
  }
  return undefined;
}
