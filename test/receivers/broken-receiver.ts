import { createRecipe, nodeReceiver, type Recipe } from './node-receiver.js';
import type { BrokenReceiver } from './receiver.js';

export interface Bug extends Omit<BrokenReceiver, 'kind' | 'stack' | 'start'> {
  /** The steps done wrongly, made anew for each receiver. */
  readonly recipe: (correct: Recipe) => Partial<Recipe>;
}

/** The correct receiver in plain Node with one bug. */
export function broken({ recipe, ...facts }: Bug): BrokenReceiver {
  return {
    kind: 'broken',
    stack: 'Node',
    ...facts,
    start: nodeReceiver(() => {
      const correct = createRecipe();
      return { ...correct, ...recipe(correct) };
    }),
  };
}
