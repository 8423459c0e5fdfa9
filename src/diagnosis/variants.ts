import { type BodyMistake, FOLLOWING_STAGES } from './body/body-mistake.js';
import { bodyMistakes } from './body/catalogue.js';
import type { Sighting } from './mistake.js';
import type { RecipeStep } from './recipe.js';
import { Subject } from './subject.js';

/** A body that the digest may have been computed over. */
export interface Variant {
  readonly subject: Subject;
  readonly steps: readonly RecipeStep[];
  readonly sightings: readonly Sighting[];
  /** The last mistake has written it anew: no other rewriting follows. */
  readonly isWritten?: true;
  /** HMAC-SHA1 with the first given key, once it was computed. */
  readonly identity?: string;
}

export function unchanged(subject: Subject): Variant {
  return { subject, steps: [], sightings: [] };
}

/** The body after each mistake there is, likeliest first; made one by one. */
export function afterOneMistake(from: Variant): Iterable<Variant> {
  return afterMistakes(from, bodyMistakes);
}

/** The same of some mistakes. */
export function* afterMistakes(from: Variant, mistakes: readonly BodyMistake[]): Iterable<Variant> {
  const effects = new Set<string>();
  for (const mistake of mistakes) yield* afterMistake(from, mistake, effects);
}

/** Every variant after each further mistake that makes sense then. */
export function* afterAnotherMistake(variants: readonly Variant[]): Iterable<Variant> {
  for (const from of variants) {
    const effects = new Set<string>();
    for (const mistake of followersOf(from)) yield* afterMistake(from, mistake, effects);
  }
}

function followersOf({ steps, isWritten }: Variant): readonly BodyMistake[] {
  const last = steps.at(-1)?.mistake;
  if (last === undefined) return bodyMistakes;
  const stages = FOLLOWING_STAGES[isWritten === true ? 'rewrite' : last.stage];
  if (stages.length === 0) return [];
  return bodyMistakes.filter(({ id, stage }) => id !== last.id && stages.includes(stage));
}

/** Leaves out what has an effect that was met already. */
function* afterMistake(
  from: Variant,
  mistake: BodyMistake,
  effects: Set<string>,
): Iterable<Variant> {
  let index = -1;
  for (const { make, note, effect, isWritten } of mistake.candidates(from.subject)) {
    index += 1;
    const met = effect?.();
    if (met !== undefined && effects.has(met)) continue;
    if (met !== undefined) effects.add(met);
    yield {
      subject: Subject.ofBytes(make()),
      steps: [...from.steps, { mistake, index }],
      sightings: [...from.sightings, { mistake, note }],
      ...(isWritten === true ? { isWritten } : {}),
    };
  }
}
