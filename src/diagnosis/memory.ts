import { causeOf } from './cause.js';
import type { Cause, Diagnosis } from './diagnosis.js';
import { follow, type Recipe, sightingsIn } from './recipe.js';
import type { FoundRecipe } from './search.js';
import type { Subject } from './subject.js';

/** What explained the entries before, latest first: a file tends to have one cause throughout. */
export interface Memory {
  /** The diagnosis when something remembered explains this entry too. */
  readonly recall: (subject: Subject, digest: string) => Diagnosis | undefined;
  readonly keep: (found: FoundRecipe) => void;
}

/** Each one remembered costs the entries that it does not explain a hash. */
const MAX_REMEMBERED = 4;

export function createMemory(): Memory {
  let remembered: readonly Remembered[] = [];
  return {
    recall: (subject, digest) => {
      for (let index = 0; index < remembered.length; index += 1) {
        const one = remembered[index];
        const notes = one && follow(one.recipe, subject, digest);
        if (one === undefined || notes === undefined) continue;
        if (index > 0) remembered = [one, ...remembered.filter((other) => other !== one)];
        return {
          cause: worded(one, notes),
          suspicion: undefined,
          cut: false,
          tried: index + 1,
        };
      }
      return undefined;
    },
    keep: ({ recipe }) => {
      remembered = [{ recipe, causes: new Map() }, ...remembered].slice(0, MAX_REMEMBERED);
    },
  };
}

interface Remembered {
  readonly recipe: Recipe;
  /** The words for it, by the notes in them. */
  readonly causes: Map<string, Cause>;
}

function worded({ recipe, causes }: Remembered, notes: readonly (string | undefined)[]): Cause {
  const key = notes.join('\n');
  const known = causes.get(key) ?? causeOf(sightingsIn(recipe, notes));
  causes.set(key, known);
  return known;
}
