import { type BodyMistake, mayFollow } from './body/body-mistake.js';
import { bodyMistakes } from './body/catalogue.js';
import type { Sighting } from './mistake.js';
import type { Step } from './recipe.js';
import { type Subject, subjectOfBytes } from './subject.js';

/** A body that the digest may have been computed over. */
export interface Variant {
  readonly subject: Subject;
  readonly steps: readonly Step[];
  readonly sightings: readonly Sighting[];
  /** HMAC-SHA1 with the first given key, once it was computed. */
  readonly identity?: string;
}

export function unchanged(subject: Subject): Variant {
  return { subject, steps: [], sightings: [] };
}

/** The body after each mistake there is, likeliest first; made one by one. */
export function* afterOneMistake(from: Variant): Iterable<Variant> {
  for (const mistake of bodyMistakes) yield* afterMistake(from, mistake);
}

/** Every variant after each further mistake that makes sense then. */
export function* afterAnotherMistake(variants: readonly Variant[]): Iterable<Variant> {
  for (const from of variants) {
    const first = from.steps.at(-1)?.mistake;
    for (const mistake of bodyMistakes) {
      if (first !== undefined && mayFollow(first, mistake)) yield* afterMistake(from, mistake);
    }
  }
}

function* afterMistake(from: Variant, mistake: BodyMistake): Iterable<Variant> {
  let index = 0;
  for (const { make, note } of mistake.candidates(from.subject)) {
    yield {
      subject: subjectOfBytes(make()),
      steps: [...from.steps, { mistake, index }],
      sightings: [...from.sightings, { mistake, note }],
    };
    index += 1;
  }
}
