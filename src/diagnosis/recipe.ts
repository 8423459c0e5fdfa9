import type { BodyCandidate, BodyMistake } from './body/body-mistake.js';
import { type Algorithm, hmacSha1 } from './digest/algorithms.js';
import { fits, type Reading, readAgain } from './digest/readings.js';
import type { Key } from './keyring.js';
import type { Sighting } from './mistake.js';
import { type Subject, subjectOfBytes } from './subject.js';

/** How a wrong digest came about: enough to try the same on another entry with one hash. */
export interface Recipe {
  readonly steps: readonly Step[];
  readonly key: Key;
  readonly reading: Reading;
}

/** A body mistake and which of its candidates it was. */
export interface Step {
  readonly mistake: BodyMistake;
  readonly index: number;
}

/** The sightings when the recipe explains this entry too, else undefined. */
export function follow(
  recipe: Recipe,
  subject: Subject,
  digest: string,
): readonly Sighting[] | undefined {
  const hex = readAgain(recipe.reading, digest);
  if (hex === undefined) return undefined;
  const sightings: Sighting[] = [];
  let body = subject;
  for (const { mistake, index } of recipe.steps) {
    const candidate = candidateAt(mistake, index, body);
    if (candidate === undefined) return undefined;
    sightings.push({ mistake, note: candidate.note });
    body = subjectOfBytes(candidate.make());
  }
  const computed = compute(recipe.reading.algorithm, recipe.key, body.bytes, subject);
  if (computed === undefined || !fits(hex, recipe.reading.length, computed)) return undefined;
  return [...sightings, ...sightingsOf(recipe.key, recipe.reading)];
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
  const ofKey = key.sighting === undefined ? [] : [key.sighting];
  return [...ofKey, ...reading.mistakes.map((mistake) => ({ mistake }))];
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
