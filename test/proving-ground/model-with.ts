import { CHOICES, modelOf } from './choices.js';
import type { Model } from './model.js';

/** The receiver whose parts are done in these ways, each said as `part: way`, and in the usual one else. */
export function modelWith(...names: readonly string[]): Model {
  const known = CHOICES.flatMap(({ part, right, wrong }) =>
    [...right, ...wrong].map((way) => `${part}: ${way.name}`),
  );
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new RangeError(`There is no ${unknown.join(', ')}.`);
  return modelOf(
    CHOICES.flatMap(({ part, right, wrong }) => {
      const named = [...right, ...wrong].find(({ name }) => names.includes(`${part}: ${name}`));
      return named ?? right[0] ?? [];
    }),
  );
}
