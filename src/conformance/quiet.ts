import { decides } from './decides.js';
import type { Laboratory } from './laboratory.js';
import type { SeenKind } from './profile.js';
import { inTurn, scriptFor } from './rules/kinds.js';
import { watch } from './state/settle.js';

/** What has not been worked off by then is waited for no longer. */
const LONGEST_MS = 20_000;
/** So much later than it was learned, the receiver is behind with its work. */
const BEHIND_MS = 1_000;
const FEWEST_AT_ONCE = 4;

/**
 * Waits until a usual life shows in the state as it did when the receiver was quiet: what came before
 * it has been worked off by then. A receiver that was behind is given less at once from now on.
 */
export async function untilQuiet(laboratory: Laboratory, kind: SeenKind): Promise<void> {
  const { lab, oracle, gate } = laboratory;
  const { main, profile } = kind;
  const execution = await lab.execute(scriptFor(kind, main, inTurn(main.events)));
  const [resource] = execution.script.resources;
  if (resource === undefined || lab.isOver) return;
  await watch(lab, oracle, execution, {
    quietMs: () => LONGEST_MS,
    longestMs: LONGEST_MS,
    isEnd: ([leaves = new Map()]) =>
      decides(laboratory, resource, profile.main, leaves).length === 0,
  });
  if (lab.clock.monotonic() - execution.lastAnswerMs < BEHIND_MS) return;
  gate.limit(Math.max(FEWEST_AT_ONCE, Math.floor(gate.atOnce / 4)));
}
