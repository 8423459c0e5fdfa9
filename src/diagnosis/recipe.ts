import type { BodyCandidate, BodyMistake } from './body/body-mistake.js';
import { type Algorithm, hmacSha1 } from './digest/algorithms.js';
import { fits, type Reading, readAgain } from './digest/readings.js';
import type { Key } from './keyring.js';
import type { Sighting } from './mistake.js';
import { Subject } from './subject.js';

/** How a wrong digest came about: enough to try the same on another entry with one hash. */
export interface Recipe {
  readonly steps: readonly RecipeStep[];
  readonly key: Key;
  readonly reading: Reading;
}

/** A body mistake and which of its candidates it was. */
export interface RecipeStep {
  readonly mistake: BodyMistake;
  readonly index: number;
}

/** When the recipe explains this entry too: what there is to note about each of its steps. */
export function follow(
  { steps, key, reading }: Recipe,
  entry: Subject,
  digest: string,
): readonly Note[] | undefined {
  const hex = readAgain(reading, digest);
  if (hex === undefined) return undefined;
  const notes: Note[] = [];
  let bytes: Uint8Array = entry.bytes;
  for (const { mistake, index } of steps) {
    const body = notes.length === 0 ? entry : Subject.ofBytes(bytes);
    const candidate = candidateAt(mistake, index, body);
    if (candidate === undefined) return undefined;
    notes.push(candidate.note);
    const isLast = notes.length === steps.length;
    bytes = (isLast ? candidate.makeBriefly?.() : undefined) ?? candidate.make();
  }
  const computed = compute(reading.algorithm, key, bytes, entry);
  const isExplained = computed !== undefined && fits(hex, reading.length, computed);
  return isExplained ? notes : undefined;
}

type Note = string | undefined;

/** The mistakes of a recipe with the notes on its steps. */
export function sightingsIn(
  { steps, key, reading }: Recipe,
  notes: readonly Note[],
): readonly Sighting[] {
  const ofBody = steps.map(({ mistake }, index) => ({ mistake, note: notes[index] }));
  return [...ofBody, ...sightingsOf(key, reading)];
}

export function compute(
  algorithm: Algorithm,
  key: Key,
  body: Uint8Array,
  entry: Subject,
): string | undefined {
  if (algorithm === hmacSha1) return key.sign(body);
  return algorithm.compute(key.bytes, body, entry);
}

/** What the key and the reading of the digest add to the body's mistakes. */
export function sightingsOf(key: Key, reading: Reading): readonly Sighting[] {
  return [...key.sightings, ...reading.mistakes.map((mistake) => ({ mistake }))];
}

function candidateAt(
  mistake: BodyMistake,
  wanted: number,
  subject: Subject,
): BodyCandidate | undefined {
  let index = 0;
  for (const candidate of mistake.candidates(subject)) {
    if (index === wanted) return candidate;
    index += 1;
  }
  return undefined;
}
