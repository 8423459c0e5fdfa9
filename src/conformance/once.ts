import type { Laboratory } from './laboratory.js';

/** The same, but done once in a check, for all rules that ask. */
export function once<Result>(
  work: (laboratory: Laboratory) => Promise<Result>,
): (laboratory: Laboratory) => Promise<Result> {
  const begun = new WeakMap<Laboratory, Promise<Result>>();
  return (laboratory) => {
    const known = begun.get(laboratory) ?? work(laboratory);
    begun.set(laboratory, known);
    return known;
  };
}
