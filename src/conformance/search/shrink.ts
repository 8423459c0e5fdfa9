import type { Laboratory } from '../laboratory.js';
import { countDeliveries, type Script } from '../script.js';
import { expect, isRight, type Measure, tryOut } from '../trial.js';
import { simplerScripts } from './simpler.js';

/** Whether a simpler script still fails. */
export type StillFails = (script: Script) => Promise<boolean>;

/** A first look is short: what it finds is done again before it is shown. */
const PATIENCE_MS = 400;
const PATIENCE_SETTLINGS = 3;

/** The smallest script whose states are still wrong, as far as it is found in the time. */
export function shrink(
  laboratory: Laboratory,
  failing: Script,
  measureOf: (script: Script) => Measure,
  withinMs: number,
): Promise<Script> {
  const { oracle, gate } = laboratory;
  const patienceMs = Math.max(PATIENCE_SETTLINGS * oracle.settleMs, PATIENCE_MS);
  return shrinkWhile(laboratory, failing, withinMs, async (script) => {
    const expectation = await expect(laboratory, script, measureOf(script));
    const trial = await gate.shared(() => tryOut(laboratory, script, expectation, {}, patienceMs));
    return !isRight(trial) && !trial.limited;
  });
}

/** All simpler scripts are tried at once, the boldest that still fails goes on. */
export async function shrinkWhile(
  { lab }: Laboratory,
  failing: Script,
  withinMs: number,
  stillFails: StillFails,
): Promise<Script> {
  const endMs = lab.clock.monotonic() + withinMs;
  let smallest = failing;
  while (lab.clock.monotonic() < endMs && !lab.isOver) {
    const simpler = await simplest(smallest, async (script) =>
      lab.clock.monotonic() < endMs ? stillFails(script) : false,
    );
    if (simpler === undefined) break;
    smallest = simpler;
  }
  return smallest;
}

async function simplest(failing: Script, fails: StillFails): Promise<Script | undefined> {
  const candidates = simplerScripts(failing);
  const verdicts = await Promise.all(candidates.map(fails));
  return candidates
    .filter((_, index) => verdicts[index] === true)
    .sort((one, other) => countDeliveries(one) - countDeliveries(other))[0];
}
