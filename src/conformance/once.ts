import { MemoryPlace } from './check-memory.js';
import type { Laboratory } from './laboratory.js';

/** The same, but done once in a check, for all rules that ask. */
export function once<Result>(
  work: (laboratory: Laboratory) => Promise<Result>,
): (laboratory: Laboratory) => Promise<Result> {
  const place = new MemoryPlace<{ begun?: Promise<Result> }>(() => ({}));
  return (laboratory) => {
    const kept = laboratory.memory.at(place);
    kept.begun ??= work(laboratory);
    return kept.begun;
  };
}
