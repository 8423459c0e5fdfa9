import type { Lab } from '../lab/lab.js';
import { pathsThatDiffer } from './difference.js';
import type { Leaves } from './leaves.js';

/** The number of a worker process agrees by chance, but not so often. */
const TWINS = 5;

/** Those of the paths at which one look after the other says what the first said. */
export async function steadyOf(
  lab: Lab,
  paths: readonly string[],
  look: () => Promise<Leaves>,
  first: Leaves,
): Promise<readonly string[]> {
  let steady = paths;
  for (let twin = 0; twin < TWINS && steady.length > 0 && !lab.isOver; twin += 1) {
    const varying = new Set(pathsThatDiffer(first, await look()));
    steady = steady.filter((path) => !varying.has(path));
  }
  return steady;
}
