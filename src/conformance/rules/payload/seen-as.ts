import type { Laboratory } from '../../laboratory.js';
import type { Script } from '../../script.js';
import type { Leaves } from '../../state/leaves.js';

/** The states, if it is so, and still so when each script is done anew on a quiet receiver. */
export async function seenAs(
  { references }: Laboratory,
  scripts: readonly Script[],
  isSo: (states: readonly Leaves[]) => boolean,
): Promise<readonly Leaves[] | undefined> {
  const look = () =>
    Promise.all(scripts.map(async (script) => (await references.ofScript(script))[0] ?? new Map()));
  if (!isSo(await look())) return undefined;
  for (const script of scripts) await references.doubt(script);
  const states = await look();
  return isSo(states) ? states : undefined;
}
